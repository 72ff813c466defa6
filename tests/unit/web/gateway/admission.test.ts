import { describe, expect, test } from "vitest";

import { Admission } from "../../../../clients/web/gateway/src/rpc/admission.ts";

const limits = { calls: 2, streams: 2, streamsPerCaller: 1 };

describe("Admission", () => {
  test("RefusesTheCallThatIsTooMuch", () => {
    const admission = new Admission(limits);
    admission.enterCall("en");
    admission.enterCall("en");
    expect(() => admission.enterCall("en")).toThrow(/Too much is going on/);
  });

  test("AdmitsAgainOnceACallIsOver", () => {
    const admission = new Admission({ ...limits, calls: 1 });
    admission.enterCall("en")();
    expect(() => admission.enterCall("en")).not.toThrow();
  });

  test("CountsACallThatIsReleasedTwiceOnce", () => {
    const admission = new Admission(limits);
    admission.enterCall("en");
    const release = admission.enterCall("en");
    release();
    release();
    expect(admission.calls).toBe(1);
  });

  test("KeepsOneCallerFromTakingEveryStream", () => {
    const admission = new Admission(limits);
    const release = admission.claimStream("a", "en");
    expect(() => admission.claimStream("a", "en")).toThrow(/1 streams open/);
    expect(() => admission.claimStream("b", "en")).not.toThrow();
    release();
    expect(() => admission.claimStream("a", "en")).not.toThrow();
  });

  test("CountsStreamsApartFromCalls", () => {
    const admission = new Admission({ ...limits, calls: 1 });
    admission.enterStream("en");
    admission.enterStream("en");
    expect(() => admission.enterStream("en")).toThrow(/Too much is going on/);
    expect(() => admission.enterCall("en")).not.toThrow();
  });
});
