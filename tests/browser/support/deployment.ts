import { Deployment } from "../../support/web/deployment.ts";

// Brings the journeys' deployment up before the first and down after the last.
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["REDRESS_BROWSER_STATE"]) return undefined;
  const deployment = await Deployment.up(() => ({}));
  process.env["REDRESS_BROWSER_STATE"] = deployment.state;
  return () => deployment.down();
}

export function deploymentOfJourneys(): Deployment {
  const state = process.env["REDRESS_BROWSER_STATE"];
  if (!state) throw new Error("no deployment was brought up");
  return Deployment.at(state);
}
