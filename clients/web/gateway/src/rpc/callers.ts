// Who calls: a program with a token of its own, which passes straight through, or a browser with a
// session cookie, whose token is taken out of the cookie here. Also what the services are told about
// the caller: an outsider's headers reach them only when they are named here.
import { createHash } from "node:crypto";

import type { HandlerContext } from "@connectrpc/connect";

import { refusal } from "../refusal.ts";
import type { BrowserSessions } from "../session/browser_sessions.ts";
import type { Call } from "./call.ts";
import type { ServedMethod } from "./methods.ts";

const PASSED_ON = ["accept-language", "tracestate", "x-redress-shop"];
const LONGEST_CLIENT = 100;

export class Callers {
  readonly #sessions: BrowserSessions;

  constructor(sessions: BrowserSessions) {
    this.#sessions = sessions;
  }

  /**
   * Fills in the call's upstream header. The answer is a text that is this caller's own, to count
   * by. Throws the refusal of a caller who may not go on.
   */
  async identify(call: Call, served: ServedMethod, context: HandlerContext): Promise<string> {
    const given = context.requestHeader;
    const header = call.upstreamHeader;
    for (const name of PASSED_ON) {
      const value = given.get(name);
      if (value !== null) header.set(name, value);
    }
    header.set("traceparent", call.trace.parent);
    // The services believe the gateway's word for this, so it is never the caller's header as it is.
    header.set("x-redress-client", clientName(given.get("user-agent")));

    const authorization = given.get("authorization");
    if (authorization !== null) {
      header.set("authorization", authorization);
      return createHash("sha256").update(authorization).digest("base64url");
    }
    if (served.anyone) return "anyone";
    const session = await this.#sessions.sessionOf(given, call.host, call.language, (cookie) => {
      context.responseHeader.append("set-cookie", cookie);
    });
    if (session === undefined) throw refusal("TOKEN_MISSING", call.language);
    header.set("authorization", `Bearer ${session.accessToken}`);
    // Sessions in cookies are of the pages that the gateway serves; a browser's own name says
    // nothing about the program.
    header.set("x-redress-client", CONSOLE);
    return session.id;
  }
}

const CONSOLE = "redress-console";

// The program's own name is the first word; the libraries it uses add theirs.
function clientName(userAgent: string | null): string {
  const name = (userAgent ?? "").split(" ")[0] ?? "";
  return name.replaceAll(/[^\x21-\x7e]/g, "?").slice(0, LONGEST_CLIENT) || "unnamed";
}
