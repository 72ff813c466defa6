import { getOption, type DescField, type DescMessage, type Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { sender } from "@redress/contract/redress/common/v1/access_pb";
import { Role } from "@redress/contract/redress/common/v1/role_pb";
import {
  DisputeEventSchema,
  type DisputeEvent,
} from "@redress/contract/redress/aftersales/v1/dispute_events_pb";
import {
  RefundEventSchema,
  type RefundEvent,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import {
  ReviewEventSchema,
  type ReviewEvent,
} from "@redress/contract/redress/aftersales/v1/review_events_pb";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import type { Dispute } from "@redress/contract/redress/aftersales/v1/dispute_pb";
import type { Review } from "@redress/contract/redress/aftersales/v1/review_pb";
import type { Workflow } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { minorToDecimal } from "../shared/format/money";
import type { Entries } from "../shared/form/plan";

// The events of a case as the contract lists them for its kind: what is not in the kind's oneof is
// no event.

type EventField = DescField & { fieldKind: "message"; message: DescMessage };

const schemas: Record<string, DescMessage> = {
  refund: RefundEventSchema,
  dispute: DisputeEventSchema,
  review: ReviewEventSchema,
};

export function eventFieldOf(kind: string, event: string): EventField | undefined {
  const field = schemas[kind]?.fields.find((one) => one.name === event && one.oneof);
  return field?.fieldKind === "message" ? field : undefined;
}

export type KindsEvent =
  | { case: "refund"; value: RefundEvent }
  | { case: "dispute"; value: DisputeEvent }
  | { case: "review"; value: ReviewEvent };

export function stepEventOf(kind: string, event: string, message: Message): KindsEvent {
  const field = eventFieldOf(kind, event);
  const schema = schemas[kind];
  if (!field || !schema) throw new Error(`the contract has no event ${event} of a ${kind}`);
  const made = reflect(schema);
  made.set(field, reflect(field.message, message));
  return { case: kind, value: made.message } as KindsEvent;
}

// What a form starts with: the case's own values where a field asks for the same thing again.
export function startingEntries(of: Case): Entries {
  if (of.review) return reviewEntries(of.review);
  if (of.dispute) return disputeEntries(of.dispute);
  const amount = of.amountApproved ?? of.amountAsked;
  return {
    amount_minor: amount && minorToDecimal(amount.minorUnits, amount.currencyCode),
    quantity: String(of.quantity),
    variant: of.variant,
  };
}

function disputeEntries({ options, currencyCode }: Dispute): Entries {
  const decimal = (minor = 0n) => minorToDecimal(minor, currencyCode);
  return {
    refund_minor: decimal(options?.refundMinor),
    compensation_minor: decimal(options?.compensationMinor),
    replacement: options?.replacement ?? false,
    other: options?.other ?? false,
    amount_minor: decimal(options?.refundMinor),
  };
}

function reviewEntries({ offerAmount, currencyCode }: Review): Entries {
  return { amount_minor: minorToDecimal(offerAmount?.minorUnits ?? 0n, currencyCode) };
}

// What to write beside an event whose words somebody reads, and beside any other.
export function textHintOf(event: string): string {
  if (event === "make_offer") return "review.wordsHint";
  return event === "publish_reply" ? "review.replyHint" : "case.noteHint";
}

export function currencyOf(of: Case): string {
  const own = of.dispute ?? of.review;
  return own?.currencyCode ?? of.amountAsked?.currencyCode ?? "";
}

// The states with events that only a supervisor may send: what waits for approval. Ending a case is
// none. Where such an event also leaves the state as it is, a case waits only while somebody has
// called for approval.
export function statesForSupervisors(workflow: Workflow): { state: string; whenCalled: boolean }[] {
  const finals = new Set(workflow.states.filter((one) => one.final).map((one) => one.name));
  const edges = workflow.edges.filter((edge) => {
    if (finals.has(edge.target)) return false;
    const field = eventFieldOf(workflow.kind, edge.event);
    const roles = field && getOption(field.message, sender).roles;
    return roles?.length === 1 && roles[0] === Role.SUPERVISOR;
  });
  return [...new Set(edges.map((edge) => edge.source))].map((state) => ({
    state,
    whenCalled: edges.some((edge) => edge.source === state && edge.target === state),
  }));
}

export function statesOf(event: string, workflow: Workflow | undefined): string[] {
  const sources = workflow?.edges.filter((edge) => edge.event === event) ?? [];
  return [...new Set(sources.map((edge) => edge.source))];
}
