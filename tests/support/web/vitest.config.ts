import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One process for all files of a folder: they share nothing that one of them changes.
    isolate: false,
    // Figures go to standard output as they are, and a colour is no part of them.
    disableConsoleIntercept: true,
  },
});
