// The browser sessions: whether a request may use the one in its cookie, and its latest form.
import type { ConnectError } from "@connectrpc/connect";

import type { Clock } from "@redress/program/clock";
import { refusal, type Language } from "../refusal.ts";
import { isForeign } from "./origin.ts";
import { SessionEnded, type Renewal } from "./renewal.ts";
import type { Sealer } from "./sealer.ts";
import { clearingCookie, cookieOf, hasCookie, hasCsrfToken, sessionIn } from "./session.ts";
import type { Session } from "./session.ts";

export class BrowserSessions {
  readonly #sealer: Sealer;
  readonly #renewal: Renewal;
  readonly #clock: Clock;

  constructor(sealer: Sealer, renewal: Renewal, clock: Clock) {
    this.#sealer = sealer;
    this.#renewal = renewal;
    this.#clock = clock;
  }

  /**
   * The session of a call that may change something, with a token that is good for a while;
   * undefined without a cookie. `setCookie` gets the Set-Cookie value when the browser has to keep
   * another one. Throws the refusal of a foreign page, a missing CSRF token or a session that is
   * over, or identity's own error.
   */
  async sessionOf(
    headers: Headers,
    host: string | undefined,
    language: Language,
    setCookie: (cookie: string) => void,
  ): Promise<Session | undefined> {
    const session = sessionIn(headers.get("cookie"), this.#sealer);
    if (session === undefined) {
      if (!hasCookie(headers.get("cookie"))) return undefined;
      throw ended(language);
    }
    refuseForeign(headers, host, language);
    if (!hasCsrfToken(session, headers.get("x-redress-csrf"))) {
      throw refusal("CSRF_REFUSED", language);
    }
    return this.#latest(session, language, setCookie);
  }

  /** The same for a request that only reads who is logged in, and hence needs no CSRF token. */
  async readOnlySessionOf(
    headers: Headers,
    host: string | undefined,
    language: Language,
    setCookie: (cookie: string) => void,
  ): Promise<Session | undefined> {
    refuseForeign(headers, host, language);
    const session = sessionIn(headers.get("cookie"), this.#sealer);
    if (session !== undefined) return this.#latest(session, language, setCookie);
    if (hasCookie(headers.get("cookie"))) throw ended(language);
    return undefined;
  }

  cookieOf(session: Session): string {
    return cookieOf(session, this.#sealer, this.#clock.nowMs());
  }

  end(session: Session): void {
    this.#renewal.end(session);
  }

  async #latest(
    session: Session,
    language: Language,
    setCookie: (cookie: string) => void,
  ): Promise<Session> {
    let latest: Session;
    try {
      latest = await this.#renewal.fresh(session);
    } catch (error) {
      throw error instanceof SessionEnded ? ended(language) : error;
    }
    if (latest !== session) setCookie(this.cookieOf(latest));
    return latest;
  }
}

export function refuseForeign(
  headers: Headers,
  host: string | undefined,
  language: Language,
): void {
  const origin = headers.get("origin");
  if (isForeign({ host, origin, fetchSite: headers.get("sec-fetch-site") })) {
    throw refusal("ORIGIN_REFUSED", language);
  }
}

// The browser forgets a cookie that is good for nothing.
function ended(language: Language): ConnectError {
  const error = refusal("SESSION_ENDED", language);
  error.metadata.append("set-cookie", clearingCookie);
  return error;
}
