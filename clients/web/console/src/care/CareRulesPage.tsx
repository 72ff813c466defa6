import {
  CareOccasionSchema,
  type CareRule,
} from "@redress/contract/redress/customer/v1/care_service_pb";
import { Button, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { AdoptCareButton } from "./AdoptCareButton";
import { CareRuleForm } from "./CareRuleForm";
import { CareTabs } from "./CareTabs";
import { ruleName, useCareRules } from "./queries";

// Who is contacted at which occasion. `edited` is null for a new rule.
export function Component() {
  const words = useWords();
  const { t } = words;
  const { can } = useWork();
  const read = useCareRules();
  const [edited, setEdited] = useState<CareRule | null>();
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const close = () => setEdited(undefined);
  useShortcuts({ n: () => mayEdit && setEdited(null) });
  return (
    <div className="page">
      <CareTabs />
      <header className="page-title">
        <h1>{t("care.rulesTitle")}</h1>
        {mayEdit && (
          <>
            <Button type="primary" onClick={() => setEdited(null)} aria-keyshortcuts="n">
              {t("care.newRule")} <kbd>n</kbd>
            </Button>
            <AdoptCareButton />
          </>
        )}
      </header>
      <p className="quiet">{t("care.rulesHint")}</p>
      <Loaded of={read} rows={6}>
        {(rules) =>
          rules.length === 0 ? (
            <Nothing what={t("care.noRules")} hint={t("care.noRulesHint")} />
          ) : (
            <Table
              rowKey="ruleCode"
              size="small"
              columns={columnsIn(words, mayEdit ? setEdited : undefined)}
              dataSource={rules}
              pagination={false}
            />
          )
        }
      </Loaded>
      <Drawer
        open={edited !== undefined}
        size={620}
        title={edited ? ruleName(edited, edited.ruleCode, words) : t("care.newRule")}
        destroyOnHidden
        onClose={close}
      >
        {edited !== undefined && <CareRuleForm of={edited} onDone={close} />}
      </Drawer>
    </div>
  );
}

function columnsIn(
  words: Say,
  onEdit: ((rule: CareRule) => void) | undefined,
): TableColumnsType<CareRule> {
  const { t, name } = words;
  const columns: TableColumnsType<CareRule> = [
    {
      title: t("care.rule"),
      render: (_, rule) => (
        <>
          {ruleName(rule, rule.ruleCode, words)}{" "}
          {rule.coupon && (
            <Tag color="gold" variant="filled">
              {t("care.coupon")}
            </Tag>
          )}
        </>
      ),
    },
    {
      title: t("care.occasion"),
      render: (_, rule) => (
        <>
          {name("careOccasion", enumName(CareOccasionSchema, rule.occasion))}
          {rule.days.length > 0 && <div className="quiet">{rule.days.join(", ")}</div>}
        </>
      ),
    },
    {
      title: t("tagRule.condition"),
      render: (_, rule) => <code className="condition">{rule.expression}</code>,
    },
    { title: t("care.daysAhead"), align: "right", dataIndex: "daysAhead" },
    { title: t("care.quietDays"), align: "right", dataIndex: "quietDays" },
    {
      title: t("care.on"),
      render: (_, rule) => (
        <Tag color={rule.enabled ? "green" : "default"} variant="filled">
          {t(rule.enabled ? "care.isOn" : "care.isOff")}
        </Tag>
      ),
    },
  ];
  if (onEdit) {
    columns.push({
      title: "",
      align: "right",
      render: (_, rule) => (
        <Button size="small" onClick={() => onEdit(rule)}>
          {t("tag.edit")}
        </Button>
      ),
    });
  }
  return columns;
}
