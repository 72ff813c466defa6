import { randomBytes } from "node:crypto";

import { describe, expect, test } from "vitest";

import { Sealer } from "../../../../clients/web/gateway/src/session/sealer.ts";

const key = randomBytes(32);
const other = randomBytes(32);

describe("Sealer", () => {
  test("OpensWhatAnotherOneWithTheSameKeySealed", () => {
    const sealed = new Sealer([key], "test").seal("secret, 机密");
    expect(new Sealer([key], "test").open(sealed)).toBe("secret, 机密");
  });

  test("HidesTheText", () => {
    const sealed = new Sealer([key], "test").seal("secret");
    expect(Buffer.from(sealed.slice(2), "base64url").includes("secret")).toBe(false);
  });

  test("SealsTheSameTextDifferentlyEachTime", () => {
    const sealer = new Sealer([key], "test");
    expect(sealer.seal("secret")).not.toBe(sealer.seal("secret"));
  });

  test("OpensWithAnEarlierKeyAndSealsWithTheFirst", () => {
    const sealed = new Sealer([key], "test").seal("secret");
    const rotated = new Sealer([other, key], "test");
    expect(rotated.open(sealed)).toBe("secret");
    expect(new Sealer([key], "test").open(rotated.seal("secret"))).toBeUndefined();
  });

  test("DoesNotOpenUnderAnotherKeyOrPurpose", () => {
    const sealed = new Sealer([key], "test").seal("secret");
    expect(new Sealer([other], "test").open(sealed)).toBeUndefined();
    expect(new Sealer([key], "other").open(sealed)).toBeUndefined();
  });

  test("NoticesEveryChangedByte", () => {
    const sealer = new Sealer([key], "test");
    const bytes = Buffer.from(sealer.seal("secret").slice(2), "base64url");
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(i) ^ 1, i);
      expect(sealer.open(`1.${changed.toString("base64url")}`)).toBeUndefined();
    }
  });

  test.each(["", "1.", "1.AAAA", "2.AAAA", "x".repeat(10_000), "1.\u0000"])(
    "DoesNotOpenWhatNobodySealed %#",
    (text) => {
      expect(new Sealer([key], "test").open(text)).toBeUndefined();
    },
  );
});
