import {
  CareTaskState,
  CareTaskStateSchema,
  type CareTask,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { Segmented } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { CareList } from "./CareList";
import { CareTabs } from "./CareTabs";
import { useCareTasks, useClaimedCareTasks } from "./queries";

// Who is to be contacted, the earliest due first; what one has in work stands above.
export function Component() {
  const { t, name } = useWords();
  const { session } = useWork();
  const [state, setState] = useState(CareTaskState.OPEN);
  const isOpen = state === CareTaskState.OPEN;
  const read = useCareTasks(state);
  const claimed = useClaimedCareTasks(isOpen);
  const own = isOpen
    ? (claimed.data ?? []).filter((task) => task.workerId === session.accountId)
    : [];
  return (
    <div className="page">
      <CareTabs />
      <header className="page-title">
        <h1>{t("care.title")}</h1>
        <Segmented
          aria-label={t("care.state")}
          value={state}
          onChange={(chosen: CareTaskState) => setState(chosen)}
          options={CareTaskStateSchema.values
            .filter((value) => value.number !== 0)
            .map((value) => ({ value: value.number, label: name("careTaskState", value.name) }))}
        />
      </header>
      <p className="quiet">{t("care.hint")}</p>
      {isOpen && claimed.error && (
        <ErrorNotice error={claimed.error} onRetry={() => void claimed.refetch()} />
      )}
      <Loaded of={read} rows={8}>
        {(tasks) => (
          <Tasks
            key={`${state} ${String(read.isPlaceholderData)}`}
            of={[...own, ...others(tasks, own)]}
          />
        )}
      </Loaded>
      <More of={read} />
    </div>
  );
}

// A task that was claimed between the two readings is in both.
function others(tasks: CareTask[], own: CareTask[]): CareTask[] {
  return tasks.filter((task) => !own.some((one) => one.taskId === task.taskId));
}

function Tasks({ of }: { of: CareTask[] }) {
  const { t } = useWords();
  if (of.length === 0) return <Nothing what={t("care.empty")} hint={t("care.emptyHint")} />;
  return <CareList of={of} />;
}
