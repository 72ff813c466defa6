import { create } from "@bufbuild/protobuf";
import { ApproveSchema } from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import { WorkflowSchema } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { describe, expect, it } from "vitest";
import { sectionsOf, startOf } from "../../../../clients/web/console/src/app/sections";
import {
  eventFieldOf,
  statesForSupervisors,
  statesOf,
  stepEventOf,
} from "../../../../clients/web/console/src/case/events";
import { filterOf, searchOf } from "../../../../clients/web/console/src/workbench/filter";

const workflow = create(WorkflowSchema, {
  kind: "refund",
  states: [{ name: "Waiting" }, { name: "Gone", final: true }],
  edges: [
    { source: "Asked", event: "approve", target: "Waiting" },
    { source: "Waiting", event: "approve_large", target: "Paid" },
    { source: "Waiting", event: "withdraw", target: "Gone" },
    { source: "Sending", event: "approve_large", target: "Paid" },
    { source: "Sending", event: "send_back_for_rework", target: "Sending" },
    { source: "Disputed", event: "rule_for_buyer", target: "Paid" },
  ],
});

describe("Events", () => {
  it("are those of the contract's oneof", () => {
    expect(eventFieldOf("refund", "approve")?.message.typeName).toBe(
      "redress.aftersales.v1.Approve",
    );
    expect(eventFieldOf("refund", "open")).toBeUndefined();
  });

  it("are those of the case's own kind", () => {
    expect(eventFieldOf("dispute", "approve")).toBeUndefined();
    expect(eventFieldOf("dispute", "withdraw")?.message.typeName).toBe(
      "redress.aftersales.v1.DisputeEvent.Withdraw",
    );
    expect(eventFieldOf("unheard_of", "withdraw")).toBeUndefined();
  });

  it("are put into the oneof by their name", () => {
    const step = stepEventOf("refund", "approve", create(ApproveSchema, { amountMinor: 5n }));
    expect(step.case).toBe("refund");
    expect(step.value.event.case).toBe("approve");
    expect(step.value.event.value).toMatchObject({ amountMinor: 5n });
  });

  it("that only a supervisor may send say which states wait for one", () => {
    expect(statesForSupervisors(workflow)).toEqual([
      { state: "Waiting", whenCalled: false },
      { state: "Sending", whenCalled: true },
    ]);
  });

  it("that end a case wait for nobody's approval", () => {
    const ending = create(WorkflowSchema, {
      kind: "review",
      states: [{ name: "Detected" }, { name: "Withdrawn", final: true }],
      edges: [{ source: "Detected", event: "void_case", target: "Withdrawn" }],
    });
    expect(statesForSupervisors(ending)).toEqual([]);
  });

  it("are told with the states in which they are legal", () => {
    expect(statesOf("withdraw", workflow)).toEqual(["Waiting"]);
    expect(statesOf("unheard_of", workflow)).toEqual([]);
  });
});

describe("Sections", () => {
  it("are shown to those who have something to do there", () => {
    const names = (...roles: string[]) => sectionsOf(roles).map((section) => section.name);
    expect(names("ROLE_WAREHOUSE")).toEqual(["warehouse"]);
    expect(names("ROLE_AGENT")).toEqual([
      "workbench",
      "customers",
      "orders",
      "compensation",
      "messages",
      "care",
      "platform",
      "figures",
    ]);
    expect(names("ROLE_SUPERVISOR")).toContain("warehouse");
    expect(names("ROLE_INTEGRATION")).toEqual([]);
  });

  it("start with the work that only the role does", () => {
    expect(startOf(["ROLE_FINANCE"])).toBe("/settlements");
    expect(startOf(["ROLE_INTEGRATION"])).toBeUndefined();
  });
});

describe("The queue's filter", () => {
  it("comes back from its address", () => {
    const filter = {
      scope: "mine",
      state: "Settling",
      kind: "refund",
      team: "Night team",
      person: "finance",
    } as const;
    expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
  });

  it("takes an unknown scope for all", () => {
    expect(filterOf(new URLSearchParams("scope=theirs"))).toEqual({
      scope: "all",
      state: "",
      kind: "",
      team: "",
      person: "",
    });
  });
});
