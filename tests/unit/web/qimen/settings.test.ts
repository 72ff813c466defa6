import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ConfigError } from "../../../../clients/web/program/src/config.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { loadSettings, type Settings } from "../../../../clients/web/qimen/src/settings.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "redress-qimen-"));
  for (const file of ["ca.crt", "qimen.crt", "qimen.key"])
    writeFileSync(path.join(folder, file), file);
  writeFileSync(path.join(folder, "secret"), "the secret\n");
  writeFileSync(path.join(folder, "empty"), "\n");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function load(change: Record<string, string> = {}): Settings {
  const keys: Record<string, string> = {
    address: '"127.0.0.1:7107"',
    wms_url: '"https://wms.example/router"',
    app_key: '"erp"',
    customer_id: '"c1"',
    secret_file: '"secret"',
    owner_code: '"H1"',
    account: '"wms"',
    password_file: '"secret"',
    ...change,
  };
  const file = path.join(folder, "config.toml");
  writeFileSync(
    file,
    '[deployment]\nkind = "development"\n[tls]\nca_file = "ca.crt"\ncertificate_directory = "."\n' +
      '[keys]\ndirectory = "keys"\n[gateway]\naddress = "127.0.0.1:7100"\ncalls = 5\n' +
      '[identity]\naddress = "127.0.0.1:7101"\n[aftersales]\naddress = "127.0.0.1:7104"\n[qimen]\n' +
      Object.entries(keys)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join(""),
  );
  return loadSettings(file, {});
}

describe("Settings", () => {
  test("ComeFromTheFileThatAllProgramsShare", () => {
    const settings = load({ known_codes: '"S1, S2"' });
    expect(settings.partner.secret).toBe("the secret");
    expect(settings.aftersalesAddress).toBe("127.0.0.1:7104");
    expect([...settings.wms.knownCodes]).toEqual(["S1", "S2"]);
    expect(settings.served.certificate).toBe("qimen.crt");
    expect(settings.warehouse).toEqual({ warehouseCode: "OTHER", ownerCode: "H1" });
  });

  test.each([
    ["a WMS that is spoken to in the clear", { wms_url: '"http://wms.example/"' }, /wms_url/],
    ["an address with a query", { wms_url: '"https://wms.example/?a=1"' }, /wms_url/],
    ["an address that is none", { wms_url: '"wms"' }, /wms_url/],
    ["an empty secret", { secret_file: '"empty"' }, /is empty/],
    ["a secret that is not there", { secret_file: '"none"' }, /cannot read/],
    ["an unknown key", { wms_uri: '"x"' }, /the nearest known one is "qimen.wms_url"/],
  ])("AreRefusedWith %s", (_what, change, message) => {
    expect(() => load(change)).toThrow(ConfigError);
    expect(() => load(change)).toThrow(message);
  });

  test("TakeAWmsOfThisMachineInTheClear", () => {
    expect(load({ wms_url: '"http://127.0.0.1:9000/qimen"' }).wms.url).toBe(
      "http://127.0.0.1:9000/qimen",
    );
  });
});
