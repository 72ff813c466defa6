// /session: how a browser logs in, asks who it is, and logs out. Tokens never reach the page; they
// travel sealed in a cookie that scripts cannot read.
import { toJson } from "@bufbuild/protobuf";
import { Code, ConnectError, type Client } from "@connectrpc/connect";
import {
  ShopMembershipSchema,
  type SessionService,
  type ShopMembership,
} from "@redress/contract/redress/identity/v1/session_service_pb";

import { languageOf, refusal, type Language } from "../refusal.ts";
import { refuseForeign, type BrowserSessions } from "../session/browser_sessions.ts";
import { clearingCookie, newSession, type Session } from "../session/session.ts";
import { traceOf } from "../trace.ts";
import type { App } from "./app.ts";

const IDENTITY_TIMEOUT_MS = 10_000;

interface Visit {
  readonly headers: Headers;
  readonly host: string | undefined;
  readonly language: Language;
  /** What identity is told. */
  readonly upstream: Record<string, string>;
}

interface Account {
  readonly accountId: string;
  readonly accountName: string;
  readonly displayName: string;
  readonly memberships: readonly ShopMembership[];
}

export function addSessionRoutes(
  app: App,
  identity: Client<typeof SessionService>,
  sessions: BrowserSessions,
): void {
  app.post("/session", async (request, reply) => {
    const visit = visitOf(request);
    refuseForeign(visit.headers, visit.host, visit.language);
    const { accountName, password } = credentialsOf(request.body, visit.language);
    const answer = await identity.logIn({ accountName, password }, optionsOf(visit));
    if (answer.tokens === undefined) throw new Error("identity logged in without tokens");
    const session = newSession(answer.tokens);
    return reply
      .header("cache-control", "no-store")
      .header("set-cookie", sessions.cookieOf(session))
      .send(described(session, { ...answer, accountName }));
  });

  app.get("/session", async (request, reply) => {
    const visit = visitOf(request);
    void reply.header("cache-control", "no-store");
    const session = await sessions.readOnlySessionOf(
      visit.headers,
      visit.host,
      visit.language,
      (cookie) => void reply.header("set-cookie", cookie),
    );
    if (session === undefined) throw refusal("TOKEN_MISSING", visit.language);
    return reply.send(described(session, await identity.getMe({}, optionsOf(visit, session))));
  });

  app.delete("/session", async (request, reply) => {
    const visit = visitOf(request);
    const session = await sessions.sessionOf(
      visit.headers,
      visit.host,
      visit.language,
      () => undefined,
    );
    // From here on the browser is logged out, whatever identity says.
    void reply.header("cache-control", "no-store").header("set-cookie", clearingCookie);
    if (session !== undefined) {
      sessions.end(session);
      await logOut(identity, visit, session);
    }
    return reply.code(204).send();
  });
}

async function logOut(
  identity: Client<typeof SessionService>,
  visit: Visit,
  session: Session,
): Promise<void> {
  try {
    await identity.logOut({}, optionsOf(visit, session));
  } catch (error) {
    // Whoever is logged out already has what they asked for.
    if (!(error instanceof ConnectError) || error.code !== Code.Unauthenticated) throw error;
  }
}

function visitOf(request: {
  headers: Record<string, string | string[] | undefined>;
  host: string;
}): Visit {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith(":") && value !== undefined) headers.set(name, String(value));
  }
  const acceptLanguage = headers.get("accept-language");
  const upstream: Record<string, string> = {
    traceparent: traceOf(headers.get("traceparent")).parent,
    "x-redress-client": "browser",
  };
  if (acceptLanguage !== null) upstream["accept-language"] = acceptLanguage;
  return { headers, host: request.host, language: languageOf(acceptLanguage), upstream };
}

function optionsOf(visit: Visit, session?: Session) {
  const headers = new Headers(visit.upstream);
  if (session !== undefined) headers.set("authorization", `Bearer ${session.accessToken}`);
  return { headers, timeoutMs: IDENTITY_TIMEOUT_MS };
}

function credentialsOf(
  body: unknown,
  language: Language,
): { accountName: string; password: string } {
  const given: Partial<Record<string, unknown>> =
    typeof body === "object" && body !== null ? { ...body } : {};
  const { accountName, password } = given;
  if (typeof accountName === "string" && typeof password === "string") {
    return { accountName, password };
  }
  const fields = Object.entries({ accountName, password })
    .filter(([, value]) => typeof value !== "string")
    .map(([field]) => ({ field, description: "is missing: give it as text in a JSON object" }));
  throw refusal("INVALID_REQUEST", language, { fields });
}

function described(session: Session, account: Account) {
  return {
    csrfToken: session.csrfToken,
    expireTime: new Date(session.refreshExpiresMs).toISOString(),
    accountId: account.accountId,
    accountName: account.accountName,
    displayName: account.displayName,
    memberships: account.memberships.map((one) =>
      toJson(ShopMembershipSchema, one, { alwaysEmitImplicit: true }),
    ),
  };
}
