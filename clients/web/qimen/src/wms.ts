// Requests to the warehouse system. It is asked at least once: whatever is no answer of Qimen's is
// asked again, and the order's code tells it what it knows already.
import {
  CONTENT_TYPE,
  readAnswer,
  signedQuery,
  type Answer,
  type Partner,
} from "./protocol/envelope.ts";
import { writeXml, type Element, type Part } from "./protocol/xml.ts";
import type { Clock } from "@redress/program/clock";

const MOST_ANSWER_BYTES = 1 << 20;

/** No answer, or none of Qimen's: what became of the request is not known. */
export class WmsUnreachable extends Error {
  override name = "WmsUnreachable";
}

export interface WmsSettings {
  readonly url: string;
  readonly partner: Partner;
  readonly timeoutMs: number;
  /** Codes of failures that say: this order is known already. */
  readonly knownCodes: ReadonlySet<string>;
}

export class Wms {
  readonly #settings: WmsSettings;
  readonly #clock: Clock;

  constructor(settings: WmsSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Throws WmsUnreachable. A failure that says "known already" is a success. */
  async send(method: string, message: Part): Promise<Answer & { readonly element: Element }> {
    const { url, partner, timeoutMs, knownCodes } = this.#settings;
    const body = Buffer.from(writeXml(message));
    const query = signedQuery(method, body, partner, this.#clock.nowMs());
    try {
      const response = await fetch(`${url}?${query}`, {
        method: "POST",
        headers: { "content-type": CONTENT_TYPE },
        body,
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await readBounded(response);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const answer = readAnswer(text);
      return knownCodes.has(answer.code) ? { ...answer, flag: "success" } : answer;
    } catch (error) {
      // The query stays out of it: a signed one could be sent again.
      const cause = error instanceof Error ? error.message : String(error);
      throw new WmsUnreachable(`${method}: ${cause}`);
    }
  }
}

async function readBounded({ body }: Response): Promise<string> {
  if (body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) throw new Error(`more than ${MOST_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
