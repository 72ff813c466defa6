import type { Webhook } from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { refusalOf } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords, type Say } from "../shared/words";
import { useEventTypes, useSave, type Settings } from "./queries";
import { patternsOf, typeInWords } from "./states";

interface Props {
  of?: Webhook;
  onDone: (webhook: Webhook, secret: string) => void;
}

function settingsOf(of: Webhook | undefined): Settings {
  const { title = "", url = "", eventTypes = [] } = of ?? {};
  return { title, url, eventTypes };
}

// Where a webhook goes and what it is told.
export function WebhookForm({ of, onDone }: Props) {
  const words = useWords();
  const { t } = words;
  const types = useEventTypes();
  const save = useSave(of?.webhookId, onDone);
  const [form] = Form.useForm<Settings>();
  // The form keeps the version that it was filled from, until the newer one is loaded into it.
  const [version, setVersion] = useState(of?.version ?? 0);
  const load = () => {
    form.setFieldsValue(settingsOf(of));
    setVersion(of?.version ?? 0);
    save.reset();
  };
  const missing = { required: true, message: t("webhook.missing") };
  return (
    <Form<Settings>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={settingsOf(of)}
      onFinish={(entered) =>
        save.mutate(
          { ...entered, version },
          { onError: (error) => form.setFields(refusedIn(error, words)) },
        )
      }
    >
      <SaveNotice error={save.error} onLoad={load} />
      {types.error && <ErrorNotice error={types.error} onRetry={() => void types.refetch()} />}
      <Form.Item name="title" label={t("webhook.name")} rules={[missing]}>
        <Input autoFocus autoComplete="off" maxLength={100} />
      </Form.Item>
      <Form.Item name="url" label={t("webhook.url")} extra={t("webhook.urlHint")} rules={[missing]}>
        <Input autoComplete="off" inputMode="url" maxLength={2000} placeholder="https://" />
      </Form.Item>
      <Form.Item
        name="eventTypes"
        label={t("webhook.events")}
        extra={t("webhook.eventsHint")}
        rules={[missing]}
      >
        <Select mode="multiple" loading={types.isPending} options={optionsOf(types.data, words)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t(of ? "common.save" : "webhook.create")}
      </Button>
    </Form>
  );
}

// The fields that the service refuses, in words of ours: only two can be wrong.
function refusedIn(error: Error, { t }: Say) {
  const refused = [...refusalOf(error).fields.keys()];
  return [
    { name: "url" as const, errors: refused.includes("url") ? [t("webhook.urlWrong")] : [] },
    {
      name: "eventTypes" as const,
      errors: refused.some((field) => field.startsWith("event_types"))
        ? [t("webhook.eventsWrong")]
        : [],
    },
  ];
}

function optionsOf(types: string[] = [], words: Say) {
  const { t, name } = words;
  const patterns = patternsOf(types).map((value) => ({
    value,
    label:
      value === "*"
        ? `* ${t("webhook.everything")}`
        : `${value} ${t("webhook.allOf", { kind: name("webhookKind", value.slice(0, -2)) })}`,
  }));
  return [
    ...patterns,
    ...types.map((value) => ({ value, label: `${value} ${typeInWords(value, words)}` })),
  ];
}
