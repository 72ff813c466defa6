// The bridge's program: reads the configuration, works until SIGTERM.
import { runProgram } from "@redress/program/program";

import { Bridge } from "./bridge.ts";
import { KEYS, loadSettings } from "./settings.ts";

await runProgram("qimen", KEYS, (file) => Bridge.start(loadSettings(file, process.env)));
