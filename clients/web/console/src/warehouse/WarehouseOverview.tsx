import {
  TaskKindSchema,
  TaskStateSchema,
  type WarehouseTask,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table, Tag, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { AddressChanges } from "./AddressChanges";
import { LateReports } from "./LateReports";
import { UnexpectedList } from "./UnexpectedGoods";

// What goes on in the warehouse, for who looks after it and does not work there: goods that no task
// announced (also those that a warehouse system reported), changed addresses, and the open tasks.
export function WarehouseOverview() {
  const { t } = useWords();
  return (
    <div className="page">
      <header className="page-title">
        <h1>{t("warehouse.unexpected")}</h1>
      </header>
      <UnexpectedList />
      <header className="page-title">
        <h1>{t("changedAddress.title")}</h1>
      </header>
      <AddressChanges />
      <header className="page-title">
        <h1>{t("late.title")}</h1>
      </header>
      <LateReports />
      <header className="page-title">
        <h1>{t("warehouse.title")}</h1>
      </header>
      <OpenTasks />
    </div>
  );
}

function OpenTasks() {
  const { api, shop } = useWork();
  const words = useWords();
  const { t } = words;
  const read = useInfiniteQuery({
    queryKey: [shop.shopId, "open-tasks"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.warehouse.listTasks({ pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: refresh_ms,
    select: (pages) => pages.pages.flatMap((page) => page.tasks),
  });
  return (
    <>
      <Loaded of={read}>
        {(tasks) =>
          tasks.length === 0 ? (
            <Nothing what={t("warehouse.empty")} />
          ) : (
            <Table
              rowKey="taskId"
              size="small"
              columns={columnsIn(words)}
              dataSource={tasks}
              pagination={false}
            />
          )
        }
      </Loaded>
      {read.hasNextPage && (
        <div className="more">
          <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </>
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<WarehouseTask> {
  return [
    {
      title: t("warehouse.task"),
      render: (_, task) => (
        <Link to={`/cases/${task.caseId}`}>
          {name("taskKind", enumName(TaskKindSchema, task.kind))}
        </Link>
      ),
    },
    {
      title: t("finance.state"),
      render: (_, task) => (
        <Tag variant="filled">{name("taskState", enumName(TaskStateSchema, task.state))}</Tag>
      ),
    },
    {
      title: t("warehouse.parcel"),
      className: "number",
      render: (_, task) => [task.carrier, task.trackingNumber].filter(Boolean).join(" "),
    },
    { title: t("order.sku"), dataIndex: "sku", className: "number" },
    { title: t("order.quantity"), dataIndex: "quantity", align: "right" },
    { title: t("warehouse.time"), render: (_, task) => <TimeText of={task.createTime} /> },
  ];
}
