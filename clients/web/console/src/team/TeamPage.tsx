import { App, Button, Switch, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { AgentForm } from "./AgentForm";
import { useShift, useWorkers, type Worker } from "./queries";

// Who works cases: teams, skills, caps, shifts, and how much everybody has to do.
export function Component() {
  const { t } = useWords();
  const workers = useWorkers();
  const [edited, setEdited] = useState<Worker>();
  return (
    <div className="page">
      <header className="page-title">
        <h1>{t("team.title")}</h1>
        {workers.data && (
          <span className="quiet">
            {t("team.summary", {
              on: workers.data.filter((one) => one.isOnShift).length,
              all: workers.data.length,
            })}
          </span>
        )}
      </header>
      <p className="quiet">{t("team.hint")}</p>
      <Loaded of={workers} rows={8}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("team.empty")} hint={t("team.emptyHint")} />
          ) : (
            <WorkerTable of={read} onEdit={setEdited} />
          )
        }
      </Loaded>
      {edited && <AgentForm of={edited} onClose={() => setEdited(undefined)} />}
    </div>
  );
}

function WorkerTable({ of, onEdit }: { of: Worker[]; onEdit: (one: Worker) => void }) {
  const { t, name } = useWords();
  const { can } = useWork();
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const columns: TableColumnsType<Worker> = [
    {
      title: t("team.agent"),
      render: (_, one) => (
        <>
          {one.displayName} <span className="quiet">{one.accountName}</span>
        </>
      ),
    },
    {
      title: t("team.team"),
      dataIndex: "team",
      render: (team: string) =>
        team ? (
          <Link to={`/workbench?team=${encodeURIComponent(team)}`}>{team}</Link>
        ) : (
          <span className="quiet">{t("team.noTeam")}</span>
        ),
    },
    {
      title: t("team.kinds"),
      dataIndex: "kinds",
      render: (kinds: string[]) =>
        kinds.length === 0
          ? t("team.everyKind")
          : kinds.map((kind) => <Tag key={kind}>{name("kind", kind)}</Tag>),
    },
    {
      title: t("team.openCases"),
      align: "right",
      render: (_, one) => t("team.openOf", { open: one.openCases ?? "–", most: one.mostOpenCases }),
    },
    { title: t("team.shift"), render: (_, one) => <ShiftOf worker={one} /> },
    {
      title: "",
      render: (_, one) =>
        mayEdit && (
          <Button size="small" onClick={() => onEdit(one)}>
            {t("team.edit")}
          </Button>
        ),
    },
  ];
  return (
    <Table<Worker>
      size="small"
      rowKey="accountId"
      pagination={false}
      columns={columns}
      dataSource={of}
    />
  );
}

function ShiftOf({ worker }: { worker: Worker }) {
  const { t } = useWords();
  const { session, can } = useWork();
  const { message } = App.useApp();
  const shift = useShift();
  const isOwn = worker.accountId === session.accountId;
  const maySet = can("ROLE_SUPERVISOR") || (isOwn && can("ROLE_AGENT"));
  return (
    <>
      <Switch
        size="small"
        aria-label={t("team.shiftOf", { name: worker.displayName })}
        checked={worker.isOnShift}
        disabled={!maySet}
        loading={shift.isPending}
        onChange={(onShift) =>
          shift.mutate(
            { accountId: worker.accountId, onShift },
            { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
          )
        }
      />
      {worker.shiftEnds && (
        <span className="quiet">
          {" "}
          {t("team.until")} <TimeText of={worker.shiftEnds} />
        </span>
      )}
    </>
  );
}
