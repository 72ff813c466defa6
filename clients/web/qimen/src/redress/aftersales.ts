// The calls that the bridge makes, each under the bridge's account and with a deadline.
import { randomUUID } from "node:crypto";

import {
  Code,
  ConnectError,
  createClient,
  type CallOptions,
  type Client,
  type Transport,
} from "@connectrpc/connect";
import { ErrorInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import {
  TaskState,
  WarehouseService,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";

import type { Goods, Report } from "../mapping/receipts.ts";
import type { Account } from "./account.ts";

const TIMEOUT_MS = 15_000;
const MOST_FAILURES_READ = 200;

/** The stable reason of a refusal; "" when the error has none. */
export function reasonOf(error: unknown): string {
  return ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? "";
}

/** Whether the service said no to this request, rather than having failed to answer it. */
export function isRefusal(error: unknown): boolean {
  const refusals = [
    Code.InvalidArgument,
    Code.FailedPrecondition,
    Code.NotFound,
    Code.AlreadyExists,
    Code.OutOfRange,
  ];
  return refusals.includes(ConnectError.from(error).code);
}

export class Aftersales {
  readonly #tasks: Client<typeof WarehouseService>;
  readonly #cases: Client<typeof CaseService>;
  readonly #account: Account;
  readonly #leaseSeconds: number;

  constructor(transport: Transport, account: Account, leaseSeconds: number) {
    this.#tasks = createClient(WarehouseService, transport);
    this.#cases = createClient(CaseService, transport);
    this.#account = account;
    this.#leaseSeconds = leaseSeconds;
  }

  /** Every open task, then each again whenever it changes. Ends by an error, at the latest when the
   * access token expires. */
  async *watch(signal: AbortSignal): AsyncGenerator<WarehouseTask> {
    const headers = await this.#account.headers();
    try {
      for await (const { task } of this.#tasks.watchTasks({}, { headers, signal })) {
        if (task !== undefined) yield task;
      }
    } catch (error) {
      this.#noteExpiry(error);
      throw error;
    }
  }

  /** Undefined when there is no such task, or `taskId` is no id at all. */
  async task(taskId: string): Promise<WarehouseTask | undefined> {
    try {
      return (await this.#call((options) => this.#tasks.getTask({ taskId }, options))).task;
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  async caseOf(task: WarehouseTask): Promise<Case> {
    const key = { case: "caseId", value: task.caseId } as const;
    const answer = await this.#call((options) => this.#cases.getCase({ key }, options));
    if (answer.case === undefined) throw new Error("GetCase answered no case");
    return answer.case;
  }

  /** How often the same work has failed for the task's case. */
  async failuresBefore({ caseId, kind }: WarehouseTask): Promise<number> {
    const request = { caseId, state: TaskState.FAILED, pageSize: MOST_FAILURES_READ };
    const { tasks } = await this.#call((options) => this.#tasks.listTasks(request, options));
    return tasks.filter((task) => task.kind === kind).length;
  }

  // A claim needs an id of its own each time: a repeat would be told of the earlier lease.
  async claim({ taskId }: WarehouseTask): Promise<WarehouseTask> {
    const request = { requestId: randomUUID(), taskId, leaseSeconds: this.#leaseSeconds };
    return taskIn(await this.#call((options) => this.#tasks.claimTask(request, options)));
  }

  async renew({ taskId }: WarehouseTask): Promise<WarehouseTask> {
    const request = { requestId: randomUUID(), taskId, leaseSeconds: this.#leaseSeconds };
    return taskIn(await this.#call((options) => this.#tasks.renewTaskLease(request, options)));
  }

  /** Reports on the task, claiming it anew where the lease has run out meanwhile. */
  async report(task: WarehouseTask, report: Report): Promise<WarehouseTask> {
    const request = { ...report, taskId: task.taskId };
    const send = () => this.#call((options) => this.#tasks.reportTask(request, options));
    try {
      return taskIn(await send());
    } catch (error) {
      if (reasonOf(error) !== "LEASE_NOT_HELD") throw error;
    }
    await this.claim(task);
    return taskIn(await send());
  }

  async reportUnexpected(goods: Goods): Promise<void> {
    await this.#call((options) => this.#tasks.reportUnexpectedGoods(goods, options));
  }

  async #call<Response>(send: (options: CallOptions) => Promise<Response>): Promise<Response> {
    try {
      return await send({ headers: await this.#account.headers(), timeoutMs: TIMEOUT_MS });
    } catch (error) {
      this.#noteExpiry(error);
      throw error;
    }
  }

  #noteExpiry(error: unknown): void {
    if (ConnectError.from(error).code === Code.Unauthenticated) this.#account.expire();
  }
}

function taskIn({ task }: { task?: WarehouseTask | undefined }): WarehouseTask {
  if (task === undefined) throw new Error("the answer has no task");
  return task;
}
