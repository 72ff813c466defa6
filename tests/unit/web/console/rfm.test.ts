import { create } from "@bufbuild/protobuf";
import { RfmBoundsSchema } from "@redress/contract/redress/customer/v1/rfm_service_pb";
import { describe, expect, it } from "vitest";
import { boundOf, daysOf } from "../../../../clients/web/console/src/timeline/rfm";

const bounds = create(RfmBoundsSchema, {
  recencyUs: [1n, 2n, 3n, 4n],
  frequency: [10n, 20n, 30n, 40n],
  monetaryMinor: [100n, 200n, 300n, 400n],
});

describe("The values that have a score", () => {
  it("are the smallest for the best recency", () => {
    expect(boundOf("R", 5, bounds)).toEqual({ upTo: 1n });
    expect(boundOf("R", 4, bounds)).toEqual({ above: 1n, upTo: 2n });
    expect(boundOf("R", 1, bounds)).toEqual({ above: 4n });
  });

  it("are the largest for the best frequency and money", () => {
    expect(boundOf("F", 5, bounds)).toEqual({ above: 40n });
    expect(boundOf("F", 1, bounds)).toEqual({ upTo: 10n });
    expect(boundOf("M", 3, bounds)).toEqual({ above: 200n, upTo: 300n });
  });
});

describe("Days of a span", () => {
  it("are whole ones", () => {
    expect(daysOf(86_400_000_000n * 12n + 5n)).toBe(12);
  });
});
