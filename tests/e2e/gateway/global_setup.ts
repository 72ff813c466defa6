import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { TestProject } from "vitest/node";

import { Deployment } from "../../support/web/deployment.ts";

declare module "vitest" {
  interface ProvidedContext {
    state: string;
  }
}

export default async function (project: TestProject): Promise<() => Promise<void>> {
  const deployment = await Deployment.up((state) => {
    // Files as a build of the console leaves them.
    const console = path.join(state, "console");
    mkdirSync(path.join(console, "assets"), { recursive: true });
    writeFileSync(path.join(console, "index.html"), "<!doctype html><title>console</title>");
    writeFileSync(path.join(console, "assets/app-1a2b.js"), "export {};");
    return { REDRESS_GATEWAY_CONSOLE_DIRECTORY: console };
  });
  project.provide("state", deployment.state);
  return () => deployment.down();
}
