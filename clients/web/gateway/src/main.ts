// The gateway's program: reads the configuration, serves until SIGTERM.
import { runProgram } from "@redress/program/program";

import { Gateway } from "./gateway.ts";
import { KEYS, loadSettings } from "./settings.ts";

await runProgram("gateway", KEYS, (file) => Gateway.start(loadSettings(file, process.env)));
