// Takes what the warehouse system confirms. Each message is applied under its own key, so that it
// may come again, late, or out of order; what the task it names does not take is recorded as goods
// that no task announced, where a person sees it.
import type { WarehouseTask } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import type { Logger } from "@redress/program/logger";

import {
  meaningOfCancel,
  meaningOfDelivery,
  meaningOfReturn,
  type Goods,
  type Meaning,
} from "./mapping/receipts.ts";
import { digestOf, readCancel, readDelivery, readReturn } from "./protocol/confirmations.ts";
import type { Answer } from "./protocol/envelope.ts";
import type { Element } from "./protocol/xml.ts";
import { isRefusal, reasonOf, type Aftersales } from "./redress/aftersales.ts";
import type { Telemetry } from "./telemetry.ts";

interface Keyed {
  readonly key: string;
  readonly orderCode: string;
}
type MeaningOf<Confirmed> = (confirmed: Confirmed, task: WarehouseTask | undefined) => Meaning;

const TAKEN: Answer = { flag: "success", code: "0", message: "taken" };

export class Confirmations {
  readonly #aftersales: Aftersales;
  readonly #log: Logger;
  readonly #telemetry: Telemetry;

  constructor(aftersales: Aftersales, log: Logger, telemetry: Telemetry) {
    this.#aftersales = aftersales;
    this.#log = log;
    this.#telemetry = telemetry;
  }

  /** Answers once the message is durable. Throws UnusableMessage, or what kept it from being so. */
  async take(method: string, message: Element, body: Uint8Array): Promise<Answer> {
    switch (method) {
      case "returnorder.confirm":
        return this.#apply(readReturn(message, body), meaningOfReturn, body);
      case "deliveryorder.confirm":
        return this.#apply(readDelivery(message, body), meaningOfDelivery, body);
      case "sendgoods.cancel":
        return this.#apply(readCancel(message, body), meaningOfCancel, body);
      default:
        return {
          flag: "failure",
          code: "invalid-method",
          message: "only returnorder.confirm, deliveryorder.confirm and sendgoods.cancel are taken",
        };
    }
  }

  async #apply<Confirmed extends Keyed>(
    confirmed: Confirmed,
    meaningOf: MeaningOf<Confirmed>,
    body: Uint8Array,
  ): Promise<Answer> {
    const task = await this.#aftersales.task(confirmed.orderCode);
    const meaning = meaningOf(confirmed, task);
    try {
      await this.#record(meaning.unexpected, confirmed);
      if (!(await this.#report(meaning, task))) await this.#record(meaning.otherwise, confirmed);
      return TAKEN;
    } catch (error) {
      if (reasonOf(error) !== "REQUEST_ID_REUSED") throw error;
    }
    // Two messages under one key contradict each other. The first one holds; the other one is for a
    // person, under a key of its own.
    const { unexpected, otherwise } = meaningOf(
      { ...confirmed, key: `other-${digestOf(body)}` },
      task,
    );
    await this.#record([...unexpected, ...otherwise], confirmed);
    return {
      flag: "failure",
      code: "outBizCode-reused",
      message: "another message had this outBizCode: give every message its own",
    };
  }

  // Whether the task has taken every report.
  async #report(meaning: Meaning, task: WarehouseTask | undefined): Promise<boolean> {
    if (task === undefined) return true;
    for (const report of meaning.reports) {
      try {
        await this.#aftersales.report(task, report);
      } catch (error) {
        const reason = reasonOf(error);
        // A lease of another account ends by itself; then the repeat of this message is taken.
        if (!isRefusal(error) || reason === "TASK_CLAIMED" || reason === "REQUEST_ID_REUSED") {
          throw error;
        }
        this.#log.warn({ task: task.taskId, report: report.wmsReference, reason }, "not taken");
        return false;
      }
    }
    return true;
  }

  async #record(goods: readonly Goods[], { orderCode }: Keyed): Promise<void> {
    for (const one of goods) await this.#aftersales.reportUnexpected(one);
    if (goods.length === 0) return;
    this.#log.warn({ order: orderCode, records: goods.length }, "unexpected goods recorded");
    this.#telemetry.unexpected(goods.length);
  }
}
