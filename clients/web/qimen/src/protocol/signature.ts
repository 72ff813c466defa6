// How Qimen signs a request: the query's parameters in the order of their names, names and values
// joined, then the body's bytes; the secret around it all; MD5 in capital hex digits. MD5 is what
// the protocol has: hence HTTPS on both sides, and an age that a request may have at most.
import { createHash, timingSafeEqual } from "node:crypto";

export type Parameters = Readonly<Record<string, string>>;

export function signatureOf(parameters: Parameters, body: Uint8Array, secret: string): string {
  const hash = createHash("md5").update(secret);
  for (const name of Object.keys(parameters).sort()) {
    if (name !== "sign") hash.update(name + (parameters[name] ?? ""));
  }
  return hash.update(body).update(secret).digest("hex").toUpperCase();
}

/** Compares in constant time. */
export function isSigned(parameters: Parameters, body: Uint8Array, secret: string): boolean {
  const expected = Buffer.from(signatureOf(parameters, body, secret));
  const given = Buffer.from(parameters["sign"] ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
