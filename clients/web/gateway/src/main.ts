// The gateway's program: reads the configuration, serves until SIGTERM.
import { parseArgs } from "node:util";

import { ConfigError, configHelp } from "./config.ts";
import { Gateway } from "./gateway.ts";
import { KEYS, loadSettings } from "./settings.ts";

const USAGE = `usage: gateway --config FILE

  --config FILE   the deployment's configuration
  --help-config   list the configuration's keys and exit
  --help          this text
`;

function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}

function commandLine(): string {
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
    fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  if (values.help === true || values["help-config"] === true) {
    process.stdout.write(values.help === true ? USAGE : configHelp(KEYS));
    process.exit(0);
  }
  return values.config ?? fail(`--config is missing\n${USAGE}`);
}

async function main(): Promise<void> {
  const gateway = await Gateway.start(loadSettings(commandLine(), process.env));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void gateway.stop().then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) fail(error.message);
  const address = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  fail(
    address
      ? `cannot listen: ${error.message}; is another process using the port?`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error),
  );
});
