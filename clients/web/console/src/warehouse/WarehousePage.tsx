import type { WarehouseTask } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { Alert, Button, Input, Tabs, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useAddressChanges } from "../orders/deskQueries";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { LiveMark } from "../shared/ui/LiveMark";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { useWork } from "../session/work";
import { AddressChanges } from "./AddressChanges";
import { TaskPane } from "./TaskPane";
import { TaskRow } from "./TaskRow";
import { UnexpectedGoodsPane } from "./UnexpectedGoods";
import { useTasks } from "./useTasks";
import { WarehouseOverview } from "./WarehouseOverview";

// The warehouse's desk for who works at it; for others what goes on there.
export function Component() {
  const { can } = useWork();
  return can("ROLE_WAREHOUSE") ? <Desk /> : <WarehouseOverview />;
}

// Scan a parcel, take its task, report on it. The focus waits in the search field, where a scanner
// types a tracking number and Enter.
function Desk() {
  const { t } = useWords();
  const { read, liveness, keep } = useTasks();
  const [chosen, setChosen] = useState<string>();
  const [sought, setSought] = useState("");
  const [tab, setTab] = useState("tasks");
  // A number that was scanned before the tasks were there, or before its task was, is found later.
  const task = read.data?.find((one) =>
    sought ? one.trackingNumber === sought : one.taskId === chosen,
  );
  const unknownNumber = read.data && sought && !task ? sought : "";
  const choose = (taskId: string) => {
    setSought("");
    setChosen(taskId);
    setTab("tasks");
  };
  const find = (number: string) => {
    setSought(number);
    setTab("tasks");
  };
  const unknownAddresses = useAddressChanges(true).data?.length ?? 0;
  const [recorded, setRecorded] = useState(0);
  // The parcel is dealt with: nothing of it is left to be recorded twice, the next one is scanned.
  const goOn = () => {
    setSought("");
    setRecorded(recorded + 1);
  };
  return (
    <div className="warehouse">
      <section className="pane tasks" aria-label={t("warehouse.title")}>
        <ScanField turn={recorded} onFind={find} />
        {unknownNumber && (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t("warehouse.noMatch", { number: unknownNumber })}
            action={
              <Button size="small" onClick={() => setTab("unexpected")}>
                {t("warehouse.asUnexpected")}
              </Button>
            }
          />
        )}
        <div className="list-head">
          <h2>{t("warehouse.title")}</h2>
          <LiveMark liveness={liveness} />
        </div>
        <div className="scroll">
          <Loaded of={read} rows={8}>
            {(tasks) => <TaskList of={tasks} chosen={task?.taskId} onChoose={choose} />}
          </Loaded>
        </div>
      </section>
      <section className="pane task-side">
        <Tabs
          size="small"
          className="case-tabs"
          activeKey={tab}
          onChange={setTab}
          items={[
            {
              key: "tasks",
              label: t("warehouse.task"),
              children: task ? (
                <TaskPane key={task.taskId} of={task} onChanged={keep} />
              ) : (
                <Nothing what={t("warehouse.select")} />
              ),
            },
            {
              key: "addresses",
              label: unknownAddresses
                ? t("changedAddress.count", { count: unknownAddresses })
                : t("changedAddress.title"),
              children: <AddressChanges />,
            },
            {
              key: "unexpected",
              label: t("warehouse.unexpected"),
              children: <UnexpectedGoodsPane trackingNumber={unknownNumber} onRecorded={goOn} />,
            },
          ]}
        />
      </section>
    </div>
  );
}

interface ListProps {
  of: WarehouseTask[];
  chosen: string | undefined;
  onChoose: (taskId: string) => void;
}

function TaskList({ of, chosen, onChoose }: ListProps) {
  const { t } = useWords();
  if (of.length === 0) {
    return <Nothing what={t("warehouse.empty")} hint={t("warehouse.emptyHint")} />;
  }
  return of.map((task) => (
    <TaskRow
      key={task.taskId}
      of={task}
      isChosen={task.taskId === chosen}
      onChoose={() => onChoose(task.taskId)}
    />
  ));
}

interface ScanProps {
  // Another one takes the focus back.
  turn: number;
  onFind: (number: string) => void;
}

function ScanField({ turn, onFind }: ScanProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState("");
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus({ cursor: "all" }), [turn]);
  useShortcuts({ "/": () => input.current?.focus() });
  const find = () => {
    const number = typed.normalize("NFKC").trim();
    if (!number) return;
    onFind(number);
    // The next scan replaces this one.
    input.current?.select();
  };
  return (
    <Input
      ref={input}
      className="scan"
      size="large"
      allowClear
      autoComplete="off"
      aria-label={t("warehouse.scanLabel")}
      placeholder={t("warehouse.scan")}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onPressEnter={find}
    />
  );
}
