import { Button, Segmented, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { kinds, useWorkflow } from "../case/queries";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { filterOf, scopes, searchOf, type Filter } from "./filter";
import { QueueRow } from "./QueueRow";
import { useQueue } from "./useQueue";

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

export function QueuePane({ selected }: { selected: string | undefined }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const filter = filterOf(search);
  const queue = useQueue(filter);
  useShortcuts({ j: () => moveFocus(1), k: () => moveFocus(-1) });
  return (
    <section className="pane queue" aria-label={t("queue.title")}>
      <QueueFilter filter={filter} />
      <div className="scroll">
        <Loaded of={queue} rows={10}>
          {(cases) =>
            cases.length === 0 ? (
              <Nothing what={t("queue.empty")} hint={t("queue.emptyHint")} />
            ) : (
              <>
                {cases.map((one) => (
                  <QueueRow
                    key={one.caseId}
                    of={one}
                    isSelected={String(one.caseNumber) === selected}
                    search={searchOf(filter)}
                  />
                ))}
                <div className="more">
                  {queue.hasNextPage ? (
                    <Button
                      size="small"
                      loading={queue.isFetchingNextPage}
                      onClick={() => void queue.fetchNextPage()}
                    >
                      {t("common.loadMore")}
                    </Button>
                  ) : (
                    <span className="quiet">{t("queue.count", { count: cases.length })}</span>
                  )}
                </div>
              </>
            )
          }
        </Loaded>
      </div>
    </section>
  );
}

function QueueFilter({ filter }: { filter: Filter }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const refund = useWorkflow("refund");
  const dispute = useWorkflow("dispute");
  const choose = (changed: Partial<Filter>) =>
    void navigate({ search: searchOf({ ...filter, ...changed }) });
  const workflows = [refund.data, dispute.data].filter(
    (workflow) => workflow && (!filter.kind || workflow.kind === filter.kind),
  );
  const states = new Map(
    workflows
      .flatMap((workflow) => workflow?.states ?? [])
      .filter((state) => filter.scope === "newest" || !state.final)
      .map((state) => [state.name, { value: state.name, label: name("state", state.name) }]),
  );
  return (
    <div className="queue-filter">
      <Segmented
        block
        size="small"
        aria-label={t("queue.scope")}
        value={filter.scope}
        options={scopes.map((scope) => ({ value: scope, label: t(`queue.${scope}`) }))}
        onChange={(scope) => choose({ scope })}
      />
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
    </div>
  );
}
