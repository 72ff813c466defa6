import { mergeConfig } from "vitest/config";

import shared from "../../support/web/vitest.config.ts";

// One deployment for all files, which take turns.
export default mergeConfig(shared, {
  test: {
    globalSetup: ["./global_setup.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
