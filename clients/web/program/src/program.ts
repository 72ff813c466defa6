// How a program of this workspace starts, and ends on SIGTERM.
import { parseArgs } from "node:util";

import { ConfigError, configHelp, type ConfigKey } from "./config.ts";

export interface Stoppable {
  stop(): Promise<void>;
}

/** Runs the program until SIGTERM or SIGINT; ends the process with 2 when it cannot start. */
export async function runProgram(
  name: string,
  keys: readonly ConfigKey[],
  start: (configFile: string) => Promise<Stoppable>,
): Promise<void> {
  const file = configFileOf(name, keys);
  try {
    const running = await start(file);
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        void running.stop().then(() => process.exit(0));
      });
    }
  } catch (error) {
    fail(reasonOf(error));
  }
}

function usageOf(name: string): string {
  return `usage: ${name} --config FILE

  --config FILE   the deployment's configuration
  --help-config   list the configuration's keys and exit
  --help          this text
`;
}

function configFileOf(name: string, keys: readonly ConfigKey[]): string {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        config: { type: "string" },
        "help-config": { type: "boolean" },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n${usageOf(name)}`);
  }
  if (values.help === true || values["help-config"] === true) {
    process.stdout.write(values.help === true ? usageOf(name) : configHelp(keys));
    process.exit(0);
  }
  return values.config ?? fail(`--config is missing\n${usageOf(name)}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "EADDRINUSE"
    ? `cannot listen: ${error.message}; is another process using the port?`
    : (error.stack ?? error.message);
}

function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}
