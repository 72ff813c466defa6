import {
  ReminderChannel,
  ReminderChannelSchema,
  type UnpaidOrder,
} from "@redress/contract/redress/order/v1/reminder_service_pb";
import { Button, Form, Select } from "antd";
import { usePhrases } from "../messages/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { ReminderText } from "./ReminderText";

interface Entered {
  channel: ReminderChannel;
  phraseId?: string;
}

// The words to send, and that they were sent.
export function ReminderForm({ of, onDone }: { of: UnpaidOrder; onDone: () => void }) {
  const { t, name } = useWords();
  const { api } = useWork();
  const [form] = Form.useForm<Entered>();
  const phrases = usePhrases();
  const phraseId = Form.useWatch<string | undefined>("phraseId", form);
  const phrase = phrases.data?.find((one) => one.phraseId === phraseId);
  const record = useChanging(
    ({ channel, phraseId: used = "" }: Entered, requestId) =>
      api.reminders.recordReminder({ requestId, orderId: of.orderId, channel, phraseId: used }),
    ["unpaid"],
    onDone,
  );
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ channel: ReminderChannel.CHAT }}
      onFinish={(entered) => record.mutate(entered)}
    >
      {record.error && <ErrorNotice error={record.error} />}
      <p className="quiet">{t("orderDesk.remindHint")}</p>
      <Form.Item name="channel" label={t("orderDesk.channel")}>
        <Select
          options={ReminderChannelSchema.values
            .filter((value) => value.number !== 0)
            .map((value) => ({ value: value.number, label: name("reminderChannel", value.name) }))}
        />
      </Form.Item>
      <Form.Item name="phraseId" label={t("orderDesk.phrase")}>
        <Select
          allowClear
          loading={phrases.isPending}
          placeholder={t("orderDesk.ownWords")}
          showSearch={{ optionFilterProp: "label" }}
          options={(phrases.data ?? []).map((one) => ({ value: one.phraseId, label: one.name }))}
        />
      </Form.Item>
      {phrase && <ReminderText of={of} phrase={phrase} />}
      <Button type="primary" htmlType="submit" loading={record.isPending}>
        {t("orderDesk.markSent")}
      </Button>
    </Form>
  );
}
