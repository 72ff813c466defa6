import type { DescMessage } from "@bufbuild/protobuf";
import { OpenRefundRequestSchema } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  ApproveSchema,
  RecordFollowUpSchema,
  RefundEventSchema,
  RejectSchema,
  ReviseRequestSchema,
  ShipReturnSchema,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import { ReportUnexpectedGoodsRequestSchema } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { describe, expect, it } from "vitest";
import {
  messageOf,
  planFields,
  problemOf,
  type Entered,
} from "../../../../clients/web/console/src/shared/form/plan";
import { reports } from "../../../../clients/web/console/src/warehouse/reports";

function problem(message: DescMessage, field: string, entered: Entered): string | undefined {
  const plan = planFields(message).find((one) => one.name === field);
  if (!plan) throw new Error(`${message.typeName} has no ${field}`);
  return problemOf(plan, entered, "CNY")?.key;
}

describe("A form", () => {
  it("can be planned for every event of a refund case", () => {
    const events = RefundEventSchema.oneofs[0]?.fields ?? [];
    expect(events.length).toBeGreaterThan(20);
    for (const event of events) {
      expect(event.fieldKind).toBe("message");
      if (event.fieldKind === "message") planFields(event.message);
    }
  });

  it("can be planned for every report of the warehouse", () => {
    expect(reports.map((report) => report.name)).toContain("received");
    for (const report of reports) planFields(report.message);
    planFields(ReportUnexpectedGoodsRequestSchema);
  });

  it("takes its kinds, bounds and choices from the contract", () => {
    const [amount, quantity, variant] = planFields(ReviseRequestSchema);
    expect(amount).toMatchObject({
      kind: "money",
      required: true,
      minimum: 1n,
    });
    expect(quantity).toMatchObject({
      kind: "integer",
      minimum: 1n,
      maximum: 1_000_000n,
    });
    expect(variant?.choices.map((choice) => choice.name)).toEqual([
      "REFUND_VARIANT_REFUND_ONLY",
      "REFUND_VARIANT_RETURN_AND_REFUND",
      "REFUND_VARIANT_EXCHANGE",
      "REFUND_VARIANT_RESHIP",
      "REFUND_VARIANT_PRICE_DIFFERENCE",
      "REFUND_VARIANT_POSTAGE",
    ]);
  });

  it("throws for a field that no input is known for", () => {
    expect(() => planFields(OpenRefundRequestSchema)).toThrow("amount_asked has no input");
  });

  it("asks for what is required", () => {
    expect(problem(RejectSchema, "reason", undefined)).toBe("required");
    expect(problem(ReviseRequestSchema, "variant", undefined)).toBe("choose");
    expect(problem(ShipReturnSchema, "shipping", undefined)).toBeUndefined();
  });

  it("judges by the contract's rules", () => {
    expect(problem(ApproveSchema, "amount_minor", "0")).toBe("atLeast");
    expect(problem(ApproveSchema, "amount_minor", "1.234")).toBe("notMoney");
    expect(problem(ApproveSchema, "amount_minor", "0.01")).toBeUndefined();
    expect(problem(RecordFollowUpSchema, "score", "6")).toBe("atMost");
    expect(problem(RecordFollowUpSchema, "score", "good")).toBe("notNumber");
    expect(problem(RejectSchema, "reason", "x".repeat(65))).toBe("tooLong");
    expect(problem(RejectSchema, "reason", "字".repeat(64))).toBeUndefined();
  });

  it("shows a bound of money in the currency's major unit", () => {
    const [amount] = planFields(ApproveSchema);
    if (!amount) throw new Error("Approve has no amount");
    expect(problemOf(amount, "0", "CNY")?.values).toEqual({ bound: "0.01" });
  });

  it("judges by a pattern as a whole", () => {
    const reference = planFields(ReportUnexpectedGoodsRequestSchema)[0];
    if (!reference) throw new Error("no reference");
    expect(problemOf(reference, "a b", "CNY")?.key).toBe("pattern");
    expect(problemOf(reference, "a-b", "CNY")).toBeUndefined();
  });

  it("becomes the message that was filled in", () => {
    const plans = planFields(ReviseRequestSchema);
    const entries = {
      amount_minor: "12.5",
      quantity: "２",
      variant: RefundVariant.REFUND_ONLY,
    };
    expect(messageOf(ReviseRequestSchema, plans, entries, "CNY")).toMatchObject({
      amountMinor: 1250n,
      quantity: 2,
      variant: RefundVariant.REFUND_ONLY,
    });
  });
});
