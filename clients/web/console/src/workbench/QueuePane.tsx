import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { kinds, useWorkflows } from "../case/queries";
import { useTeams } from "../team/queries";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { ClaimButton } from "./ClaimButton";
import { filterOf, persons, scopesOf, searchOf, type Filter } from "./filter";
import { HandOverDialog } from "./HandOverDialog";
import { QueueRow } from "./QueueRow";
import { SelectionBar } from "./SelectionBar";
import { useQueue } from "./useQueue";
import { useSelection } from "./useSelection";

// Moves the focus over the rows: what has the focus is what Enter opens.
function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".queue-row")];
  const from = rows.findIndex((row) => row === document.activeElement);
  const selected = rows.findIndex((row) => row.ariaCurrent === "true");
  const start = from >= 0 ? from : selected;
  const next = start < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, start + by));
  rows[next]?.focus();
  rows[next]?.scrollIntoView({ block: "nearest" });
}

// Ticks the row that has the focus.
function tickFocused(): void {
  const row = document.activeElement?.closest(".queue-item");
  row?.querySelector<HTMLElement>("input[type=checkbox]")?.click();
}

export function QueuePane({ selected }: { selected: string | undefined }) {
  const { t } = useWords();
  const { can } = useWork();
  const [search] = useSearchParams();
  const filter = filterOf(search);
  const queue = useQueue(filter);
  const cases = queue.data ?? [];
  const selection = useSelection(cases);
  const mayChoose = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  useShortcuts({ j: () => moveFocus(1), k: () => moveFocus(-1), x: tickFocused });
  return (
    <section className="pane queue" aria-label={t("queue.title")}>
      <QueueFilter filter={filter} />
      {mayChoose && cases.length > 0 && <SelectionBar cases={cases} selection={selection} />}
      <div className="scroll">
        <Loaded of={queue} rows={10}>
          {(read) =>
            read.length === 0 ? (
              <Nothing what={t("queue.empty")} hint={t("queue.emptyHint")} />
            ) : (
              <>
                {read.map((one) => (
                  <QueueRow
                    key={one.caseId}
                    of={one}
                    isSelected={String(one.caseNumber) === selected}
                    search={searchOf(filter)}
                    isChosen={selection.has(one)}
                    onChoose={mayChoose ? selection.toggle : undefined}
                  />
                ))}
                <More of={queue} shown={read.length} />
              </>
            )
          }
        </Loaded>
      </div>
    </section>
  );
}

function More({ of, shown }: { of: ReturnType<typeof useQueue>; shown: number }) {
  const { t } = useWords();
  return (
    <div className="more">
      {of.hasNextPage ? (
        <Button
          size="small"
          loading={of.isFetchingNextPage}
          onClick={() => void of.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : (
        <span className="quiet">{t("queue.count", { count: shown })}</span>
      )}
    </div>
  );
}

function QueueFilter({ filter }: { filter: Filter }) {
  const { t, name } = useWords();
  const { can } = useWork();
  const navigate = useNavigate();
  const teams = useTeams();
  const choose = (changed: Partial<Filter>) =>
    void navigate({ search: searchOf({ ...filter, ...changed }) });
  const workflows = useWorkflows().filter(
    (workflow) => !filter.kind || workflow.kind === filter.kind,
  );
  const states = new Map(
    workflows
      .flatMap((workflow) => workflow.states)
      .filter((state) => filter.scope === "newest" || !state.final)
      .map((state) => [state.name, { value: state.name, label: name("state", state.name) }]),
  );
  return (
    <div className="queue-filter">
      <QueueActions search={searchOf(filter)} />
      <Segmented
        block
        size="small"
        aria-label={t("queue.scope")}
        value={filter.scope}
        options={scopesOf(can("ROLE_SUPERVISOR")).map((scope) => ({
          value: scope,
          label: t(`queue.${scope}`),
        }))}
        onChange={(scope) => choose({ scope })}
      />
      <span className="queue-selects">
        <Select
          size="small"
          aria-label={t("queue.kind")}
          value={filter.kind}
          options={[
            { value: "", label: t("queue.anyKind") },
            ...kinds.map((kind) => ({ value: kind, label: name("kind", kind) })),
          ]}
          onChange={(kind) => choose({ kind, state: "" })}
        />
        <Select
          size="small"
          aria-label={t("queue.state")}
          value={filter.state}
          options={[{ value: "", label: t("queue.anyState") }, ...states.values()]}
          onChange={(state) => choose({ state })}
        />
        <Select
          size="small"
          aria-label={t("queue.needsPerson")}
          value={filter.person}
          options={[
            { value: "" as const, label: t("queue.anyPerson") },
            ...persons.map((person) => ({ value: person, label: t(`needed.${person}`) })),
          ]}
          onChange={(person) => choose({ person })}
        />
        {(teams.length > 0 || filter.team) && (
          <Select
            size="small"
            aria-label={t("team.team")}
            value={filter.team}
            disabled={filter.scope === "newest"}
            options={[
              { value: "", label: t("team.anyTeam") },
              ...teams.map((team) => ({ value: team, label: team })),
            ]}
            onChange={(team) => choose({ team })}
          />
        )}
      </span>
    </div>
  );
}

// What is done with the queue as a whole.
function QueueActions({ search }: { search: string }) {
  const { t } = useWords();
  const { can } = useWork();
  const [handsOver, setHandsOver] = useState(false);
  if (!can("ROLE_AGENT", "ROLE_SUPERVISOR")) return null;
  return (
    <span className="queue-actions">
      <ClaimButton search={search} />
      {can("ROLE_SUPERVISOR") && (
        <Button size="small" onClick={() => setHandsOver(true)}>
          {t("queue.handOver")}
        </Button>
      )}
      {handsOver && <HandOverDialog onClose={() => setHandsOver(false)} />}
    </span>
  );
}
