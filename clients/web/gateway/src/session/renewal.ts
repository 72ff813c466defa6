// Keeps sessions alive. Identity's refresh tokens are good once, and one used twice ends its
// session; browsers send many calls at once, and may send an old cookie after a new one was made.
// Hence each refresh token is spent once here, and for a while everyone who still comes with it gets
// the same successor. The memory is bounded and this process's own: with several gateways, a browser
// has to stay with one (see README).
import { createHash } from "node:crypto";

import { Code, ConnectError } from "@connectrpc/connect";
import type { SessionTokens } from "@redress/contract/redress/identity/v1/session_service_pb";

import type { Clock } from "@redress/program/clock";
import { withTokens, type Session } from "./session.ts";

/** Exchanges a refresh token at identity; a ConnectError UNAUTHENTICATED means that it is over. */
export type Refresh = (refreshToken: string) => Promise<SessionTokens>;

/** The session is over; log in again. */
export class SessionEnded extends Error {
  override name = "SessionEnded";
}

// Renewed this long before it expires, so that no call sets out with a token that dies on the way.
const MARGIN_MS = 60_000;
// An old cookie older than this is not expected from a browser any more.
const REMEMBER_MS = 15 * 60_000;
const MOST_REMEMBERED = 10_000;

interface Successor {
  readonly session: Promise<Session>;
  readonly forgetAtMs: number;
}

export class Renewal {
  readonly #refresh: Refresh;
  readonly #clock: Clock;
  // By digest of the spent refresh token; in the order of arrival.
  readonly #successors = new Map<string, Successor>();
  readonly #ended = new Set<string>();

  constructor(refresh: Refresh, clock: Clock) {
    this.#refresh = refresh;
    this.#clock = clock;
  }

  /**
   * The latest form of the session, with an access token that is good for a while. It is `session`
   * itself when nothing had to change. Throws SessionEnded, or identity's error when it is away.
   */
  async fresh(session: Session): Promise<Session> {
    let latest = session;
    let renewed = false;
    for (;;) {
      if (this.#ended.has(latest.id)) throw new SessionEnded();
      const successor = this.#successors.get(digest(latest.refreshToken))?.session;
      const isGood = latest.accessExpiresMs - MARGIN_MS > this.#clock.nowMs();
      // What identity has just given is as good as it gets, also where the two clocks differ.
      if (successor === undefined && (isGood || renewed)) return latest;
      renewed ||= successor === undefined;
      const next = await this.#orStillGood(latest, successor ?? this.#renew(latest));
      if (next === latest) return latest;
      latest = next;
    }
  }

  /** After a log-out: no call goes on with it here, even while services still accept the token. */
  end(session: Session): void {
    this.#ended.add(session.id);
    trim(this.#ended);
  }

  // Identity may be away for a moment; until the access token is over, it does.
  async #orStillGood(session: Session, renewed: Promise<Session>): Promise<Session> {
    try {
      return await renewed;
    } catch (error) {
      if (!(error instanceof SessionEnded) && session.accessExpiresMs > this.#clock.nowMs()) {
        return session;
      }
      throw error;
    }
  }

  #renew(session: Session): Promise<Session> {
    const key = digest(session.refreshToken);
    const renewed = this.#spend(session).catch((error: unknown) => {
      // Only a final answer is remembered; anything else may be tried again.
      if (!(error instanceof SessionEnded)) this.#successors.delete(key);
      throw error;
    });
    this.#successors.set(key, { session: renewed, forgetAtMs: Date.now() + REMEMBER_MS });
    this.#forgetOld();
    return renewed;
  }

  async #spend(session: Session): Promise<Session> {
    try {
      return withTokens(session, await this.#refresh(session.refreshToken));
    } catch (error) {
      if (error instanceof ConnectError && error.code === Code.Unauthenticated) {
        throw new SessionEnded(error.rawMessage, { cause: error });
      }
      throw error;
    }
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [key, { forgetAtMs }] of this.#successors) {
      if (forgetAtMs > now && this.#successors.size <= MOST_REMEMBERED) break;
      this.#successors.delete(key);
    }
  }
}

function trim(set: Set<string>): void {
  for (const oldest of set) {
    if (set.size <= MOST_REMEMBERED) break;
    set.delete(oldest);
  }
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
