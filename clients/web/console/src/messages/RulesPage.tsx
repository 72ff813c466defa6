import type { NotificationRule } from "@redress/contract/redress/desk/v1/notification_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Switch, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { MessageTabs } from "./MessageTabs";
import { useNotificationRules, usePhrases, useRequestId } from "./queries";
import { RuleForm } from "./RuleForm";
import { SenderForm } from "./SenderForm";
import { settingsOf, useSetRule } from "./rules";

// When buyers are told. `edited` is null for a new rule.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const rules = useNotificationRules();
  const [edited, setEdited] = useState<NotificationRule | null>();
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const close = () => setEdited(undefined);
  return (
    <div className="page">
      <MessageTabs />
      <header className="page-title">
        <h1>{t("messages.rulesTitle")}</h1>
        {mayEdit && (
          <>
            <DefaultsButton />
            <Button type="primary" onClick={() => setEdited(null)}>
              {t("messages.newRule")}
            </Button>
          </>
        )}
      </header>
      <p className="quiet">{t("messages.rulesHint")}</p>
      <Loaded of={rules} rows={6}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("messages.noRules")} hint={t("messages.noRulesHint")} />
          ) : (
            <RuleTable of={read} onEdit={mayEdit ? setEdited : undefined} />
          )
        }
      </Loaded>
      {mayEdit && <SenderForm />}
      <Drawer
        open={edited !== undefined}
        size={480}
        title={edited?.ruleCode ?? t("messages.newRule")}
        destroyOnHidden
        onClose={close}
      >
        {edited !== undefined && <RuleForm of={edited} onDone={close} />}
      </Drawer>
    </div>
  );
}

function DefaultsButton() {
  const { t, language } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const use = useMutation({
    mutationFn: () =>
      api.notifications.useDefaultNotifications({ requestId: requestId(language), language }),
    onSuccess: () => void message.success(t("messages.saved")),
    onError: (error) => void message.error(refusalText(refusalOf(error), t)),
    onSettled: () =>
      Promise.all(
        ["notification rules", "phrases"].map((key) =>
          queries.invalidateQueries({ queryKey: [shop.shopId, key] }),
        ),
      ),
  });
  return (
    <Button loading={use.isPending} onClick={() => use.mutate()}>
      {t("messages.useDefaults")}
    </Button>
  );
}

interface TableProps {
  of: NotificationRule[];
  onEdit: ((rule: NotificationRule) => void) | undefined;
}

function RuleTable({ of, onEdit }: TableProps) {
  const { t, name } = useWords();
  const phrases = usePhrases(true);
  const columns: TableColumnsType<NotificationRule> = [
    { title: t("messages.rule"), render: (_, one) => name("notificationRule", one.ruleCode) },
    { title: t("messages.when"), render: (_, one) => <When of={one} /> },
    {
      title: t("messages.phrase"),
      render: (_, one) =>
        phrases.data?.find((phrase) => phrase.phraseId === one.phraseId)?.name ?? one.phraseId,
    },
    {
      title: t("messages.delay"),
      align: "right",
      render: (_, one) => <span className="number">{one.delaySeconds / 3600}</span>,
    },
    {
      title: t("messages.on"),
      render: (_, one) => <RuleSwitch of={one} mayEdit={onEdit !== undefined} />,
    },
  ];
  if (onEdit) {
    columns.push({
      title: "",
      align: "right",
      render: (_, one) => (
        <Button size="small" onClick={() => onEdit(one)}>
          {t("messages.edit")}
        </Button>
      ),
    });
  }
  return (
    <Table rowKey="ruleCode" size="small" pagination={false} columns={columns} dataSource={of} />
  );
}

function When({ of }: { of: NotificationRule }) {
  const { name } = useWords();
  const parts = [
    name("kind", of.caseKind),
    of.event && name("event", of.event),
    of.state && name("state", of.state),
    of.outcome && name("caseOutcome", of.outcome),
    of.minimumScore > 0 && `≥ ${String(of.minimumScore)}`,
  ];
  return <>{parts.filter(Boolean).join(" · ")}</>;
}

function RuleSwitch({ of, mayEdit }: { of: NotificationRule; mayEdit: boolean }) {
  const { t, name } = useWords();
  const { message } = App.useApp();
  const set = useSetRule();
  return (
    <Switch
      size="small"
      aria-label={t("messages.switch", { name: name("notificationRule", of.ruleCode) })}
      checked={of.enabled}
      disabled={!mayEdit}
      loading={set.isPending}
      onChange={(enabled) =>
        set.mutate(
          { ...settingsOf(of), enabled },
          { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
        )
      }
    />
  );
}
