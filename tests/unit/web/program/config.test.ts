import { describe, expect, test } from "vitest";

import {
  Config,
  ConfigError,
  configHelp,
  nearestName,
  type ConfigKey,
} from "../../../../clients/web/program/src/config.ts";

const KEYS: readonly ConfigKey[] = [
  { name: "gateway.address", kind: "text", help: "where to listen" },
  {
    name: "gateway.calls",
    kind: "a whole number",
    default: "7",
    help: "most calls",
  },
];
const MINIMAL = '[gateway]\naddress = "127.0.0.1:1"\n';

function parse(text: string, environment: Record<string, string> = {}): Config {
  return Config.parse(text, "/state/config.toml", KEYS, environment);
}

describe("Config", () => {
  test("ReadsTheFileAndFillsInDefaults", () => {
    const config = parse(MINIMAL);
    expect(config.text("gateway.address")).toBe("127.0.0.1:1");
    expect(config.number("gateway.calls")).toBe(7);
  });

  test("LetsTheEnvironmentOverrideTheFile", () => {
    const config = parse(`${MINIMAL}calls = 9\n`, {
      REDRESS_GATEWAY_CALLS: "11",
    });
    expect(config.number("gateway.calls")).toBe(11);
  });

  test("NamesTheNearestKeyWhenItRefusesAnUnknownOne", () => {
    expect(() => parse(`${MINIMAL}cals = 9\n`)).toThrow(
      /unknown key "gateway.cals"; the nearest known one is "gateway.calls"/,
    );
  });

  test("LeavesTheSectionsOfOtherProgramsToThem", () => {
    const config = parse(
      `${MINIMAL}[order]\naddress = "127.0.0.1:2"\nlimit = 1\n[database]\nx = 1\n`,
    );
    expect(config.addresses.get("order")).toBe("127.0.0.1:2");
  });

  test("RefusesASectionThatNobodyOwns", () => {
    expect(() => parse(`${MINIMAL}[gatway]\ncalls = 1\n`)).toThrow(/unknown key "gatway.calls"/);
  });

  test("LetsTheEnvironmentMoveAService", () => {
    const config = parse(`${MINIMAL}[order]\naddress = "127.0.0.1:2"\n`, {
      REDRESS_ORDER_ADDRESS: "10.0.0.1:3",
    });
    expect(config.addresses.get("order")).toBe("10.0.0.1:3");
  });

  test("NamesTheVariableOfAMissingKey", () => {
    expect(() => parse("")).toThrow(/"gateway.address" is missing.*REDRESS_GATEWAY_ADDRESS/);
  });

  test.each(['calls = "9"', "calls = 1.5", "calls = true"])(
    "RefusesANumberWrittenAs %s",
    (line) => {
      expect(() => parse(`${MINIMAL}${line}\n`)).toThrow(
        /"gateway.calls" has to be a whole number/,
      );
    },
  );

  test("RefusesANumberThatTheEnvironmentMisspells", () => {
    expect(() => parse(MINIMAL, { REDRESS_GATEWAY_CALLS: "many" })).toThrow(
      /environment variable REDRESS_GATEWAY_CALLS/,
    );
  });

  test("ReportsBrokenTomlAsAProblemOfTheFile", () => {
    expect(() => parse("[gateway")).toThrow(ConfigError);
    expect(() => parse("[gateway")).toThrow(/config.toml/);
  });

  test("ListsEveryKeyInItsHelp", () => {
    const help = configHelp(KEYS);
    expect(help).toContain("[gateway]\naddress  (text, required, REDRESS_GATEWAY_ADDRESS)");
    expect(help).toContain('calls  (a whole number, default "7", REDRESS_GATEWAY_CALLS)');
  });
});

describe("NearestName", () => {
  test("IsNoneWhenAllAreFarAway", () => {
    expect(nearestName("x", ["gateway.unary_timeout_ms"])).toBeUndefined();
  });
});
