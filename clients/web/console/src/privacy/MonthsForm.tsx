import { Button, Form, InputNumber, Select } from "antd";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useRetentionRules } from "./queries";

// The shop's settings that services read their retention rules from.
const settings = ["retention_contact_months", "retention_reveal_months", "retention_text_months"];
const mostMonths = 1200;

interface Entered {
  name: string;
  months: number;
}

// Sets how long one thing is kept; 0 keeps it for ever.
export function MonthsForm() {
  const { t, name } = useWords();
  const { api } = useWork();
  const [form] = Form.useForm<Entered>();
  const save = useChanging(
    ({ name: setting, months }: Entered, requestId) =>
      api.shops.setShopSetting({ requestId, name: setting, value: String(months) }),
    ["retention"],
  );
  const reads = useRetentionRules(
    save.isSuccess ? { ...save.variables, saveTime_ms: save.submittedAt } : undefined,
  );
  const rules = reads.flatMap(({ read }) => read.data ?? []);
  const presentOf = (setting: string | undefined) =>
    rules.find((rule) => rule.setting === setting)?.months;
  if (reads.some(({ read }) => read.isPending)) return null;
  return (
    <Form<Entered>
      form={form}
      layout="inline"
      colon={false}
      requiredMark={false}
      initialValues={{ name: settings[0], months: presentOf(settings[0]) }}
      onValuesChange={({ name: chosen }: Partial<Entered>) => {
        if (chosen) form.setFieldValue("months", presentOf(chosen));
      }}
      onFinish={(entered) => save.mutate(entered)}
    >
      <Form.Item name="name" label={t("privacy.rule")}>
        <Select
          popupMatchSelectWidth={false}
          options={settings.map((value) => ({ value, label: name("retention", value) }))}
        />
      </Form.Item>
      <Form.Item
        name="months"
        label={t("privacy.keepMonths")}
        rules={[{ required: true, message: t("form.notNumber") }]}
      >
        <InputNumber min={0} max={mostMonths} precision={0} />
      </Form.Item>
      <Button htmlType="submit" loading={save.isPending}>
        {t("common.save")}
      </Button>
      {save.isSuccess && <span role="status">{t("privacy.monthsSaved")}</span>}
      {save.error && <ErrorNotice error={save.error} />}
    </Form>
  );
}
