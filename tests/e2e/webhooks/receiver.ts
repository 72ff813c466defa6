// A receiver as its author would write it from the contract's words alone: a stock HTTP server that
// checks the signature and the time, and knows an event by its id.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Heard {
  readonly type: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
  /** How often it came. */
  times: number;
}

const replayWindow_s = 300;

export class Receiver {
  /** By the event's id. */
  readonly heard = new Map<string, Heard>();
  /** Why requests were turned away. */
  readonly strange: string[] = [];
  /** What every request is answered with. */
  status = 200;
  secret = "";
  readonly #nowMs: () => number;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  private constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  static async listen(nowMs: () => number): Promise<Receiver> {
    const receiver = new Receiver(nowMs);
    await new Promise<void>((resolve) => {
      receiver.#server.listen(0, "127.0.0.1", resolve);
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  typesOf(caseId: string): string[] {
    return [...this.heard.values()]
      .filter(({ data }) => data["case_id"] === caseId)
      .sort((a, b) => Number(a.data["sequence"]) - Number(b.data["sequence"]))
      .map(({ type }) => type);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const problem = this.#problemOf(request, body);
    if (problem !== "") {
      this.strange.push(problem);
      response.writeHead(401).end();
      return;
    }
    if (this.status < 300) this.#keep(body.toString("utf8"));
    response.writeHead(this.status).end();
  }

  #problemOf(request: IncomingMessage, body: Buffer): string {
    const parts = String(request.headers["redress-signature"] ?? "").split(",");
    const time = parts.find((part) => part.startsWith("t="))?.slice(2) ?? "";
    if (Math.abs(this.#nowMs() / 1000 - Number(time)) > replayWindow_s) return `at ${time}`;
    const expected = createHmac("sha256", this.secret).update(`${time}.`).update(body).digest();
    const isOurs = parts
      .filter((part) => part.startsWith("v1="))
      .map((part) => Buffer.from(part.slice(3), "hex"))
      .some((mac) => mac.length === expected.length && timingSafeEqual(mac, expected));
    if (!isOurs) return "signature";
    return request.headers["content-type"]?.startsWith("application/cloudevents+json")
      ? ""
      : "content type";
  }

  #keep(text: string): void {
    const event = JSON.parse(text) as Heard & { specversion: string; id: string };
    if (event.specversion !== "1.0") this.strange.push(`version ${event.specversion}`);
    const known = this.heard.get(event.id);
    if (known) known.times++;
    else this.heard.set(event.id, { ...event, times: 1 });
  }
}
