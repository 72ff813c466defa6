import { readFileSync } from "node:fs";
import path from "node:path";
import type { DescEnum } from "@bufbuild/protobuf";
import {
  BankLineOutcomeSchema,
  BankPaymentStateSchema,
  BankRunStateSchema,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { CaseRelationSchema } from "@redress/contract/redress/aftersales/v1/case_links_pb";
import {
  InterceptionProgressSchema,
  RefundVariantSchema,
  ReplacementProgressSchema,
} from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  OpenDisputeRequestSchema,
  OpenReviewRequestSchema,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { DisputeEventSchema } from "@redress/contract/redress/aftersales/v1/dispute_events_pb";
import {
  DisputeChannelSchema,
  DisputeOptionSchema,
  DisputeVerdictSchema,
} from "@redress/contract/redress/aftersales/v1/dispute_pb";
import {
  RefundEventSchema,
  RemedySchema,
  ReturnShippingSchema,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import { ReviewEventSchema } from "@redress/contract/redress/aftersales/v1/review_events_pb";
import {
  ContactChannelSchema,
  ReviewChangeSchema,
  ReviewJudgementSchema,
  ReviewOfferSchema,
  ReviewRatingSchema,
  ReviewReplyReasonSchema,
} from "@redress/contract/redress/aftersales/v1/review_pb";
import { SettlementStateSchema } from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import {
  InterceptOutcomeSchema,
  TaskKindSchema,
  TaskStateSchema,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import {
  WebhookDeliveryStateSchema,
  WebhookPauseReasonSchema,
  WebhookStateSchema,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { RoleSchema } from "@redress/contract/redress/common/v1/role_pb";
import { DuplicateReasonSchema } from "@redress/contract/redress/customer/v1/person_service_pb";
import { RevealKindSchema } from "@redress/contract/redress/customer/v1/privacy_service_pb";
import { CustomerMatchSchema } from "@redress/contract/redress/customer/v1/search_service_pb";
import { TagResultSchema } from "@redress/contract/redress/customer/v1/tag_service_pb";
import {
  RiskLevelSchema,
  TimelineKindSchema,
} from "@redress/contract/redress/customer/v1/timeline_service_pb";
import {
  ChannelKindSchema,
  MessageStateSchema,
} from "@redress/contract/redress/desk/v1/message_service_pb";
import { OrderStatusSchema } from "@redress/contract/redress/order/v1/order_pb";
import { OrderMatchSchema } from "@redress/contract/redress/order/v1/search_service_pb";
import { describe, expect, it } from "vitest";
import { planFields } from "../../../../clients/web/console/src/shared/form/plan";
import { en } from "../../../../clients/web/console/src/shared/words/en";
import { zh } from "../../../../clients/web/console/src/shared/words/zh";
import { reports } from "../../../../clients/web/console/src/warehouse/reports";

const source = path.resolve(import.meta.dirname, "../../../..");
// Generated from the compiled machines, and tested to be fresh.
const diagrams = ["refund", "dispute", "review"].map((kind) =>
  readFileSync(path.join(source, `workflows/${kind}/docs/${kind}.svg`), "utf8"),
);

function attributes(name: string): string[] {
  const values = diagrams.flatMap((diagram) => [
    ...diagram.matchAll(new RegExp(`${name}="([^"]*)"`, "g")),
  ]);
  return [...new Set(values.flatMap((match) => (match[1] ?? "").split(" ")))].filter(Boolean);
}

function namesOf(of: DescEnum, withZero = true): string[] {
  return of.values.filter((value) => withZero || value.number !== 0).map((value) => value.name);
}

const events = [RefundEventSchema, DisputeEventSchema, ReviewEventSchema].flatMap(
  (schema) => schema.oneofs[0]?.fields ?? [],
);
const openDispute = planFields(OpenDisputeRequestSchema, ["request_id", "order_id", "line_id"]);
const openReview = planFields(OpenReviewRequestSchema, [
  "request_id",
  "order_id",
  "line_id",
  "review_time",
]);
const fields = [
  ...[...events, ...reports].flatMap((field) =>
    field.fieldKind === "message" ? planFields(field.message) : [],
  ),
  ...openDispute,
  ...openReview,
];

// What has to have a word, by the group of words that holds it.
const needed: [keyof typeof zh, string[]][] = [
  ["state", attributes("data-state")],
  ["event", [...events.map((event) => event.name), ...attributes("data-events")]],
  ["field", fields.map((field) => field.name)],
  [
    "enumValue",
    [
      RefundVariantSchema,
      ReturnShippingSchema,
      DisputeChannelSchema,
      DisputeOptionSchema,
      DisputeVerdictSchema,
      ContactChannelSchema,
      ReviewChangeSchema,
      ReviewJudgementSchema,
      ReviewOfferSchema,
      ReviewRatingSchema,
      ReviewReplyReasonSchema,
      RemedySchema,
      ReplacementProgressSchema,
      InterceptionProgressSchema,
      InterceptOutcomeSchema,
    ].flatMap((of) => namesOf(of)),
  ],
  ["relation", namesOf(CaseRelationSchema)],
  ["report", reports.map((report) => report.name)],
  ["role", namesOf(RoleSchema, false)],
  ["taskKind", namesOf(TaskKindSchema)],
  ["taskState", namesOf(TaskStateSchema)],
  ["messageState", namesOf(MessageStateSchema)],
  ["channelKind", namesOf(ChannelKindSchema, false)],
  ["settlementState", namesOf(SettlementStateSchema)],
  ["bankRunState", namesOf(BankRunStateSchema)],
  ["bankPaymentState", namesOf(BankPaymentStateSchema)],
  ["bankLineOutcome", namesOf(BankLineOutcomeSchema)],
  ["customerMatch", namesOf(CustomerMatchSchema)],
  ["orderMatch", namesOf(OrderMatchSchema)],
  ["timelineKind", namesOf(TimelineKindSchema)],
  ["tagResult", namesOf(TagResultSchema)],
  ["riskLevel", namesOf(RiskLevelSchema)],
  ["duplicateReason", namesOf(DuplicateReasonSchema)],
  ["revealKind", namesOf(RevealKindSchema)],
  ["orderStatus", namesOf(OrderStatusSchema)],
  ["webhookState", namesOf(WebhookStateSchema, false)],
  ["webhookPauseReason", namesOf(WebhookPauseReasonSchema, false)],
  ["webhookDeliveryState", namesOf(WebhookDeliveryStateSchema, false)],
];

function leaves(words: object, at = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "string"
      ? [[`${at}${key}`, value] as [string, string]]
      : leaves(value as object, `${at}${key}.`),
  );
}

describe.each([
  ["Chinese", zh],
  ["English", en],
])("The words in %s", (_, words) => {
  it.each(needed)("name every %s", (group, names) => {
    expect(names.length).toBeGreaterThan(0);
    const known = words[group] as Record<string, string>;
    expect(names.filter((name) => !known[name])).toEqual([]);
  });

  it("are never empty", () => {
    expect(leaves(words).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});

describe("The groups of words", () => {
  // One of two groups with one name would hide the other.
  it("have a name each", () => {
    const words = path.join(source, "clients/web/console/src/shared/words");
    const groupsOf = (file: string) =>
      [...readFileSync(path.join(words, file), "utf8").matchAll(/^ {2}(\w+):/gm)].map(
        (match) => match[1] ?? "",
      );
    const spread = [
      ...readFileSync(path.join(words, "zh.ts"), "utf8").matchAll(/^ {2}\.\.\.(\w+)Zh,/gm),
    ].map((match) => `${match[1] ?? ""}_zh.ts`);
    expect(spread.length).toBeGreaterThan(5);
    const groups = ["zh.ts", ...spread].flatMap(groupsOf);
    expect(groups.filter((name, at) => groups.indexOf(name) !== at)).toEqual([]);
  });
});

describe("The two languages", () => {
  it("have the same words, with the same places to fill", () => {
    const places = (text: string) => [...text.matchAll(/{{\w+}}/g)].map(String).sort();
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(zh)) {
      expect([key, places(english.get(key) ?? "")]).toEqual([key, places(text)]);
    }
    expect(english.size).toBe(leaves(zh).length);
  });

  it("do not mix", () => {
    const others = new Set(["app.language", "app.languageLabel"]);
    const han = leaves(en).filter(
      ([key, text]) => !others.has(key) && /\p{Script=Han}/u.test(text),
    );
    expect(han).toEqual([]);
    const latin = leaves(zh).filter(([, text]) => !/[\p{Script=Han}{]/u.test(text));
    expect(latin.map(([key]) => key)).toEqual([...others, "case.listSeparator"]);
  });
});
