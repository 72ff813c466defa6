// A browser's session: identity's tokens, which the browser carries sealed in a cookie, so that any
// gateway with the same key serves it, also after a restart.
import { randomBytes, timingSafeEqual } from "node:crypto";

import type { SessionTokens } from "@redress/contract/redress/identity/v1/session_service_pb";

import type { Sealer } from "./sealer.ts";

export interface Session {
  /** Ours alone; stays the same while the tokens rotate. */
  readonly id: string;
  /** What a page has to send back in x-redress-csrf; stays the same as well. */
  readonly csrfToken: string;
  readonly accessToken: string;
  readonly accessExpiresMs: number;
  readonly refreshToken: string;
  readonly refreshExpiresMs: number;
}

// `__Host-` makes the browser insist on Secure, Path=/ and no Domain.
export const COOKIE_NAME = "__Host-redress_session";
const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict";

export const clearingCookie = `${COOKIE_NAME}=; Max-Age=0; ${ATTRIBUTES}`;

export function newSession(tokens: SessionTokens): Session {
  return {
    id: randomBytes(16).toString("base64url"),
    csrfToken: randomBytes(24).toString("base64url"),
    ...lifetimes(tokens),
  };
}

export function withTokens(session: Session, tokens: SessionTokens): Session {
  return { id: session.id, csrfToken: session.csrfToken, ...lifetimes(tokens) };
}

function lifetimes(tokens: SessionTokens): Omit<Session, "id" | "csrfToken"> {
  return {
    accessToken: tokens.accessToken,
    accessExpiresMs: Number(tokens.accessExpireTime?.seconds ?? 0n) * 1000,
    refreshToken: tokens.refreshToken,
    refreshExpiresMs: Number(tokens.refreshExpireTime?.seconds ?? 0n) * 1000,
  };
}

export function hasCsrfToken(session: Session, given: string | null | undefined): boolean {
  const expected = Buffer.from(session.csrfToken);
  const actual = Buffer.from(given ?? "");
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The value of a Set-Cookie header. */
export function cookieOf(session: Session, sealer: Sealer, nowMs: number): string {
  const maxAge = Math.max(0, Math.floor((session.refreshExpiresMs - nowMs) / 1000));
  return `${COOKIE_NAME}=${sealer.seal(JSON.stringify(session))}; Max-Age=${maxAge}; ${ATTRIBUTES}`;
}

/** The session in a Cookie header; undefined when there is none that we sealed. */
export function sessionIn(cookies: string | null | undefined, sealer: Sealer): Session | undefined {
  for (const part of (cookies ?? "").split(";")) {
    const equals = part.indexOf("=");
    if (equals < 0 || part.slice(0, equals).trim() !== COOKIE_NAME) continue;
    const text = sealer.open(part.slice(equals + 1).trim());
    // Authentic, hence of the shape that cookieOf wrote.
    if (text !== undefined) return JSON.parse(text) as Session;
  }
  return undefined;
}

/** Whether a Cookie header has our cookie at all, readable or not. */
export function hasCookie(cookies: string | null | undefined): boolean {
  return (cookies ?? "").split(";").some((part) => part.trim().startsWith(`${COOKIE_NAME}=`));
}
