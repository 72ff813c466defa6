import { mergeConfig } from "vitest/config";

import shared from "../../support/web/vitest.config.ts";

// One deployment and one warehouse system for all files, which take turns.
export default mergeConfig(shared, {
  test: {
    globalSetup: ["./global_setup.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
