import { create } from "@bufbuild/protobuf";
import { WorkflowSchema } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { FunnelEdgeSchema } from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { describe, expect, it } from "vitest";
import { behindOf, textOf, type Behind } from "../../../../clients/web/console/src/funnel/behind";
import { flowsOf, placesOf } from "../../../../clients/web/console/src/funnel/layout";

const workflow = create(WorkflowSchema, {
  initialState: "Requested",
  states: [
    { name: "Requested" },
    { name: "Settling" },
    { name: "Rejected" },
    { name: "Closed", final: true },
  ],
  edges: [
    { source: "Requested", event: "approve", target: "Settling" },
    { source: "Requested", event: "reject", target: "Rejected" },
    { source: "Rejected", event: "revise_request", target: "Requested" },
    { source: "Requested", event: "platform_closed", target: "Closed" },
  ],
});

const edge = (fromState: string, event: string, toState: string, taken: bigint) =>
  create(FunnelEdgeSchema, { fromState, event, toState, taken });

describe("The funnel's picture", () => {
  it("has the initial state first and final ones last, each at a place of its own", () => {
    const places = placesOf(workflow, ["Closed", "Rejected", "Settling", "Requested", "Gone"]);
    const at = (name: string) => places.get(name)?.x ?? NaN;
    expect(at("Requested")).toBe(0);
    expect(at("Settling")).toBe(at("Rejected"));
    expect(at("Closed")).toBeGreaterThan(at("Settling"));
    expect(at("Gone")).toBe(at("Closed"));
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(5);
  });

  it("adds up the events between two states, and leaves out what stays and what opens", () => {
    const flows = flowsOf([
      edge("", "open", "Requested", 9n),
      edge("Requested", "approve", "Settling", 4n),
      edge("Requested", "deadline_reached", "Settling", 2n),
      edge("Requested", "assign_case", "Requested", 5n),
    ]);
    expect(flows).toEqual([{ source: "Requested", target: "Settling", taken: 6 }]);
  });
});

describe("The count whose cases are shown", () => {
  it.each<Behind>([
    { case: "entered", value: "Settling" },
    { case: "now", value: "Requested" },
    { case: "edge", value: { fromState: "", event: "open", toState: "Requested" } },
  ])("is read back from the address: $case", (behind) => {
    expect(behindOf(textOf(behind))).toEqual(behind);
  });

  it.each(["", "now:", "edge:Requested", "nowhere:Settling"])("is none in '%s'", (text) => {
    expect(behindOf(text)).toBeUndefined();
  });
});
