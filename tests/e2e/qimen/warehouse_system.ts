// A warehouse system as Qimen's documentation describes one: takes signed orders, knows an order by
// its code, and confirms with signed messages of its own. Written against the documentation, with
// nothing of the bridge's in it.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { until } from "../../support/web/deployment.ts";

export interface TakenOrder {
  readonly method: string;
  readonly body: string;
  /** How often it was sent. */
  times: number;
}

export interface Reply {
  readonly status: number;
  readonly flag: string;
  readonly code: string;
}

type Behaviour = "take" | "hang" | "break" | { refuse: string } | { status: string };

export class WarehouseSystem {
  /** By method and order code. */
  readonly orders = new Map<string, TakenOrder>();
  /** Requests whose signature or envelope was wrong. */
  readonly strange: string[] = [];
  behaviour: Behaviour = "take";
  readonly #secret: string;
  readonly #bridge: string;
  readonly #nowMs: () => number;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  // Requests that it has not answered.
  readonly #hanging = new Set<ServerResponse>();

  private constructor(secret: string, bridge: string, nowMs: () => number) {
    this.#secret = secret;
    this.#bridge = bridge;
    this.#nowMs = nowMs;
  }

  static async listen(
    port: number,
    secret: string,
    bridge: string,
    nowMs: () => number,
  ): Promise<WarehouseSystem> {
    const system = new WarehouseSystem(secret, bridge, nowMs);
    await new Promise<void>((resolve) => {
      system.#server.listen(port, "127.0.0.1", resolve);
    });
    return system;
  }

  async close(): Promise<void> {
    this.letGo();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers what it let wait. */
  letGo(): void {
    for (const response of this.#hanging) this.#reply(response, "success", "0");
    this.#hanging.clear();
  }

  order(method: string, code: string): TakenOrder | undefined {
    return this.orders.get(`${method} ${code}`);
  }

  async untilOrdered(method: string, code: string): Promise<TakenOrder> {
    await until(() => this.order(method, code) !== undefined);
    const order = this.order(method, code);
    if (order === undefined) throw new Error("the order is gone");
    return order;
  }

  /** Sends a message to the bridge, signed; `change` may spoil the query. */
  async tell(
    method: string,
    body: string,
    change: (query: URLSearchParams) => void = () => undefined,
  ): Promise<Reply> {
    const query = new URLSearchParams({
      method,
      timestamp: new Date(this.#nowMs() + 8 * 3_600_000)
        .toISOString()
        .replace("T", " ")
        .slice(0, 19),
      format: "xml",
      app_key: "erp",
      v: "2.0",
      sign_method: "md5",
      customerId: "c1",
    });
    query.set("sign", this.#signature(query, body));
    change(query);
    const response = await fetch(`${this.#bridge}?${query.toString()}`, {
      method: "POST",
      headers: { "content-type": "text/xml" },
      body,
    });
    const text = await response.text();
    return { status: response.status, flag: valueIn(text, "flag"), code: valueIn(text, "code") };
  }

  /** Sends it until it is taken, as a warehouse system does that got no answer. */
  async tellUntilTaken(method: string, body: string): Promise<number> {
    for (let times = 1; ; times++) {
      const reply = await this.tell(method, body).catch(() => undefined);
      if (reply?.flag === "success") return times;
      if (times > 300) throw new Error(`never taken: ${JSON.stringify(reply)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk as string;
    const query = new URL(request.url ?? "", "http://wms").searchParams;
    const isKnown = query.get("app_key") === "erp" && query.get("customerId") === "c1";
    if (query.get("sign") !== this.#signature(query, body) || !isKnown) {
      this.strange.push(query.toString());
      this.#reply(response, "failure", "sign");
      return;
    }
    if (this.behaviour === "break") {
      response.writeHead(502).end("<html>bad gateway</html>");
      return;
    }
    if (typeof this.behaviour === "object" && "refuse" in this.behaviour) {
      this.#reply(response, "failure", this.behaviour.refuse);
      return;
    }
    const isFirst = this.#remember(query.get("method") ?? "", body);
    if (this.behaviour === "hang") this.#hanging.add(response);
    else if (typeof this.behaviour === "object") {
      this.#reply(response, "success", "0", `<status>${this.behaviour.status}</status>`);
    } else {
      // Some answer a repeat like the first, some with a failure of a code of their own.
      this.#reply(response, isFirst ? "success" : "failure", isFirst ? "0" : "S003");
    }
  }

  #remember(method: string, body: string): boolean {
    const code =
      valueIn(body, "returnOrderCode") ||
      valueIn(body, "deliveryOrderCode") ||
      valueIn(body, "orderCode");
    const known = this.order(method, code);
    if (known === undefined) this.orders.set(`${method} ${code}`, { method, body, times: 1 });
    else known.times++;
    return known === undefined;
  }

  #reply(response: ServerResponse, flag: string, code: string, more = ""): void {
    response
      .writeHead(200, { "content-type": "text/xml;charset=utf-8" })
      .end(
        `<?xml version="1.0" encoding="utf-8"?><response><flag>${flag}</flag>` +
          `<code>${code}</code><message>${flag}</message>${more}</response>`,
      );
  }

  #signature(query: URLSearchParams, body: string): string {
    const parameters = [...query]
      .filter(([name]) => name !== "sign")
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const joined = parameters.map(([name, value]) => name + value).join("");
    return createHash("md5")
      .update(this.#secret + joined + body + this.#secret)
      .digest("hex")
      .toUpperCase();
  }
}

export function valueIn(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
}

export function returnConfirmed(
  code: string,
  outBizCode: string,
  lines: readonly (readonly [itemCode: string, inventoryType: string, units: number])[],
): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><request><returnOrder>` +
    `<returnOrderCode>${code}</returnOrderCode><warehouseCode>W1</warehouseCode>` +
    `<outBizCode>${outBizCode}</outBizCode><orderType>THRK</orderType>` +
    `<logisticsCode>YTO</logisticsCode><expressCode>YD${code}</expressCode></returnOrder><orderLines>` +
    lines
      .map(
        ([item, type, units], index) =>
          `<orderLine><orderLineNo>${index + 1}</orderLineNo><itemCode>${item}</itemCode>` +
          `<inventoryType>${type}</inventoryType><actualQty>${units}</actualQty></orderLine>`,
      )
      .join("") +
    "</orderLines></request>"
  );
}

export function deliveryConfirmed(code: string, outBizCode: string, tracking: string): string {
  return (
    `<request><deliveryOrder><deliveryOrderCode>${code}</deliveryOrderCode>` +
    `<warehouseCode>W1</warehouseCode><orderType>BFCK</orderType><status>DELIVERED</status>` +
    `<outBizCode>${outBizCode}</outBizCode></deliveryOrder><packages><package>` +
    `<logisticsCode>SF</logisticsCode><expressCode>${tracking}</expressCode></package></packages></request>`
  );
}
