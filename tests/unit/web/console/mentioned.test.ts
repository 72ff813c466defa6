import { describe, expect, it } from "vitest";
import { mentionedIn } from "../../../../clients/web/console/src/notes/mentioned";

const members = [
  { accountId: "1", displayName: "王晓" },
  { accountId: "2", displayName: "王晓梅" },
  { accountId: "3", displayName: "Leo Chen" },
  { accountId: "4", displayName: "" },
];

describe("The members whom a note mentions", () => {
  it("are those named after an @, each once, in their order", () => {
    expect(mentionedIn("@Leo Chen 请看，@王晓 @Leo Chen", members)).toEqual(["3", "1"]);
  });

  it("are the longest names that fit", () => {
    expect(mentionedIn("@王晓梅你好", members)).toEqual(["2"]);
  });

  it("are nobody where an @ names nobody, or a name has no @", () => {
    expect(mentionedIn("王晓 shop@example.com @", members)).toEqual([]);
  });
});
