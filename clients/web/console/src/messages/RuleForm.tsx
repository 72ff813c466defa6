import {
  ChannelKind,
  ChannelKindSchema,
} from "@redress/contract/redress/desk/v1/message_service_pb";
import type { NotificationRule } from "@redress/contract/redress/desk/v1/notification_service_pb";
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { kinds, useWorkflow } from "../case/queries";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { messagesZh } from "../shared/words/messages_zh";
import { usePhrases } from "./queries";
import { settingsOf, useSetRule, type RuleSettings } from "./rules";

const hour_s = 3600;
const outcomes = Object.keys(messagesZh.caseOutcome);

type Entered = Omit<RuleSettings, "version" | "delaySeconds"> & { delayHours: number };

function initialOf(rule: NotificationRule | null): Partial<Entered> {
  if (rule === null) {
    return {
      caseKind: "refund",
      event: "",
      state: "",
      outcome: "",
      channel: ChannelKind.MANUAL,
      delayHours: 0,
      quietDays: 0,
      minimumScore: 0,
      invitesReview: false,
      enabled: true,
    };
  }
  const { delaySeconds, version: _, ...rest } = settingsOf(rule);
  return { ...rest, delayHours: delaySeconds / hour_s };
}

// One rule: what happens, which phrase, by which channel. `of` is null for a new one.
export function RuleForm({ of, onDone }: { of: NotificationRule | null; onDone: () => void }) {
  const { t, name } = useWords();
  const [form] = Form.useForm<Entered>();
  const set = useSetRule();
  const phrases = usePhrases();
  const save = ({ delayHours, ...entered }: Entered) =>
    set.mutate(
      { ...entered, version: of?.version ?? 0, delaySeconds: Math.round(delayHours * hour_s) },
      { onSuccess: onDone },
    );
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initialOf(of)}
      onFinish={save}
    >
      {set.error && <ErrorNotice error={set.error} />}
      <Form.Item
        name="ruleCode"
        label={t("messages.ruleCode")}
        extra={t("messages.ruleCodeHint")}
        rules={[
          { required: true, message: t("form.required", { field: t("messages.ruleCode") }) },
          { pattern: /^[a-z][a-z0-9_]*$/, message: t("messages.ruleCodeHint") },
        ]}
      >
        <Input disabled={of !== null} autoFocus={of === null} autoComplete="off" maxLength={40} />
      </Form.Item>
      <Happening />
      <Form.Item
        name="phraseId"
        label={t("messages.phrase")}
        rules={[{ required: true, message: t("messages.choosePhrase") }]}
      >
        <Select
          loading={phrases.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(phrases.data ?? []).map((one) => ({ value: one.phraseId, label: one.name }))}
        />
      </Form.Item>
      <Form.Item name="channel" label={t("messages.channel")}>
        <Select
          options={ChannelKindSchema.values
            .filter((value) => value.number !== 0)
            .map((value) => ({ value: value.number, label: name("channelKind", value.name) }))}
        />
      </Form.Item>
      <Limits />
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>{t("messages.on")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={set.isPending}>
        {t("messages.save")}
      </Button>
    </Form>
  );
}

// When at the earliest, and to whom not.
function Limits() {
  const { t } = useWords();
  return (
    <>
      <Form.Item name="delayHours" label={t("messages.delay")}>
        <InputNumber min={0} max={720} />
      </Form.Item>
      <Form.Item name="quietDays" label={t("messages.quietDays")} extra={t("messages.quietHint")}>
        <InputNumber min={0} max={365} precision={0} />
      </Form.Item>
      <Form.Item name="minimumScore" label={t("messages.minimumScore")}>
        <InputNumber min={0} max={5} precision={0} />
      </Form.Item>
      <Form.Item name="invitesReview" valuePropName="checked" extra={t("messages.invitesHint")}>
        <Checkbox>{t("messages.invites")}</Checkbox>
      </Form.Item>
    </>
  );
}

// What the rule speaks of, in the names of the workflow.
function Happening() {
  const { t, name } = useWords();
  const kind = Form.useWatch<string | undefined>("caseKind") ?? "refund";
  const workflow = useWorkflow(kind);
  const anyOr = (group: string, names: string[] | undefined) => [
    { value: "", label: t("messages.any") },
    ...(names ?? []).map((value) => ({ value, label: name(group, value) })),
  ];
  const search = { optionFilterProp: "label" };
  return (
    <>
      <Form.Item name="caseKind" label={t("messages.kind")}>
        <Select options={kinds.map((value) => ({ value, label: name("kind", value) }))} />
      </Form.Item>
      <Form.Item name="event" label={t("messages.event")}>
        <Select showSearch={search} options={anyOr("event", workflow.data?.events)} />
      </Form.Item>
      <Form.Item name="state" label={t("messages.reached")}>
        <Select
          showSearch={search}
          options={anyOr(
            "state",
            workflow.data?.states.map((one) => one.name),
          )}
        />
      </Form.Item>
      <Form.Item name="outcome" label={t("messages.outcome")}>
        <Select options={anyOr("caseOutcome", outcomes)} />
      </Form.Item>
    </>
  );
}
