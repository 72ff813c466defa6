// node tests/support/tidy.mjs BUILD_DIRECTORY SOURCE...: clang-tidy over sources, each only once for
// what it contains.
//
// A source that was found clean is not analysed again while everything that the answer depends on
// is the same: the source after preprocessing (comments included, since they may switch checks off),
// the compiler's arguments, .clang-tidy and clang-tidy's version. What was clean is remembered in
// REDRESS_LINT_CACHE, else in ~/.cache/redress/clang-tidy; forgotten after 30 days without use.
// Exits with 1 when something was found, after all sources have been looked at.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const tidy = "clang-tidy-16";
const keepDays = 30;
const atOnce = 2;
const mostOutput = 256 * 1024 * 1024;

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const [buildDirectory, ...sources] = process.argv.slice(2);
const cache =
  process.env.REDRESS_LINT_CACHE ?? path.join(os.homedir(), ".cache", "redress", "clang-tidy");

async function forgetOld() {
  const oldest = Date.now() - keepDays * 24 * 3600 * 1000;
  for (const name of await fs.readdir(cache)) {
    const file = path.join(cache, name);
    if ((await fs.stat(file)).mtimeMs < oldest) await fs.rm(file);
  }
}

// The command, quoted for a shell as in the database, that writes to stdout instead of compiling.
function preprocessing(command) {
  return command.replace(/ -o \S+ -c /, " -E -C ");
}

async function digestOf(unit, common) {
  const { stdout } = await run("/bin/sh", ["-c", preprocessing(unit.command)], {
    cwd: unit.directory,
    encoding: "latin1",
    maxBuffer: mostOutput,
  });
  const inAnyCheckout = (text) => text.replaceAll(root, "");
  return createHash("sha256")
    .update(common)
    .update(inAnyCheckout(unit.command))
    .update(inAnyCheckout(stdout), "latin1")
    .digest("hex");
}

async function analyse(unit, common) {
  const known = path.join(cache, await digestOf(unit, common));
  const now = new Date();
  const isKnown = await fs.utimes(known, now, now).then(
    () => true,
    () => false,
  );
  if (isKnown) return { clean: true, fresh: false };
  try {
    await run(tidy, ["-p", buildDirectory, "-quiet", unit.file], { maxBuffer: mostOutput });
  } catch (failure) {
    return { clean: false, fresh: true, output: `${failure.stdout}${failure.stderr}` };
  }
  await fs.writeFile(known, "");
  return { clean: true, fresh: true };
}

await fs.mkdir(cache, { recursive: true });
await forgetOld();
const units = new Map();
const database = path.join(buildDirectory, "compile_commands.json");
for (const unit of JSON.parse(await fs.readFile(database, "utf8"))) units.set(unit.file, unit);
const common =
  (await run(tidy, ["--version"])).stdout +
  (await fs.readFile(path.join(root, ".clang-tidy"), "utf8"));

const waiting = sources.map((source) => path.resolve(root, source));
const counts = { done: 0, analysed: 0, unclean: 0 };
async function worker() {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const unit = units.get(file);
    const name = path.relative(root, file);
    const result = unit
      ? await analyse(unit, common)
      : { clean: false, fresh: false, output: `${name}: no target compiles it` };
    counts.done += 1;
    if (result.fresh) counts.analysed += 1;
    if (!result.clean) {
      counts.unclean += 1;
      console.log(result.output);
    }
    if (result.fresh || !result.clean) {
      console.log(
        `${counts.done}/${sources.length} ${name}: ${result.clean ? "clean" : "NOT CLEAN"}`,
      );
    }
  }
}
await Promise.all(Array.from({ length: atOnce }, worker));
console.log(
  `clang-tidy: ${sources.length} sources, ${counts.analysed} analysed anew, ${counts.unclean} not clean`,
);
process.exitCode = counts.unclean === 0 ? 0 : 1;
