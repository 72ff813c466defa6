import {
  TagRuleState,
  TagRuleStateSchema,
  type TagRule,
} from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { Button, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { CareTabs } from "../care/CareTabs";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { AdoptTagsButton } from "./AdoptTagsButton";
import { useTagRules } from "./ruleQueries";
import { RulePane } from "./RulePane";
import { TagChip } from "./TagChip";
import { TagRuleForm } from "./TagRuleForm";

const stateColours: Partial<Record<TagRuleState, string>> = {
  [TagRuleState.ON]: "green",
  [TagRuleState.TRIED]: "blue",
};

// The conditions that give and take tags. `shown` is a tag's code, or null for a new rule.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const read = useTagRules();
  const [shown, setShown] = useState<string | null>();
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  useShortcuts({ n: () => mayEdit && setShown(null) });
  const rule = read.data?.find((one) => one.tagCode === shown);
  return (
    <div className="page">
      <CareTabs />
      <header className="page-title">
        <h1>{t("tagRule.title")}</h1>
        {mayEdit && (
          <>
            <Button type="primary" onClick={() => setShown(null)} aria-keyshortcuts="n">
              {t("tagRule.new")} <kbd>n</kbd>
            </Button>
            <AdoptTagsButton />
          </>
        )}
      </header>
      <p className="quiet">{t("tagRule.hint")}</p>
      <Loaded of={read} rows={6}>
        {(rules) =>
          rules.length === 0 ? (
            <Nothing what={t("tagRule.empty")} hint={t("tagRule.emptyHint")} />
          ) : (
            <RuleTable of={rules} onOpen={setShown} />
          )
        }
      </Loaded>
      <Drawer
        open={shown !== undefined}
        size={620}
        title={shown === null ? t("tagRule.new") : shown && <TagChip code={shown} />}
        destroyOnHidden
        onClose={() => setShown(undefined)}
      >
        {shown === null && <TagRuleForm onDone={(made) => setShown(made.tagCode)} />}
        {rule && <RulePane key={rule.tagCode} of={rule} />}
      </Drawer>
    </div>
  );
}

export function RuleStateTag({ of }: { of: TagRuleState }) {
  const { name } = useWords();
  return (
    <Tag color={stateColours[of] ?? "default"} variant="filled">
      {name("tagRuleState", enumName(TagRuleStateSchema, of))}
    </Tag>
  );
}

function RuleTable({ of, onOpen }: { of: TagRule[]; onOpen: (tagCode: string) => void }) {
  return (
    <Table
      rowKey="tagCode"
      size="small"
      columns={columnsIn(useWords(), onOpen)}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn({ t }: Say, onOpen: (tagCode: string) => void): TableColumnsType<TagRule> {
  return [
    { title: t("tagRule.tag"), render: (_, rule) => <TagChip code={rule.tagCode} /> },
    {
      title: t("tagRule.condition"),
      render: (_, rule) => <code className="condition">{rule.expression}</code>,
    },
    { title: t("tagRule.state"), render: (_, rule) => <RuleStateTag of={rule.state} /> },
    { title: t("tagRule.version"), align: "right", dataIndex: "version" },
    {
      title: t("tagRule.inForce"),
      align: "right",
      render: (_, rule) => (rule.onVersion > 0 ? rule.onVersion : "—"),
    },
    { title: t("tagRule.written"), render: (_, rule) => <TimeText of={rule.writeTime} /> },
    {
      title: "",
      align: "right",
      render: (_, rule) => (
        <Button size="small" onClick={() => onOpen(rule.tagCode)}>
          {t("tagRule.open")}
        </Button>
      ),
    },
  ];
}
