import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

import type { TestProject } from "vitest/node";

import { Deployment, freePort } from "../../support/web/deployment.ts";

export interface Bridged {
  readonly state: string;
  readonly wmsPort: number;
  readonly secret: string;
  readonly accountName: string;
  readonly password: string;
}

declare module "vitest" {
  interface ProvidedContext {
    bridged: Bridged;
  }
}

export default async function (project: TestProject): Promise<() => Promise<void>> {
  const wmsPort = await freePort();
  const secret = `secret ${randomInt(1e9)}`;
  const password = `a long password ${randomInt(1e9)}`;
  const accountName = `wms.${randomInt(1e9)}`;
  const keysIn = (state: string) => path.join(state, "bridge.toml");
  const deployment = await Deployment.up(
    (state) => {
      writeFileSync(path.join(state, "wms.secret"), `${secret}\n`);
      writeFileSync(path.join(state, "wms.password"), `${password}\n`);
      writeFileSync(
        keysIn(state),
        [
          `wms_url = "http://127.0.0.1:${wmsPort}/router/qimen/service"`,
          "wms_timeout_ms = 2000",
          "lease_s = 16",
          'known_codes = "S003"',
          'app_key = "erp"',
          'customer_id = "c1"',
          `secret_file = "${state}/wms.secret"`,
          'warehouse_code = "W1"',
          'owner_code = "H1"',
          `account = "${accountName}"`,
          `password_file = "${state}/wms.password"`,
          "",
        ].join("\n"),
      );
      return {};
    },
    (state) => ["--qimen", keysIn(state)],
  );
  const { state } = deployment;
  project.provide("bridged", { state, wmsPort, secret, accountName, password });
  return () => deployment.down();
}
