import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@redress/contract/google/rpc/error_details_pb";
import {
  TaskState,
  WarehouseTaskSchema,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { describe, expect, it } from "vitest";
import { isHopeless, pauseBefore } from "../../../../clients/web/console/src/shared/api/useStream";
import { withTask } from "../../../../clients/web/console/src/warehouse/useTasks";

const task = (taskId: string, version: number, state = TaskState.QUEUED) =>
  create(WarehouseTaskSchema, { taskId, version, state });

describe("A stream", () => {
  it("waits longer before each attempt, and never longer than fifteen seconds", () => {
    expect(pauseBefore(0, 1)).toBe(500);
    expect(pauseBefore(3, 1)).toBe(4000);
    expect(pauseBefore(30, 1)).toBe(15_000);
  });

  it("spreads the attempts of many consoles over half of the pause", () => {
    expect(pauseBefore(3, 0)).toBe(2000);
  });
});

describe("A stream that was refused", () => {
  const refused = (code: Code, reason: string) =>
    new ConnectError("refused", code, undefined, [
      { desc: ErrorInfoSchema, value: { reason, domain: "redress" } },
    ]);

  it("is opened again when only the token that it was opened with has expired", () => {
    expect(isHopeless(refused(Code.Unauthenticated, "TOKEN_EXPIRED"))).toBe(false);
    expect(isHopeless(refused(Code.Unavailable, "STOPPING"))).toBe(false);
  });

  it("is given up when the session is over or the shop is none of ours any more", () => {
    expect(isHopeless(refused(Code.Unauthenticated, "SESSION_ENDED"))).toBe(true);
    expect(isHopeless(refused(Code.PermissionDenied, "NOT_A_MEMBER"))).toBe(true);
  });
});

describe("The list of tasks", () => {
  it("takes a new task in at its end", () => {
    expect(withTask([task("1", 1)], task("2", 1)).map((one) => one.taskId)).toEqual(["1", "2"]);
  });

  it("replaces a task by its newer version, in its place", () => {
    const tasks = withTask([task("1", 1), task("2", 1)], task("1", 2, TaskState.CLAIMED));
    expect(tasks.map((one) => one.version)).toEqual([2, 1]);
  });

  it("ignores an older version that arrives late", () => {
    expect(withTask([task("1", 3)], task("1", 2))[0]?.version).toBe(3);
  });

  it("keeps a task that ends while it is shown, and takes no ended one in", () => {
    expect(withTask([task("1", 1)], task("1", 2, TaskState.DONE))).toHaveLength(1);
    expect(withTask([], task("1", 2, TaskState.DONE))).toEqual([]);
  });
});
