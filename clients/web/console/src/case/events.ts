import { getOption, type DescField, type DescMessage, type Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { sender } from "@redress/contract/redress/common/v1/access_pb";
import { Role } from "@redress/contract/redress/common/v1/role_pb";
import {
  RefundEventSchema,
  type RefundEvent,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import type { Workflow } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { minorToDecimal } from "../shared/format/money";
import type { Entries } from "../shared/form/plan";

// The events of a refund case as the contract lists them: what is not in its oneof is no event.

type EventField = DescField & { fieldKind: "message"; message: DescMessage };

export function eventFieldOf(event: string): EventField | undefined {
  const field = RefundEventSchema.fields.find((one) => one.name === event && one.oneof);
  return field?.fieldKind === "message" ? field : undefined;
}

export function refundEventOf(event: string, message: Message): RefundEvent {
  const field = eventFieldOf(event);
  if (!field) throw new Error(`the contract has no event ${event}`);
  const made = reflect(RefundEventSchema);
  made.set(field, reflect(field.message, message));
  return made.message as RefundEvent;
}

// What a form starts with: the case's own values where a field asks for the same thing again.
export function startingEntries(of: Case): Entries {
  const amount = of.amountApproved ?? of.amountAsked;
  return {
    amount_minor: amount && minorToDecimal(amount.minorUnits, amount.currencyCode),
    quantity: String(of.quantity),
    variant: of.variant,
  };
}

// The states with events that only a supervisor may send: what waits for approval. Where such an
// event also leaves the state as it is, a case waits only while somebody has called for approval.
export function statesForSupervisors(workflow: Workflow): { state: string; whenCalled: boolean }[] {
  const edges = workflow.edges.filter((edge) => {
    const field = eventFieldOf(edge.event);
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
