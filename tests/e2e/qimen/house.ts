// A shop whose warehouse is behind the bridge, and what a test looks at in it.
import { createHash } from "node:crypto";

import { create } from "@bufbuild/protobuf";
import { RefundVariant, type Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import {
  RecordFollowUpSchema,
  RefundEventSchema,
  type RefundEvent,
} from "@redress/contract/redress/aftersales/v1/refund_events_pb";
import {
  SettlementService,
  SettlementState,
} from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import {
  TaskState,
  type TaskKind,
  WarehouseService,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { Role } from "@redress/contract/redress/common/v1/role_pb";
import { ShopService } from "@redress/contract/redress/identity/v1/shop_service_pb";
import { inject } from "vitest";

import { Shop } from "../../browser/support/shop.ts";
import { Deployment, until } from "../../support/web/deployment.ts";
import { WarehouseSystem } from "./warehouse_system.ts";

const bridged = inject("bridged");
export const deployment = Deployment.at(bridged.state);
const bridge = new URL(deployment.url);
bridge.port = String(Number(bridge.port) + 10);
bridge.pathname = "/qimen";

const OPEN = [TaskState.QUEUED, TaskState.CLAIMED, TaskState.RECEIVED, TaskState.PACKED];

export class House {
  readonly shop: Shop;
  readonly wms: WarehouseSystem;

  private constructor(shop: Shop, wms: WarehouseSystem) {
    this.shop = shop;
    this.wms = wms;
  }

  static async open(): Promise<House> {
    const { wmsPort, secret, accountName, password } = bridged;
    const nowMs = () => deployment.nowMs();
    const wms = await WarehouseSystem.listen(wmsPort, secret, bridge.href, nowMs);
    const house = new House(await Shop.open(deployment, "en"), wms);
    await house.shop.as("admin", ShopService).createMember({
      requestId: `member:${accountName}`,
      accountName,
      displayName: "WMS bridge",
      password,
      roles: [Role.INTEGRATION],
    });
    await deployment.supervise("restart", "qimen");
    await house.untilReady();
    return house;
  }

  async untilReady(): Promise<void> {
    await until(() =>
      fetch(new URL("/readyz", bridge)).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
  }

  async killBridge(): Promise<void> {
    await deployment.kill("qimen");
    await this.untilReady();
  }

  /** A return that is on its way, and the task that waits for it. */
  async returning(): Promise<{ one: Case; task: WarehouseTask }> {
    const one = await this.shop.openCase(8_00n, RefundVariant.RETURN_AND_REFUND);
    await this.shop.returnParcel(one);
    return { one, task: await this.openTask(one) };
  }

  async openTask({ caseId }: Case): Promise<WarehouseTask> {
    let found: WarehouseTask | undefined;
    await until(async () => {
      const answer = await this.shop.as("warehouse", WarehouseService).listTasks({ caseId });
      found = answer.tasks.find((task) => OPEN.includes(task.state));
      return found !== undefined;
    });
    if (found === undefined) throw new Error("there is no open task");
    return found;
  }

  /** The case's task of a kind, open or not. */
  async taskOf({ caseId }: Case, kind: TaskKind): Promise<WarehouseTask> {
    const answer = await this.shop.as("warehouse", WarehouseService).listTasks({ caseId });
    const found = answer.tasks.find((task) => task.kind === kind);
    if (found === undefined) throw new Error("there is no such task");
    return found;
  }

  async task({ taskId }: WarehouseTask): Promise<WarehouseTask> {
    const { task } = await this.shop.as("warehouse", WarehouseService).getTask({ taskId });
    if (task === undefined) throw new Error("the task is gone");
    return task;
  }

  async untilTask(task: WarehouseTask, state: TaskState): Promise<WarehouseTask> {
    await until(async () => (await this.task(task)).state === state);
    return this.task(task);
  }

  async case({ caseId }: Case): Promise<Case> {
    const answer = await this.shop
      .as("agent", CaseService)
      .getCase({ key: { case: "caseId", value: caseId } });
    if (answer.case === undefined) throw new Error("the case is gone");
    return answer.case;
  }

  /** What finance and the agent do once the goods are in. */
  async finish(one: Case): Promise<Case> {
    const { caseId } = one;
    await this.shop.as("finance", SettlementService).recordSettlementResult({
      requestId: `settle:${caseId}`,
      caseId,
      attempts: 1,
      result: SettlementState.SETTLED,
      paymentReference: `PAY-${caseId}`,
    });
    await this.apply(await this.case(one), {
      case: "recordFollowUp",
      value: create(RecordFollowUpSchema, { score: 5 }),
    });
    return this.case(one);
  }

  async apply({ caseId, version }: Case, event: RefundEvent["event"]): Promise<void> {
    await this.shop.as("agent", CaseService).applyStep({
      requestId: `step:${caseId}:${version}`,
      caseId,
      version,
      event: { case: "refund", value: create(RefundEventSchema, { event }) },
    });
  }

  /** How often a task was reported on, as the database has it. */
  async reports({ taskId }: WarehouseTask): Promise<number> {
    const rows = await deployment.rows(
      "redress_aftersales",
      `SELECT wms_reference FROM task_reports WHERE shop_id = ${this.shop.shopId} AND task_id = ${taskId}`,
    );
    return rows.length;
  }

  /** The unexpected goods under the key. */
  async unexpected(key: string): Promise<string[]> {
    const { goods } = await this.shop
      .as("warehouse", WarehouseService)
      .listUnexpectedGoods({ pageSize: 200 });
    return goods
      .filter((one) => one.wmsReference.startsWith(`${key}:`))
      .map((one) => `${one.quantity} × ${one.sku}`);
  }
}

/** A key as warehouse systems make them, of its own for every test. */
export function newKey(): string {
  return `OZ${createHash("sha256").update(String(process.hrtime.bigint())).digest("hex").slice(0, 12)}`;
}
