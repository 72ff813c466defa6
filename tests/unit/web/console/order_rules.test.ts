import { describe, expect, it } from "vitest";
import { stepProblem, stepsOf } from "../../../../clients/web/console/src/orders/steps";

describe("the next steps that memos are offered", () => {
  it("are one per line, without what is empty", () => {
    expect(stepsOf("  call back \n\n send a sample\n")).toEqual(["call back", "send a sample"]);
  });

  it("hold no bar, by which memos part their fields", () => {
    expect(stepProblem(["call | back"])).toBe("separator");
    expect(stepProblem(["等｜老板"])).toBe("separator");
    expect(stepProblem(["call back"])).toBeUndefined();
  });

  it("are counted by characters, as the services count them", () => {
    expect(stepProblem(["等".repeat(60)])).toBeUndefined();
    expect(stepProblem(["等".repeat(61)])).toBe("tooLong");
  });

  it("are at most fifty", () => {
    expect(stepProblem(Array<string>(50).fill("x"))).toBeUndefined();
    expect(stepProblem(Array<string>(51).fill("x"))).toBe("tooMany");
  });
});
