import { mergeConfig } from "vitest/config";

import shared from "../../support/web/vitest.config.ts";

// One deployment for all files, which take turns: some stop parts of it.
export default mergeConfig(shared, {
  test: {
    globalSetup: ["./global_setup.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
