import {
  TaskState,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useWork } from "../session/work";
import { useStream } from "../shared/api/useStream";

const open = new Set([TaskState.QUEUED, TaskState.CLAIMED, TaskState.RECEIVED, TaskState.PACKED]);

export function isOpen(task: WarehouseTask): boolean {
  return open.has(task.state);
}

// Takes one task as it is now into a list: a newer version replaces the known one, an older one
// (the stream and a call may overtake each other) changes nothing.
export function withTask(tasks: WarehouseTask[], task: WarehouseTask): WarehouseTask[] {
  const at = tasks.findIndex((one) => one.taskId === task.taskId);
  const known = tasks[at];
  if (!known) return isOpen(task) ? [...tasks, task] : tasks;
  return known.version > task.version ? tasks : tasks.with(at, task);
}

export function tasksKey(shopId: string) {
  return [shopId, "tasks"];
}

// The open tasks, read once and kept up to date by the stream.
export function useTasks() {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const queryKey = tasksKey(shop.shopId);
  const read = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const tasks: WarehouseTask[] = [];
      let pageToken = "";
      do {
        const page = await api.warehouse.listTasks({ pageToken, pageSize: 200 }, { signal });
        tasks.push(...page.tasks);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return tasks;
    },
    staleTime: 30_000,
  });
  const keep = (task: WarehouseTask) =>
    queries.setQueryData<WarehouseTask[]>(queryKey, (known) => known && withTask(known, task));
  const liveness = useStream(
    `tasks ${shop.shopId}`,
    (options) => api.warehouse.watchTasks({}, options),
    ({ task }) => task && keep(task),
  );
  return { read, liveness, keep };
}
