import type { TestProject } from "vitest/node";

import { Deployment } from "../../support/web/deployment.ts";

declare module "vitest" {
  interface ProvidedContext {
    state: string;
  }
}

export default async function (project: TestProject): Promise<() => Promise<void>> {
  const deployment = await Deployment.up(() => ({}));
  project.provide("state", deployment.state);
  return () => deployment.down();
}
