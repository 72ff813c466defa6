// A deployment of its own for a test run: deploy/up with a test clock, every service, the gateway, a
// private MariaDB and JetStream, in a temporary folder on free ports. It is taken down when the
// process that brought it up ends, however it ends.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";

const SOURCE = path.resolve(import.meta.dirname, "../../..");
const BUILD = process.env["REDRESS_BUILD_DIR"] ?? path.join(SOURCE, "build/release");
const PORTS = 60;
// Of platform/base/clock and the gateway's alike.
const CLOCK_LOOKED_AT_EVERY_MS = 50;

interface Finished {
  readonly code: number;
  /** Standard output and error. */
  readonly output: string;
  readonly stdout: string;
}

export class Deployment {
  readonly state: string;
  readonly #guard: ChildProcess | undefined;

  private constructor(state: string, guard?: ChildProcess) {
    this.state = state;
    this.#guard = guard;
  }

  /**
   * `prepare` gets the state folder before anything starts; its answer reaches every program.
   * `more` are further arguments of deploy/up.
   */
  static async up(
    prepare: (state: string) => Record<string, string>,
    more: (state: string) => readonly string[] = () => [],
  ): Promise<Deployment> {
    const state = mkdtempSync(path.join(tmpdir(), "redress-web-"));
    const deployment = new Deployment(state, startGuard(state));
    const environment = {
      REDRESS_PRESET: path.basename(BUILD),
      REDRESS_BUFFER_POOL: "256M",
      // Every test makes shops of its own: their people are to be known soon, cheaply logged in.
      REDRESS_SERVER_DIRECTORY_POLL_MS: "100",
      REDRESS_IDENTITY_PASSWORD_MEMORY_MIB: "8",
      REDRESS_IDENTITY_PASSWORD_PASSES: "1",
      ...prepare(state),
    };
    for (let attempt = 1; ; attempt++) {
      const up = await run(
        path.join(SOURCE, "deploy/up"),
        ["--detach", "--empty", "--test-clock", "--state", state].concat(
          "--port-base",
          String(await freePortBase()),
          more(state),
        ),
        { environment },
      );
      if (up.code === 0) return deployment;
      if (attempt === 3 || !up.output.includes("is taken")) {
        await deployment.down();
        throw new Error(`deploy/up failed:\n${up.output}`);
      }
    }
  }

  /** One that another process brought up. This process trusts its certificates from then on. */
  static at(state: string): Deployment {
    const deployment = new Deployment(state);
    tls.setDefaultCACertificates([...tls.getCACertificates("bundled"), deployment.ca]);
    return deployment;
  }

  get ca(): string {
    return readFileSync(path.join(this.state, "tls/ca.crt"), "utf8");
  }

  /** The gateway's, e.g. https://localhost:8100. */
  get url(): string {
    const endpoints = JSON.parse(readFileSync(path.join(this.state, "endpoints.json"), "utf8")) as {
      gateway: string;
    };
    return endpoints.gateway;
  }

  /** The time that its processes have. */
  nowMs(): number {
    return Date.now() + this.clockOffsetMs;
  }

  /** How far its time is moved on. */
  get clockOffsetMs(): number {
    return Number(readFileSync(path.join(this.state, "clock_offset"), "utf8")) / 1000;
  }

  /** Moves the time of every process on, and waits until each of them has had to see it. */
  async advance(seconds: number): Promise<void> {
    const file = path.join(this.state, "clock_offset");
    const offset = Number(readFileSync(file, "utf8")) + seconds * 1_000_000;
    writeFileSync(`${file}.new`, `${offset}\n`);
    renameSync(`${file}.new`, file);
    await pause(2 * CLOCK_LOOKED_AT_EVERY_MS);
  }

  /** The command line `redress`, as the operator or whoever is logged in. Throws when it fails. */
  async redress(args: string[], input = ""): Promise<string> {
    const finished = await run(path.join(BUILD, "bin/redress"), ["--state", this.state, ...args], {
      input,
    });
    if (finished.code !== 0) throw new Error(`redress ${args.join(" ")}:\n${finished.output}`);
    return finished.stdout;
  }

  /** The rows of a query in one of its databases, each as its columns' text. */
  async rows(schema: string, query: string): Promise<string[][]> {
    const socket = path.join(this.state, "run/mysql.sock");
    const finished = await run(
      "mariadb",
      ["--no-defaults", `--socket=${socket}`, "--user=root"].concat(
        ["--batch", "--skip-column-names", "--execute", query],
        [schema],
      ),
    );
    if (finished.code !== 0) throw new Error(`${query}:\n${finished.output}`);
    return finished.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"));
  }

  /** Stops, starts or restarts one program: "gateway", "scoring", … */
  async supervise(action: "stop" | "start" | "restart", program: string): Promise<void> {
    const config = path.join(this.state, "supervisord.conf");
    const finished = await run("supervisorctl", ["-c", config, action, program]);
    if (finished.code !== 0) throw new Error(`${action} ${program}:\n${finished.output}`);
  }

  /** Ends one program as a crash does; the supervisor starts it again. */
  async kill(program: string): Promise<void> {
    const config = path.join(this.state, "supervisord.conf");
    const { stdout } = await run("supervisorctl", ["-c", config, "pid", program]);
    if (Number(stdout) > 0) process.kill(Number(stdout), "SIGKILL");
  }

  /** One figure of a program's metrics: the sum of the samples that match. 0 when there is none. */
  async metric(offset: number, name: string, labels = ""): Promise<number> {
    const port = Number(new URL(this.url).port) + 30 + offset;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return text
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`) && line.includes(labels))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  }

  async down(): Promise<void> {
    if (this.#guard === undefined) return;
    const gone = once(this.#guard, "exit");
    this.#guard.stdin?.end();
    await gone;
  }
}

/** Waits until `condition` holds, for as long as a slow machine may need. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never held: ${condition.toString()}`);
    await pause(50);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// A process that takes the deployment down when this one is gone or lets go of the pipe.
function startGuard(state: string): ChildProcess {
  const script = 'read -r line; "$1/deploy/down" --state "$2"; rm -rf "$2"';
  return spawn("bash", ["-c", script, "guard", SOURCE, state], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
}

function run(
  program: string,
  args: string[],
  options: { input?: string; environment?: Record<string, string> } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: { ...process.env, ...options.environment }, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, output: stdout + stderr, stdout });
      },
    );
    // A program that reads nothing may have ended before.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}

// Below the range from which the kernel gives outgoing connections their ports.
async function freePortBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = 12_000 + Math.floor(Math.random() * 18_000);
    let port = base;
    while (port < base + PORTS && (await isFree(port))) port++;
    if (port === base + PORTS) return base;
  }
  throw new Error("no free ports");
}

/** A port that nothing listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}
