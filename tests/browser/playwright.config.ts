import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import type { Options } from "./support/journey.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

// Every journey runs once in each language, one after the other: the machine runs a whole deployment
// beside the browser.
export default defineConfig<Options>({
  testDir: "journeys",
  outputDir: path.join(tmpdir(), `redress-browser-${process.pid}`),
  globalSetup: "./support/deployment.ts",
  workers: 1,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [["line"], ["junit"], ["./support/figures.ts"]],
  use: {
    launchOptions: { executablePath: "/usr/bin/chromium", args: flags },
    viewport: { width: 1366, height: 768 },
    // The deployment's certificate is signed by an authority of its own.
    ignoreHTTPSErrors: true,
    timezoneId: "Asia/Shanghai",
  },
  projects: [
    { name: "zh", use: { language: "zh", locale: "zh-CN" } },
    { name: "en", use: { language: "en", locale: "en-GB" } },
  ],
});
