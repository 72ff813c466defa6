// Writes generated/: the protos as JavaScript with types, and index.js with a registry of them all.
// Needs what deploy/prepare brings: protoc, google.rpc under protos/node_modules, and npm's packages.
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const output = path.join(here, "generated");
const protos = path.resolve(here, "../../../protos");
const standard = path.join(protos, "node_modules/google-proto-files");
const health = path.join(path.dirname(require.resolve("grpc-health-check/package.json")), "proto");

const files = [
  ...globSync("redress/**/*.proto", { cwd: protos }).sort(),
  "google/rpc/status.proto",
  "google/rpc/error_details.proto",
  "health/v1/health.proto",
];
// A build that fails half-way leaves the earlier folder whole.
const fresh = mkdtempSync(path.join(here, ".generated-"));
try {
  execFileSync(
    "protoc",
    [
      ...[protos, standard, health].map((root) => `-I${root}`),
      `--plugin=protoc-gen-es=${require.resolve("@bufbuild/protoc-gen-es/bin/protoc-gen-es")}`,
      `--es_out=${fresh}`,
      "--es_opt=target=js+dts,import_extension=js",
      ...files,
    ],
    {
      stdio: "inherit",
      // The plugin asks for `node`: it gets this one.
      env: { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env.PATH}` },
    },
  );
  const stems = files.map((file) => file.replace(/\.proto$/, ""));
  const descriptor = (stem) => `file_${stem.replaceAll("/", "_")}`;
  writeFileSync(
    path.join(fresh, "index.js"),
    [
      'import { createRegistry } from "@bufbuild/protobuf";',
      ...stems.map((stem) => `import { ${descriptor(stem)} } from "./${stem}_pb.js";`),
      `export const registry = createRegistry(\n${stems.map((stem) => `  ${descriptor(stem)},\n`).join("")});\n`,
    ].join("\n"),
  );
  writeFileSync(
    path.join(fresh, "index.d.ts"),
    [
      'import type { Registry } from "@bufbuild/protobuf";',
      "/** Every file of the contract: all services, messages, enums and custom options. */",
      "export declare const registry: Registry;\n",
    ].join("\n"),
  );
  rmSync(output, { recursive: true, force: true });
  renameSync(fresh, output);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
