import type { DeadlineRule } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { Button, Checkbox, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { spanText } from "../shared/format/time";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useNow } from "../shared/ui/useNow";
import { useWords, type Say } from "../shared/words";
import { DeadlineTabs } from "./DeadlineTabs";
import { useRules } from "./queries";
import { RuleForm } from "./RuleForm";
import { standingsOf, type Standing } from "./standing";

interface Row {
  rule: DeadlineRule;
  standing: Standing;
}

const colours: Record<Standing, string> = {
  inForce: "green",
  later: "blue",
  past: "default",
  standard: "default",
};

// How long each state may last: the defaults, and what the shop has set.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const [showsPast, setShowsPast] = useState(false);
  const [chosen, setChosen] = useState<DeadlineRule | "new">();
  const read = useRules();
  const maySet = can("ROLE_ADMIN");
  useShortcuts({ n: () => maySet && setChosen("new") });
  return (
    <div className="page">
      <DeadlineTabs />
      <header className="page-title">
        <h1>{t("deadlines.rules")}</h1>
        <Checkbox checked={showsPast} onChange={(event) => setShowsPast(event.target.checked)}>
          {t("deadlines.showPast")}
        </Checkbox>
        {maySet && (
          <Button type="primary" aria-keyshortcuts="n" onClick={() => setChosen("new")}>
            {t("deadlines.set")} <kbd>n</kbd>
          </Button>
        )}
      </header>
      <p className="quiet pad-line">{t("deadlines.rulesHint")}</p>
      <Loaded of={read} rows={10}>
        {(rules) => (
          <RuleTable of={rules} showsPast={showsPast} onChange={maySet ? setChosen : undefined} />
        )}
      </Loaded>
      <Drawer
        open={chosen !== undefined}
        title={t(chosen === "new" ? "deadlines.set" : "deadlines.change")}
        size={420}
        destroyOnHidden
        onClose={() => setChosen(undefined)}
      >
        {chosen && (
          <RuleForm
            of={chosen === "new" ? undefined : chosen}
            among={read.data ?? []}
            onDone={() => setChosen(undefined)}
          />
        )}
      </Drawer>
    </div>
  );
}

interface TableProps {
  of: DeadlineRule[];
  showsPast: boolean;
  onChange: ((rule: DeadlineRule) => void) | undefined;
}

function RuleTable({ of, showsPast, onChange }: TableProps) {
  const words = useWords();
  const standings = standingsOf(of, useNow());
  const rows = of
    .map((rule, place): Row => ({ rule, standing: standings[place] ?? "past" }))
    .filter((row) => showsPast || row.standing !== "past");
  const columns = columnsIn(words);
  if (onChange) {
    columns.push({
      title: "",
      align: "right",
      render: (_, { rule }) => (
        <Button size="small" onClick={() => onChange(rule)}>
          {words.t("deadlines.change")}
        </Button>
      ),
    });
  }
  return (
    <Table
      rowKey={({ rule }) =>
        [rule.rule, rule.condition, rule.platform, rule.variant, rule.own, rule.version].join("|") +
        String(rule.effectiveTime?.seconds)
      }
      size="small"
      columns={columns}
      dataSource={rows}
      pagination={false}
    />
  );
}

function columnsIn({ t, name }: Say): TableColumnsType<Row> {
  const time = (seconds: bigint) => spanText(Number(seconds) * 1000, t);
  return [
    { title: t("deadlines.rule"), render: (_, { rule }) => name("deadlineRule", rule.rule) },
    {
      title: t("deadlines.condition"),
      render: (_, { rule }) =>
        rule.condition ? name("deadlineCondition", rule.condition) : t("deadlines.always"),
    },
    {
      title: t("deadlines.platform"),
      render: (_, { rule }) => rule.platform || t("deadlines.any"),
    },
    {
      title: t("deadlines.variant"),
      render: (_, { rule }) =>
        rule.variant ? name("deadlineVariant", rule.variant) : t("deadlines.any"),
    },
    {
      title: t("deadlines.duration"),
      align: "right",
      render: (_, { rule }) => (rule.ended ? t("deadlines.ended") : time(rule.durationSeconds)),
    },
    {
      title: t("deadlines.again"),
      align: "right",
      render: (_, { rule }) => !rule.ended && time(rule.repeatSeconds),
    },
    {
      title: t("deadlines.calendar"),
      render: (_, { rule }) => !rule.ended && (rule.calendar || t("deadlines.everyHour")),
    },
    {
      title: t("deadlines.from"),
      render: (_, { rule }) => rule.own && <TimeText of={rule.effectiveTime} />,
    },
    {
      title: t("deadlines.version"),
      align: "right",
      render: (_, { rule }) => (rule.version > 0 ? rule.version : ""),
    },
    {
      title: "",
      render: (_, { standing }) => (
        <Tag color={colours[standing]} variant="filled">
          {t(`deadlines.${standing}`)}
        </Tag>
      ),
    },
  ];
}
