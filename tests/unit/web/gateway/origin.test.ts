import { describe, expect, test } from "vitest";

import { isForeign } from "../../../../clients/web/gateway/src/session/origin.ts";

describe("Origin", () => {
  test.each([
    { origin: undefined, fetchSite: undefined },
    { origin: "https://shop.example:8100", fetchSite: "same-origin" },
    { origin: "https://SHOP.example:8100", fetchSite: undefined },
    { origin: undefined, fetchSite: "none" },
  ])("IsOurs $origin $fetchSite", (from) => {
    expect(isForeign({ host: "shop.example:8100", ...from })).toBe(false);
  });

  test.each([
    { origin: "https://evil.example", fetchSite: undefined },
    { origin: "https://shop.example:8101", fetchSite: undefined },
    { origin: "https://shop.example:8100.evil.example", fetchSite: undefined },
    { origin: "null", fetchSite: undefined },
    { origin: undefined, fetchSite: "cross-site" },
    { origin: undefined, fetchSite: "same-site" },
    { origin: "https://shop.example:8100", fetchSite: "same-site" },
  ])("IsForeign $origin $fetchSite", (from) => {
    expect(isForeign({ host: "shop.example:8100", ...from })).toBe(true);
  });

  test("IsForeignWhenTheRequestNamesNoHost", () => {
    expect(
      isForeign({
        host: undefined,
        origin: "https://a.example",
        fetchSite: null,
      }),
    ).toBe(true);
  });
});
