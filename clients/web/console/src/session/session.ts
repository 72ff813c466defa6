import type { JsonValue } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { errorFromJson } from "@connectrpc/connect/protocol-connect";

// The signed-in account, as the gateway tells it. Its tokens stay in an http-only cookie.

export interface Membership {
  shopId: string;
  shopName: string;
  roles: string[];
  approvalLimitMinor?: string;
  timeZone: string;
  currencyCode: string;
}

export interface Session {
  csrfToken: string;
  expireTime: string;
  accountId: string;
  accountName: string;
  displayName: string;
  memberships: Membership[];
}

async function failureOf(answer: Response): Promise<ConnectError> {
  const fallback = new ConnectError(answer.statusText, codeOf(answer.status));
  try {
    return errorFromJson((await answer.json()) as JsonValue, answer.headers, fallback);
  } catch {
    return fallback;
  }
}

function codeOf(status: number): Code {
  if (status === 401) return Code.Unauthenticated;
  if (status === 429) return Code.ResourceExhausted;
  return status >= 500 ? Code.Unavailable : Code.Unknown;
}

function language(): Record<string, string> {
  return { "accept-language": document.documentElement.lang };
}

// null where nobody is signed in.
export async function readSession(): Promise<Session | null> {
  const answer = await fetch("/session", { headers: language() });
  if (answer.status === 401) return null;
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as Session;
}

export async function logIn(accountName: string, password: string): Promise<Session> {
  const answer = await fetch("/session", {
    method: "POST",
    headers: { ...language(), "content-type": "application/json" },
    body: JSON.stringify({ accountName, password }),
  });
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as Session;
}

export async function logOut(csrfToken: string): Promise<void> {
  const answer = await fetch("/session", {
    method: "DELETE",
    headers: { ...language(), "x-redress-csrf": csrfToken },
  });
  if (!answer.ok && answer.status !== 401) throw await failureOf(answer);
}
