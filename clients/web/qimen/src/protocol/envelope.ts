// What stands around every message: the query of a request, and the answer's flag, code and
// message.
import { isSigned, signatureOf, type Parameters } from "./signature.ts";
import { parseXml, writeXml, XmlError, type Element, type Part } from "./xml.ts";

/** Who the bridge and the warehouse system are to each other. */
export interface Partner {
  readonly appKey: string;
  readonly customerId: string;
  readonly secret: string;
}

export interface Answer {
  readonly flag: "success" | "failure";
  readonly code: string;
  readonly message: string;
}

/** Of a request that is not answered further; `code` is the answer's. */
export class EnvelopeError extends Error {
  override name = "EnvelopeError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const CONTENT_TYPE = "application/xml; charset=utf-8";
const VERSION = "2.0";
const PREFIX = "taobao.qimen.";
// Qimen's times have no zone: they are China's.
const ZONE_MS = 8 * 3_600_000;
const TIMESTAMP = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/** `yyyy-MM-dd HH:mm:ss` in China. */
export function timestampOf(nowMs: number): string {
  return new Date(nowMs + ZONE_MS).toISOString().slice(0, 19).replace("T", " ");
}

/** The query of a request that is about to be sent. */
export function signedQuery(
  method: string,
  body: Uint8Array,
  partner: Partner,
  nowMs: number,
): string {
  const parameters: Parameters = {
    method,
    timestamp: timestampOf(nowMs),
    format: "xml",
    app_key: partner.appKey,
    v: VERSION,
    sign_method: "md5",
    customerId: partner.customerId,
  };
  const sign = signatureOf(parameters, body, partner.secret);
  return new URLSearchParams({ ...parameters, sign }).toString();
}

/** The method of a request that has come in, without its prefix. Throws EnvelopeError. */
export function checkedMethod(
  query: URLSearchParams,
  body: Uint8Array,
  partner: Partner,
  nowMs: number,
  mostAgeMs: number,
): string {
  const parameters: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name in parameters) throw new EnvelopeError("invalid-parameter", `${name} is given twice`);
    parameters[name] = value;
  }
  // The signature first: whoever cannot sign learns nothing else.
  if (parameters["sign_method"] !== "md5" || !isSigned(parameters, body, partner.secret)) {
    throw new EnvelopeError("sign-check-failure", "the signature does not fit the request");
  }
  if (parameters["app_key"] !== partner.appKey || parameters["customerId"] !== partner.customerId) {
    throw new EnvelopeError("invalid-parameter", "app_key or customerId is another one's");
  }
  if (parameters["format"] !== "xml") {
    throw new EnvelopeError("invalid-parameter", "format has to be xml");
  }
  const sentMs = millisecondsOf(parameters["timestamp"] ?? "");
  if (sentMs === undefined || Math.abs(nowMs - sentMs) > mostAgeMs) {
    throw new EnvelopeError("invalid-timestamp", "timestamp is not of now: sign the request anew");
  }
  const method = parameters["method"] ?? "";
  return method.startsWith(PREFIX) ? method.slice(PREFIX.length) : method;
}

function millisecondsOf(timestamp: string): number | undefined {
  const [, day, time] = TIMESTAMP.exec(timestamp) ?? [];
  const milliseconds = Date.parse(`${day ?? ""}T${time ?? ""}Z`) - ZONE_MS;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

export function writeAnswer({ flag, code, message }: Answer, more: readonly Part[] = []): string {
  return writeXml(["response", [["flag", flag], ["code", code], ["message", message], ...more]]);
}

/** The answer to a request of ours, and the whole of it. Throws XmlError when it is none. */
export function readAnswer(text: string): Answer & { readonly element: Element } {
  const element = parseXml(text);
  const flag = element.text("flag");
  if (element.name !== "response" || (flag !== "success" && flag !== "failure")) {
    throw new XmlError("this is no answer of Qimen's");
  }
  return {
    flag,
    code: element.text("code"),
    message: element.text("message"),
    element,
  };
}
