import { Code } from "@connectrpc/connect";
import { ErrorInfoSchema, RetryInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import { describe, expect, test } from "vitest";

import { languageOf, refusal } from "../../../../clients/web/gateway/src/refusal.ts";

describe("Refusal", () => {
  test("CarriesAReasonForPrograms", () => {
    const error = refusal("SERVICE_UNAVAILABLE", "en", {
      parameters: { area: "order" },
    });
    expect(error.code).toBe(Code.Unavailable);
    expect(error.rawMessage).toBe("The order service does not answer; try again shortly.");
    const info = error.details[0];
    expect(info).toMatchObject({
      desc: ErrorInfoSchema,
      value: {
        reason: "SERVICE_UNAVAILABLE",
        domain: "redress",
        metadata: { area: "order" },
      },
    });
  });

  test("SpeaksChinese", () => {
    const error = refusal("OVERLOADED", "zh", { parameters: { seconds: 3 } });
    expect(error.rawMessage).toBe("当前请求过多,请在 3 秒后重试。");
  });

  test("SaysWhenToTryAgain", () => {
    const error = refusal("OVERLOADED", "en", { retryAfterSeconds: 3 });
    expect(error.metadata.get("retry-after")).toBe("3");
    expect(error.details.some((one) => "desc" in one && one.desc === RetryInfoSchema)).toBe(true);
  });
});

describe("Language", () => {
  test.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["en-GB,en;q=0.9,zh;q=0.8", "en"],
    ["de, zh;q=0.5", "zh"],
    ["en;q=0.1, zh-TW;q=0.2", "zh"],
    ["zh;q=0, en", "en"],
    ["fr", "en"],
    ["", "en"],
    [undefined, "en"],
    [";;;,,q=", "en"],
  ])("Of %s is %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
