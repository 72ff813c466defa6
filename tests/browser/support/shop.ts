// A shop of its own for a language's journeys: one member per role, orders of an imported file, and
// orders pushed as a platform's adapter does.
import { randomInt } from "node:crypto";
import path from "node:path";
import { create, type DescService } from "@bufbuild/protobuf";
import { timestampFromMs, timestampMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient, type Client } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { RefundVariant, type Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  ApproveSchema,
  RecordFollowUpSchema,
  RefundEventSchema,
  ShipReturnSchema,
  type RefundEvent,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import {
  SettlementService,
  SettlementState,
} from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import { WarehouseService } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { Role } from "@redress/contract/redress/common/v1/role_pb";
import { SessionService } from "@redress/contract/redress/identity/v1/session_service_pb";
import { ShopService } from "@redress/contract/redress/identity/v1/shop_service_pb";
import { ChangeService } from "@redress/contract/redress/order/v1/change_service_pb";
import {
  OrderInputSchema,
  OrderStatus,
  type Order,
} from "@redress/contract/redress/order/v1/order_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { FigureService } from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { until, type Deployment } from "../../support/web/deployment.ts";

export type RoleName =
  "agent" | "colleague" | "supervisor" | "warehouse" | "finance" | "integration";
const roles: Record<RoleName, Role> = {
  agent: Role.AGENT,
  colleague: Role.AGENT,
  supervisor: Role.SUPERVISOR,
  warehouse: Role.WAREHOUSE,
  finance: Role.FINANCE,
  integration: Role.INTEGRATION,
};
const displayNames: Record<"zh" | "en", Record<RoleName, string>> = {
  zh: {
    agent: "王晓梅",
    colleague: "陈立",
    supervisor: "刘主管",
    warehouse: "赵仓管",
    finance: "周会计",
    integration: "订单对接",
  },
  en: {
    agent: "Mei Wang",
    colleague: "Leo Chen",
    supervisor: "Sue Liu",
    warehouse: "Hank Zhao",
    finance: "Fay Zhou",
    integration: "Order sync",
  },
};
// Of every order that is pushed.
const buyers = {
  zh: {
    nick: "爱喝茶的猫",
    contact: { name: "李小明", phone: "13800138000", address: "浙江省杭州市文一西路969号" },
  },
  en: {
    nick: "teacat",
    contact: {
      name: "Li Xiaoming",
      phone: "13800138000",
      address: "969 Wenyi West Road, Hangzhou",
    },
  },
};
// What the agents may approve alone.
const agentLimitMinor = 200_00n;
// Longer than any call takes.
const tokenMargin_ms = 60_000;
const sample = path.resolve(import.meta.dirname, "../../../deploy/sample");

export interface Account {
  accountName: string;
  displayName: string;
  password: string;
}

type Who = RoleName | "admin" | Account;

export class Shop {
  readonly language: "zh" | "en";
  shopId = "";
  readonly #deployment: Deployment;
  readonly name: string;
  readonly #accounts = new Map<RoleName | "admin", Account>();
  // By account name; each is good for minutes.
  readonly #tokens = new Map<string, { token: string; goodUntilMs: number }>();
  #orders = 0;

  private constructor(deployment: Deployment, language: "zh" | "en", name: string) {
    this.#deployment = deployment;
    this.language = language;
    this.name = `${name} ${randomInt(1e6)}`;
  }

  static async open(deployment: Deployment, language: "zh" | "en"): Promise<Shop> {
    const shop = new Shop(deployment, language, language === "zh" ? "晨光家居" : "Morning Home");
    await shop.#create();
    for (const role of Object.keys(roles) as RoleName[]) await shop.#addMember(role);
    await shop.#untilKnown();
    await shop.#addBuyer();
    await shop.#importSample();
    return shop;
  }

  // A second shop of the installation: an agent, an adapter, and whom it lets in.
  static async openAnother(deployment: Deployment, language: "zh" | "en"): Promise<Shop> {
    const shop = new Shop(deployment, language, language === "zh" ? "晚风茶器" : "Evening Tea");
    await shop.#create();
    for (const role of ["agent", "integration"] as const) await shop.#addMember(role);
    await untilPermitted(() => shop.as("agent", CaseService).listCases({}));
    for (const role of ["agent", "integration"] as const) {
      await untilPermitted(() => shop.as(role, OrderService).listOrders({}));
    }
    return shop;
  }

  account(role: RoleName | "admin"): Account {
    const account = this.#accounts.get(role);
    if (!account) throw new Error(`the shop has no ${role}`);
    return account;
  }

  // A service as a member calls it.
  as<S extends DescService>(who: Who, service: S): Client<S> {
    const transport = createConnectTransport({
      baseUrl: this.#deployment.url,
      interceptors: [
        (next) => async (request) => {
          request.header.set("authorization", `Bearer ${await this.#token(who)}`);
          request.header.set("x-redress-shop", this.shopId);
          return next(request);
        },
      ],
    });
    return createClient(service, transport);
  }

  // A new account that works here.
  async hire(role: RoleName, displayName: string): Promise<Account> {
    const account = newAccount(role, displayName);
    await this.#createMember(role, account);
    return account;
  }

  // An account that there is already works here, too.
  async letIn({ accountName }: Account, role: RoleName): Promise<void> {
    await this.#createMember(role, { accountName });
  }

  // Waits until the services know that the account may look at cases here.
  async untilAdmitted(account: Account): Promise<void> {
    await untilPermitted(() => this.as(account, CaseService).listCases({}));
    await untilPermitted(() => this.as(account, OrderService).listOrders({}));
  }

  // A paid and delivered order of one line.
  async pushOrder(paidMinor: bigint): Promise<Order> {
    const isChinese = this.language === "zh";
    const number = `${this.shopId}-${++this.#orders}`;
    const paidAt = timestampFromMs(this.#deployment.nowMs() - 3_600_000);
    const answer = await this.as("integration", OrderService).pushOrder({
      requestId: `order:${number}`,
      order: create(OrderInputSchema, {
        platform: "direct",
        orderNumber: number,
        buyerNick: buyers[this.language].nick,
        status: OrderStatus.TRADE_FINISHED,
        currencyCode: "CNY",
        orderTime: paidAt,
        payTime: paidAt,
        lines: [
          {
            lineNumber: "1",
            sku: `CUP-${this.#orders}`,
            title: isChinese ? "手绘陶瓷茶杯 两只装" : "Hand-painted tea cups, pair",
            quantity: 2,
            unitPrice: `${Number(paidMinor / 2n) / 100}`,
            paidMinor,
          },
        ],
        shipments: [
          {
            carrier: isChinese ? "顺丰速运" : "SF Express",
            trackingNumber: `SF${number}`,
            shipTime: paidAt,
            receiveTime: paidAt,
          },
        ],
        receiver: buyers[this.language].contact,
      }),
    });
    if (!answer.order) throw new Error("no order came back");
    return answer.order;
  }

  // A paid order of one line that waits to be shipped.
  async pushUnshipped(): Promise<Order> {
    const number = `${this.shopId}-${++this.#orders}`;
    const paidAt = timestampFromMs(this.#deployment.nowMs() - 3_600_000);
    const { order } = await this.as("integration", OrderService).pushOrder({
      requestId: `order:${number}`,
      order: create(OrderInputSchema, {
        platform: "direct",
        orderNumber: number,
        buyerNick: buyers[this.language].nick,
        status: OrderStatus.WAIT_SELLER_SEND_GOODS,
        currencyCode: "CNY",
        orderTime: paidAt,
        payTime: paidAt,
        lines: [{ lineNumber: "1", sku: `CUP-${this.#orders}`, quantity: 1, paidMinor: 10_00n }],
        receiver: buyers[this.language].contact,
      }),
    });
    if (!order) throw new Error("no order came back");
    return order;
  }

  // What an agent does when the buyer asks for it before the order is shipped.
  async changeAddress({ orderId }: Pick<Order, "orderId">, name: string): Promise<void> {
    const { order } = await this.as("agent", OrderService).getOrder({
      key: { case: "orderId", value: orderId },
    });
    const etag = order?.etag ?? "";
    await this.as("agent", ChangeService).changeAddress({
      requestId: `address:${orderId}:${etag}`,
      orderId,
      etag,
      address: {
        name,
        phone: "13800138001",
        province: "浙江省",
        city: "杭州市",
        district: "西湖区",
        detail: "文三路 1 号",
      },
      reason: "the buyer moved",
    });
  }

  async openCase(paidMinor: bigint, variant = RefundVariant.REFUND_ONLY): Promise<Case> {
    const order = await this.pushOrder(paidMinor);
    const answer = await this.as("agent", CaseService).openRefund({
      requestId: `open:${order.orderId}`,
      orderId: order.orderId,
      lineId: order.lines[0]?.lineId ?? "",
      quantity: 2,
      amountAsked: { currencyCode: "CNY", minorUnits: paidMinor },
      variant,
      reason: "damaged",
      text: this.language === "zh" ? "杯子碎了，希望退款。" : "Both cups arrived broken.",
    });
    if (!answer.case) throw new Error("no case came back");
    return answer.case;
  }

  async approve(one: Case): Promise<void> {
    const amountMinor = one.amountAsked?.minorUnits ?? 0n;
    const value = create(ApproveSchema, { amountMinor });
    await this.#apply(one, { case: "approve", value });
  }

  // Brings an asked return to where its parcel is on the way; answers the tracking number.
  async returnParcel(one: Case): Promise<string> {
    await this.approve(one);
    const trackingNumber = `RT${this.shopId}${one.caseNumber}`;
    const value = create(ShipReturnSchema, { carrier: "YTO", trackingNumber });
    await this.#apply(await this.#read(one.caseId), { case: "shipReturn", value });
    return trackingNumber;
  }

  // Brings a refund-only case within the agent's limit to its end.
  async complete(one: Case): Promise<void> {
    const { caseId } = one;
    await this.approve(one);
    await this.as("finance", SettlementService).recordSettlementResult({
      requestId: `settle:${caseId}`,
      caseId,
      attempts: 1,
      result: SettlementState.SETTLED,
      paymentReference: `PAY-${caseId}`,
    });
    const value = create(RecordFollowUpSchema, { score: 5 });
    await this.#apply(await this.#read(caseId), { case: "recordFollowUp", value });
  }

  async #read(caseId: string): Promise<Case> {
    const read = await this.as("agent", CaseService).getCase({
      key: { case: "caseId", value: caseId },
    });
    if (!read.case) throw new Error("no case came back");
    return read.case;
  }

  async #apply({ caseId, version }: Case, event: RefundEvent["event"]): Promise<void> {
    await this.as("agent", CaseService).applyStep({
      requestId: `step:${caseId}:${version}`,
      caseId,
      version,
      event: { case: "refund", value: create(RefundEventSchema, { event }) },
    });
  }

  async #create(): Promise<void> {
    const account = newAccount("admin", this.language === "zh" ? "店长" : "Owner");
    this.#accounts.set("admin", account);
    const made = await this.#deployment.redress(
      ["--json", "shop", "create", "--name", this.name, "--time-zone", "Asia/Shanghai"].concat(
        ["--currency", "CNY", "--admin", account.accountName, "--admin-name", account.displayName],
        ["--password-stdin"],
      ),
      account.password,
    );
    this.shopId = (JSON.parse(made) as { shop: { shop_id: string } }).shop.shop_id;
  }

  async #addMember(role: RoleName): Promise<void> {
    this.#accounts.set(role, await this.hire(role, displayNames[this.language][role]));
  }

  async #createMember(
    role: RoleName,
    account: Partial<Account> & Pick<Account, "accountName">,
  ): Promise<void> {
    const shops = this.as("admin", ShopService);
    const request = {
      requestId: `member:${account.accountName}`,
      ...account,
      roles: [roles[role]],
      ...(roles[role] === Role.AGENT && { approvalLimitMinor: agentLimitMinor }),
    };
    await untilPermitted(() => shops.createMember(request));
  }

  async #token(who: Who): Promise<string> {
    const account = typeof who === "string" ? this.account(who) : who;
    const known = this.#tokens.get(account.accountName);
    if (known && known.goodUntilMs > this.#deployment.nowMs()) return known.token;
    const transport = createConnectTransport({ baseUrl: this.#deployment.url });
    const { tokens } = await createClient(SessionService, transport).logIn(account);
    if (!tokens?.accessExpireTime) throw new Error("the log-in gave no token");
    const goodUntilMs = timestampMs(tokens.accessExpireTime) - tokenMargin_ms;
    this.#tokens.set(account.accountName, { token: tokens.accessToken, goodUntilMs });
    return tokens.accessToken;
  }

  async #addBuyer(): Promise<void> {
    const buyer = buyers[this.language];
    const request = { requestId: `buyer:${this.shopId}`, platform: "direct", ...buyer };
    await this.as("integration", CustomerService).upsertCustomer(request);
  }

  // The admin's session at the command line.
  get #admin(): string[] {
    return ["--as", `browser-${this.shopId}`];
  }

  async #importSample(): Promise<void> {
    const { accountName, password } = this.account("admin");
    const shop = ["--shop", this.shopId];
    await this.#deployment.redress(
      [...this.#admin, ...shop, "log-in", "--account", accountName, "--password-stdin"],
      password,
    );
    await this.#importFile("orders", "transactions.csv", "uci_online_retail");
  }

  // What the orders of the sample sold, with stock.
  async importProducts(): Promise<void> {
    await this.#importFile("products", "products.csv", "products");
  }

  async #importFile(what: string, file: string, mapping: string): Promise<void> {
    const rejects = path.join(this.#deployment.state, `rejects-${what}-${this.shopId}.csv`);
    await this.#deployment.redress(
      [...this.#admin, "import", what, path.join(sample, file)].concat(
        ["--mapping", mapping],
        ["--rejects", rejects],
      ),
    );
  }

  // Members reach the services within seconds.
  async #untilKnown(): Promise<void> {
    for (const role of ["agent", "colleague", "supervisor", "finance"] as const) {
      await untilPermitted(() => this.as(role, CaseService).listCases({}));
      await untilPermitted(() => this.as(role, OrderService).listOrders({}));
    }
    await untilPermitted(() => this.as("warehouse", WarehouseService).listTasks({}));
    const query = { fromDay: "2026-01-01", toDay: "2026-01-01" };
    await untilPermitted(() => this.as("supervisor", FigureService).queryFigures({ query }));
    for (const role of ["integration", "admin"] as const) {
      await untilPermitted(() => this.as(role, OrderService).listOrders({}));
      await untilPermitted(() => this.as(role, CustomerService).listCustomers({}));
    }
  }
}

function newAccount(role: RoleName | "admin", displayName: string): Account {
  return {
    accountName: `${role}.${randomInt(1e9)}`,
    displayName,
    password: `a long password ${randomInt(1e9)}`,
  };
}

async function untilPermitted(call: () => Promise<unknown>): Promise<void> {
  const passing = new Set([Code.PermissionDenied, Code.Unauthenticated]);
  await until(async () => {
    try {
      await call();
      return true;
    } catch (error) {
      if (!passing.has(ConnectError.from(error).code)) throw error;
      return false;
    }
  });
}
