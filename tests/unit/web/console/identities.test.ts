import { describe, expect, it } from "vitest";
import { couldBeIdentity, namesIn } from "../../../../clients/web/console/src/customers/identities";

describe("a name besides the nick", () => {
  it("is looked for in every kind on the marketplaces that buyers come from", () => {
    expect(namesIn("o6_bmjr", ["taobao"])).toEqual([
      { kind: "open_id", platform: "taobao", name: "o6_bmjr" },
      { kind: "union_id", platform: "taobao", name: "o6_bmjr" },
      { kind: "nick", platform: "taobao", name: "o6_bmjr" },
    ]);
  });

  it("may say its marketplace, where no buyer is from there", () => {
    expect(namesIn("wechat:o6_bmjr", [])).toContainEqual({
      kind: "open_id",
      platform: "wechat",
      name: "o6_bmjr",
    });
  });

  it("may hold a colon itself", () => {
    expect(namesIn("a:bcd", ["taobao"])).toContainEqual({
      kind: "nick",
      platform: "taobao",
      name: "a:bcd",
    });
  });

  it("is looked for on so many marketplaces at most", () => {
    const many = Array.from({ length: 20 }, (_, at) => `shop${String(at)}`);
    expect(namesIn("o6_bmjr", many)).toHaveLength(18);
  });

  it("has no spaces and is not short", () => {
    expect(couldBeIdentity("o6_bmjr")).toBe(true);
    expect(couldBeIdentity("two words")).toBe(false);
    expect(couldBeIdentity("abc")).toBe(false);
  });
});
