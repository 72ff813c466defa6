// Hands our open tasks to the warehouse system: claims a task, sends it as an order, and keeps its
// lease until it is closed. Nothing here has to outlive the process: a new one is told of every
// open task, and an order that is sent again has the same code.
import type { Clock } from "@redress/program/clock";
import { causeOf, type Logger } from "@redress/program/logger";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  TaskKind,
  TaskState,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";

import { KeyedWork } from "./keyed_work.ts";
import { cancelOrder, orderFor, type Warehouse } from "./mapping/orders.ts";
import { interceptOutcomeOf } from "./mapping/receipts.ts";
import { pauseAfterFailuresMs, retryPauseMs } from "./pauses.ts";
import type { Answer } from "./protocol/envelope.ts";
import type { Element, Part } from "./protocol/xml.ts";
import { isRefusal, reasonOf, type Aftersales } from "./redress/aftersales.ts";
import type { Account } from "./redress/account.ts";
import type { Telemetry } from "./telemetry.ts";
import type { Wms } from "./wms.ts";

const MOST_CANCEL_ATTEMPTS = 20;

interface Known {
  task: WarehouseTask;
  /** Of its case when the order was sent; the case may turn into another variant later. */
  variant: RefundVariant;
  /** The warehouse system may have the order. */
  asked: boolean;
  /** It has said so. */
  sent: boolean;
  /** Since the last one that was answered. */
  attempts: number;
}

export interface OrdersUse {
  readonly aftersales: Aftersales;
  readonly account: Account;
  readonly wms: Wms;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log: Logger;
  readonly telemetry: Telemetry;
}

export class Orders {
  readonly #use: OrdersUse;
  readonly #work: KeyedWork;
  readonly #known = new Map<string, Known>();

  constructor(use: OrdersUse, atOnce: number) {
    this.#use = use;
    this.#work = new KeyedWork(atOnce, (taskId) => this.#run(taskId));
  }

  get open(): number {
    return this.#known.size;
  }

  /** A task as it is now. */
  see(task: WarehouseTask): void {
    const known = this.#known.get(task.taskId);
    if (known === undefined) {
      if (!isOpen(task)) return;
      this.#known.set(task.taskId, {
        task,
        variant: RefundVariant.UNSPECIFIED,
        asked: false,
        sent: false,
        attempts: 0,
      });
      this.#work.put(task.taskId);
      return;
    }
    if (!update(known, task)) return;
    if (task.state === TaskState.CANCELLED && known.asked) this.#work.put(task.taskId);
    else if (!isOpen(task)) this.#known.delete(task.taskId);
    else if (task.state === TaskState.QUEUED) this.#work.put(task.taskId);
  }

  /** Every open task is about to be told anew: of the others, those that were asked for matter. */
  begin(): void {
    for (const [taskId, { asked }] of this.#known) if (!asked) this.#known.delete(taskId);
  }

  async stop(): Promise<void> {
    await this.#work.stop();
  }

  async #run(taskId: string): Promise<number | undefined> {
    const known = this.#known.get(taskId);
    if (known === undefined) return undefined;
    try {
      return known.task.state === TaskState.CANCELLED
        ? await this.#callOff(known)
        : await this.#advance(known);
    } catch (error) {
      if (isRefusal(error)) return await this.#lookAgain(known, error);
      known.attempts++;
      this.#use.log.warn({ task: taskId, cause: causeOf(error) }, "order waits");
      return retryPauseMs(known.attempts);
    }
  }

  // Claimed, then sent, then renewed at half of each lease.
  async #advance(known: Known): Promise<number | undefined> {
    const me = await this.#use.account.id();
    const now = this.#use.clock.nowMs();
    if (isHeldByAnother(known.task, me, now)) return undefined;
    if (!isHeldBy(known.task, me, now)) {
      const pause = await this.#pauseBefore(known.task);
      if (pause > 0) return pause;
      update(known, await this.#use.aftersales.claim(known.task));
    } else if (known.sent) {
      update(known, await this.#use.aftersales.renew(known.task));
    }
    // Goods that have arrived were confirmed: the order is known.
    known.sent ||= known.task.state === TaskState.RECEIVED;
    if (!known.sent && !(await this.#send(known))) return undefined;
    known.attempts = 0;
    return Math.max(1_000, (leaseEndMs(known.task) - this.#use.clock.nowMs()) / 2);
  }

  async #pauseBefore(task: WarehouseTask): Promise<number> {
    const pause = pauseAfterFailuresMs(await this.#use.aftersales.failuresBefore(task));
    return Number(task.createTime?.seconds ?? 0n) * 1000 + pause - this.#use.clock.nowMs();
  }

  // Answers whether the task is still open afterwards.
  async #send(known: Known): Promise<boolean> {
    const { aftersales, warehouse, clock } = this.#use;
    const { task } = known;
    known.variant = (await aftersales.caseOf(task)).variant;
    const order = orderFor(task, known, warehouse, clock.nowMs());
    known.asked = true;
    const answer = await this.#ask(order.method, order.message);
    if (answer.flag === "failure") {
      await this.#giveUp(task, answer);
      return false;
    }
    this.#use.log.info({ task: task.taskId, method: order.method }, "order sent");
    // An interception may be answered at once, or later by a confirmation.
    const outcome =
      task.kind === TaskKind.INTERCEPT
        ? interceptOutcomeOf(answer.element.text("status"))
        : undefined;
    if (outcome !== undefined) {
      const done = await aftersales.report(task, {
        wmsReference: `qimen:intercepted:${task.taskId}`,
        report: { case: "intercepted", value: { outcome } },
        text: "",
      });
      this.see(done);
    }
    known.sent = true;
    return outcome === undefined;
  }

  // A person is called, and the work is queued again as a new task.
  async #giveUp(task: WarehouseTask, answer: Answer): Promise<void> {
    this.#use.log.warn({ task: task.taskId, code: answer.code }, "order refused");
    const failed = await this.#use.aftersales.report(task, {
      wmsReference: `qimen:refused:${task.taskId}`,
      report: { case: "failed", value: { reason: "wms_refused" } },
      text: `${answer.code} ${answer.message}`.slice(0, 2000),
    });
    this.see(failed);
  }

  // Should the goods come all the same, their confirmation is recorded as unexpected goods; so is
  // what a process misses that ends before this request is answered.
  async #callOff(known: Known): Promise<number | undefined> {
    const { warehouse, log } = this.#use;
    if (known.attempts < MOST_CANCEL_ATTEMPTS) {
      const answer = await this.#ask("order.cancel", cancelOrder(known.task, known, warehouse));
      log.info(
        { task: known.task.taskId, flag: answer.flag, code: answer.code },
        "order called off",
      );
    } else {
      log.error({ task: known.task.taskId }, "order could not be called off");
    }
    this.#known.delete(known.task.taskId);
    return undefined;
  }

  async #ask(method: string, message: Part): Promise<Answer & { readonly element: Element }> {
    try {
      const answer = await this.#use.wms.send(method, message);
      this.#use.telemetry.sent(method, answer.flag);
      return answer;
    } catch (error) {
      this.#use.telemetry.sent(method, "unreachable");
      throw error;
    }
  }

  // The task has changed under our hands: what it is now decides.
  async #lookAgain(known: Known, error: unknown): Promise<number | undefined> {
    const { taskId, version } = known.task;
    const reason = reasonOf(error);
    this.#use.log.info({ task: taskId, reason }, "task has changed");
    try {
      const task = await this.#use.aftersales.task(taskId);
      if (task === undefined) this.#known.delete(taskId);
      else this.see(task);
      if (task?.version !== version || !isOpen(task)) return undefined;
    } catch (failure) {
      this.#use.log.warn({ task: taskId, cause: causeOf(failure) }, "task could not be read");
    }
    known.attempts++;
    return retryPauseMs(known.attempts);
  }
}

// Answers come in the order of the network: an older state of the task is none.
function update(known: Known, task: WarehouseTask): boolean {
  if (task.version < known.task.version) return false;
  known.task = task;
  return true;
}

function isOpen({ state }: WarehouseTask): boolean {
  return ![TaskState.DONE, TaskState.FAILED, TaskState.CANCELLED].includes(state);
}

function leaseEndMs({ leaseExpireTime }: WarehouseTask): number {
  return Number(leaseExpireTime?.seconds ?? 0n) * 1000;
}

function isHeldBy(task: WarehouseTask, account: string, nowMs: number): boolean {
  return task.claimedBy === account && leaseEndMs(task) > nowMs;
}

function isHeldByAnother(task: WarehouseTask, account: string, nowMs: number): boolean {
  return task.claimedBy !== "" && task.claimedBy !== account && leaseEndMs(task) > nowMs;
}
