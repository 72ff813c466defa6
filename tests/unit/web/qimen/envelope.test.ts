import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";

import {
  checkedMethod,
  EnvelopeError,
  readAnswer,
  signedQuery,
  timestampOf,
  writeAnswer,
} from "../../../../clients/web/qimen/src/protocol/envelope.ts";
import { signatureOf } from "../../../../clients/web/qimen/src/protocol/signature.ts";
import { XmlError } from "../../../../clients/web/qimen/src/protocol/xml.ts";

const partner = { appKey: "erp", customerId: "stub-cust-code", secret: "test" };
const body = Buffer.from("<request>退货</request>");
const now = Date.UTC(2026, 10, 28, 2, 30, 5);
const MOST_AGE_MS = 600_000;

function codeOf(query: URLSearchParams, bytes = body, at = now): string {
  try {
    return checkedMethod(query, bytes, partner, at, MOST_AGE_MS);
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
}

function signed(change: (parameters: Record<string, string>) => void): URLSearchParams {
  const parameters = Object.fromEntries(
    new URLSearchParams(signedQuery("taobao.qimen.returnorder.confirm", body, partner, now)),
  );
  change(parameters);
  return new URLSearchParams({ ...parameters, sign: signatureOf(parameters, body, "test") });
}

describe("Signature", () => {
  test("IsOfTheSortedParametersAndTheBodyBetweenTheSecret", () => {
    // The example of Qimen's documentation, put together by hand.
    const joined =
      "testapp_keytesterp_appkeycustomerIdstub-cust-codeformatxmlmethodtaobao.qimen.itemlack.report" +
      "sign_methodmd5timestamp2015-04-26 00:00:07v2.0bodytest";
    const parameters = {
      method: "taobao.qimen.itemlack.report",
      timestamp: "2015-04-26 00:00:07",
      format: "xml",
      app_key: "testerp_appkey",
      v: "2.0",
      sign: "abc",
      sign_method: "md5",
      customerId: "stub-cust-code",
    };
    const expected = createHash("md5").update(joined).digest("hex").toUpperCase();
    expect(signatureOf(parameters, Buffer.from("body"), "test")).toBe(expected);
    expect(expected).toBe("E4E83589F1454C1B677DDF0B59026C6A");
  });
});

describe("Envelope", () => {
  test("IsTakenAsItIsSent", () => {
    const query = new URLSearchParams(signedQuery("returnorder.confirm", body, partner, now));
    expect(query.get("timestamp")).toBe("2026-11-28 10:30:05");
    expect(codeOf(query)).toBe("returnorder.confirm");
  });

  test("HasAMethodWithOrWithoutItsPrefix", () => {
    expect(codeOf(signed(() => undefined))).toBe("returnorder.confirm");
  });

  test.each<[string, (query: URLSearchParams) => void]>([
    [
      "no signature",
      (query) => {
        query.delete("sign");
      },
    ],
    [
      "a short signature",
      (query) => {
        query.set("sign", "ABC");
      },
    ],
    [
      "a signature in small letters",
      (query) => {
        query.set("sign", query.get("sign")?.toLowerCase() ?? "");
      },
    ],
    [
      "a parameter that was added",
      (query) => {
        query.set("extra", "1");
      },
    ],
    [
      "a parameter that was changed",
      (query) => {
        query.set("method", "order.cancel");
      },
    ],
    [
      "another way of signing",
      (query) => {
        query.set("sign_method", "hmac");
      },
    ],
  ])("IsRefusedWith %s", (_what, change) => {
    const query = signed(() => undefined);
    change(query);
    expect(codeOf(query)).toBe("sign-check-failure");
  });

  test("IsRefusedWithAnotherBody", () => {
    expect(
      codeOf(
        signed(() => undefined),
        Buffer.from("<request/>"),
      ),
    ).toBe("sign-check-failure");
  });

  test("IsRefusedWithAParameterTwice", () => {
    const query = signed(() => undefined);
    query.append("method", "other");
    expect(codeOf(query)).toBe("invalid-parameter");
  });

  test.each([
    ["app_key", "another"],
    ["customerId", "another"],
    ["format", "json"],
  ])("IsRefusedWhoseSignedParameterIsAnothers %s", (name, value) => {
    expect(codeOf(signed((parameters) => (parameters[name] = value)))).toBe("invalid-parameter");
  });

  test.each([
    ["older", now + MOST_AGE_MS + 1],
    ["from the future", now - MOST_AGE_MS - 1],
  ])("IsRefusedWhenItIsMuch %s", (_what, at) => {
    expect(
      codeOf(
        signed(() => undefined),
        body,
        at,
      ),
    ).toBe("invalid-timestamp");
  });

  test.each(["", "yesterday", "2026-13-28 10:30:05", "2026-11-28T10:30:05Z"])(
    "IsRefusedWithATimestampThatIsNone %s",
    (timestamp) => {
      expect(codeOf(signed((parameters) => (parameters["timestamp"] = timestamp)))).toBe(
        "invalid-timestamp",
      );
    },
  );
});

describe("Timestamp", () => {
  test("IsChinas", () => {
    expect(timestampOf(Date.UTC(2025, 11, 31, 16, 0, 0))).toBe("2026-01-01 00:00:00");
  });
});

describe("Answer", () => {
  test("IsReadAsItIsWritten", () => {
    const text = writeAnswer({ flag: "failure", code: "S1", message: "<no>" }, [
      ["status", "FAIL"],
    ]);
    const answer = readAnswer(text);
    expect(answer).toMatchObject({ flag: "failure", code: "S1", message: "<no>" });
    expect(answer.element.text("status")).toBe("FAIL");
  });

  test.each(["<html>bad gateway</html>", "<response/>", "<response><flag>maybe</flag></response>"])(
    "IsNotAnyXml %s",
    (text) => {
      expect(() => readAnswer(text)).toThrow(XmlError);
    },
  );
});
