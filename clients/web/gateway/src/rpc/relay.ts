// What a service answered, as the gateway passes it on: its status with all details, its own
// headers, and nothing about the connection between the two.
import { fromBinary, type Registry } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import { refusal, type Language } from "../refusal.ts";

const CONNECTION_HEADERS =
  /^(:.*|grpc-.*|connect-.*|content-(type|length|encoding)|accept-encoding|date|server|trailer|te|transfer-encoding|connection)$/;

/** Adds to `to` the headers that a service set for its caller. */
export function passHeaders(from: Headers, to: Headers): void {
  from.forEach((value, name) => {
    if (!CONNECTION_HEADERS.test(name)) to.append(name, value);
  });
}

/** The error of a call to `area`, for the gateway's caller. */
export function relayed(
  error: unknown,
  area: string,
  language: Language,
  registry: Registry,
): ConnectError {
  const cause = ConnectError.from(error);
  // A service's own refusal came over the wire; anything else is about reaching the service.
  if (!cause.isWireError) return ofConnection(cause, area, language);
  const answer = new ConnectError(cause.rawMessage, cause.code);
  passHeaders(cause.metadata, answer.metadata);
  answer.details = cause.details.map((detail) => {
    if ("desc" in detail) return detail;
    const desc = registry.getMessage(detail.type);
    // With its type known, a detail is also readable in JSON.
    return desc === undefined ? detail : { desc, value: fromBinary(desc, detail.value) };
  });
  return answer;
}

function ofConnection(cause: ConnectError, area: string, language: Language): ConnectError {
  switch (cause.code) {
    case Code.DeadlineExceeded:
      return refusal("DEADLINE_EXCEEDED", language, { parameters: { area } });
    case Code.Canceled:
    case Code.ResourceExhausted:
      return cause;
    default: {
      const answer = refusal("SERVICE_UNAVAILABLE", language, {
        parameters: { area },
        retryAfterSeconds: 1,
      });
      answer.cause = cause;
      return answer;
    }
  }
}
