// A shop of its own for a test file, its admin, and a browser of theirs.
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { SessionService } from "@redress/contract/redress/identity/v1/session_service_pb";
import { FigureService } from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { inject } from "vitest";

import { Deployment, until } from "../../support/web/deployment.ts";

export const deployment = Deployment.at(inject("state"));

export interface Shop {
  readonly shopId: string;
  readonly accountName: string;
  readonly password: string;
}

/** Made by the operator, and known to the services. */
export async function createShop(): Promise<Shop> {
  const name = `shop-${Math.floor(Math.random() * 1e9)}`;
  const accountName = `${name}.admin`;
  const password = `a long password ${Math.random()}`;
  const made = await deployment.redress(
    ["--json", "shop", "create", "--name", name, "--time-zone", "Asia/Shanghai"].concat([
      "--currency",
      "CNY",
      "--admin",
      accountName,
      "--admin-name",
      "Admin",
      "--password-stdin",
    ]),
    password,
  );
  const { shop } = JSON.parse(made) as { shop: { shop_id: string } };
  const known = { shopId: shop.shop_id, accountName, password };
  const token = await accessToken(known);
  // A new shop reaches the services within a moment.
  const options = { headers: bearer(known, token) };
  const cases = createClient(CaseService, connect());
  const figures = createClient(FigureService, connect());
  await until(() => isMember(cases.listCases({}, options)));
  await until(() => isMember(figures.queryFigures({}, options)));
  return known;
}

// Any other refusal comes after the question of membership.
async function isMember(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    const { code } = ConnectError.from(error);
    return code !== Code.PermissionDenied && code !== Code.Unauthenticated;
  }
}

export function connect(headers: Record<string, string> = {}): Transport {
  return createConnectTransport({
    baseUrl: deployment.url,
    fetch: fetchWith(headers),
  });
}

export function grpcWeb(headers: Record<string, string> = {}): Transport {
  return createGrpcWebTransport({
    baseUrl: deployment.url,
    fetch: fetchWith(headers),
  });
}

export async function accessToken(shop: Shop): Promise<string> {
  const { accountName, password } = shop;
  const answer = await createClient(SessionService, connect()).logIn({
    accountName,
    password,
  });
  return answer.tokens?.accessToken ?? "";
}

export function bearer(shop: Shop, token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, "x-redress-shop": shop.shopId };
}

export function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(deployment.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly {
    readonly type: string;
    readonly debug: Record<string, unknown>;
  }[];
}

export async function errorOf(response: Response): Promise<ErrorBody> {
  return (await response.json()) as ErrorBody;
}

export function reasonOf(error: ErrorBody): unknown {
  return error.details?.find((one) => one.type === "google.rpc.ErrorInfo")?.debug["reason"];
}

/** What a browser keeps of a session: its cookie jar has one cookie. */
export class Browser {
  cookie = "";
  csrfToken = "";
  readonly shop: Shop;

  constructor(shop: Shop) {
    this.shop = shop;
  }

  static async loggedIn(shop: Shop): Promise<Browser> {
    const browser = new Browser(shop);
    const { accountName, password } = shop;
    const response = await post("/session", { accountName, password });
    if (response.status !== 200) throw new Error(await response.text());
    browser.keep(response);
    browser.csrfToken = ((await response.json()) as { csrfToken: string }).csrfToken;
    return browser;
  }

  get headers(): Record<string, string> {
    return {
      cookie: this.cookie,
      "x-redress-csrf": this.csrfToken,
      "x-redress-shop": this.shop.shopId,
    };
  }

  keep(response: Response): void {
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(";")[0] ?? "";
  }

  /** GET or DELETE /session. */
  async session(method: "GET" | "DELETE"): Promise<Response> {
    const response = await fetch(`${deployment.url}/session`, {
      method,
      headers: this.headers,
    });
    this.keep(response);
    return response;
  }
}

function fetchWith(headers: Record<string, string>): typeof fetch {
  return (input, init) => {
    const all = new Headers(init?.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return fetch(input, { ...init, headers: all });
  };
}
