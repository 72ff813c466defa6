import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RetryInfoSchema,
} from "@redress/contract/google/rpc/error_details_pb";
import type { Status } from "@redress/contract/google/rpc/status_pb";
import type { TFunction } from "i18next";

// What a failed call said, taken out of its google.rpc details.
export interface Refusal {
  // Connect's name of the code, e.g. `failed_precondition`; `offline` where there was no network.
  code: string;
  // The stable reason, e.g. `FOUR_EYES`; empty where there is none.
  reason: string;
  // The service's own words.
  message: string;
  // Problems by field path, e.g. `refund.approve.amount_minor`.
  fields: Map<string, string>;
  retryAfterMillis: number | undefined;
}

function codeName(code: Code): string {
  return Code[code].replace(/(?!^)([A-Z])/g, "_$1").toLowerCase();
}

export function refusalOf(error: unknown): Refusal {
  const failed = ConnectError.from(error);
  const info = failed.findDetails(ErrorInfoSchema)[0];
  const fields = new Map<string, string>();
  for (const bad of failed.findDetails(BadRequestSchema)) {
    for (const violation of bad.fieldViolations) {
      fields.set(violation.field, violation.description);
    }
  }
  const delay = failed.findDetails(RetryInfoSchema)[0]?.retryDelay;
  // A request that never reached the gateway fails as a TypeError of fetch. Outside browsers nobody
  // says whether there is a network.
  const unreachable = error instanceof TypeError || failed.cause instanceof TypeError;
  const isOffline = (navigator as Partial<Navigator>).onLine === false;
  return {
    code: unreachable ? (isOffline ? "offline" : "unavailable") : codeName(failed.code),
    reason: info?.reason ?? "",
    message: unreachable ? "" : failed.rawMessage,
    fields,
    retryAfterMillis: delay && Number(delay.seconds) * 1000 + delay.nanos / 1_000_000,
  };
}

// Whether nobody knows if the call was done: only the same request may be sent again.
export function isLost(error: unknown): boolean {
  return ["offline", "unavailable", "deadline_exceeded", "unknown"].includes(refusalOf(error).code);
}

const codes = Object.values(Code).filter((one) => typeof one === "number");

// What became of one of many: its google.rpc.Status, read like a failed call.
export function refusalOfStatus(status: Status): Refusal {
  const failed = new ConnectError(
    status.message,
    codes.find((one) => Object.is(one, status.code)),
  );
  failed.details = status.details.map(({ typeUrl, value }) => ({
    type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1),
    value,
  }));
  return refusalOf(failed);
}

export function isRefusal(error: unknown, code: Code): boolean {
  return ConnectError.from(error).code === code;
}

// Whether one has to log in again. A stream also ends when the access token that it was opened with
// does; the gateway opens the next one with a fresh token.
export function isSessionOver(error: unknown): boolean {
  return isRefusal(error, Code.Unauthenticated) && refusalOf(error).reason !== "TOKEN_EXPIRED";
}

// The refusal in the reader's language: by its reason, else by its code.
export function refusalText(refusal: Refusal, t: TFunction): string {
  const general = t(`code.${refusal.code}`, { defaultValue: t("code.unknown") });
  return refusal.reason ? t(`refusal.${refusal.reason}`, { defaultValue: general }) : general;
}

// Whether the console has words of its own for the reason; without them the service's are shown.
export function isReasonKnown(refusal: Refusal, t: TFunction): boolean {
  return refusal.reason !== "" && t(`refusal.${refusal.reason}`, { defaultValue: "" }) !== "";
}
