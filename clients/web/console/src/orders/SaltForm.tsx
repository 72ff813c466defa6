import { App, Button, Form, Input } from "antd";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useSetCarrierSalt } from "./ruleQueries";

interface Props {
  isKept: boolean;
  mayChange: boolean;
}

// The salt that Kuaidi100 signs its pushes with: it is written here and never shown again.
export function SaltForm({ isKept, mayChange }: Props) {
  const { t } = useWords();
  return (
    <section aria-labelledby="salt-title" className="settings-form">
      <h2 id="salt-title">{t("orderRules.salt")}</h2>
      <p className="quiet">{t(isKept ? "orderRules.saltKept" : "orderRules.saltMissing")}</p>
      {mayChange && <Entering isKept={isKept} />}
    </section>
  );
}

function Entering({ isKept }: { isKept: boolean }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ salt: string }>();
  const set = useSetCarrierSalt();
  const keep = (entered: { salt: string }) =>
    set.mutate(entered, {
      onSuccess: () => {
        form.resetFields();
        // What was sent is not kept in memory longer than it is needed.
        set.reset();
        void message.success(t("orderRules.saltSaved"));
      },
    });
  return (
    <Form<{ salt: string }> form={form} layout="vertical" requiredMark={false} onFinish={keep}>
      {set.error && <ErrorNotice error={set.error} />}
      <Form.Item
        name="salt"
        label={t("orderRules.newSalt")}
        extra={t("orderRules.saltHint")}
        rules={[{ required: true, min: 8, max: 100, message: t("orderRules.saltForm") }]}
        validateTrigger="onBlur"
      >
        <Input.Password autoComplete="new-password" maxLength={100} />
      </Form.Item>
      <Button htmlType="submit" loading={set.isPending}>
        {t(isKept ? "orderRules.replaceSalt" : "orderRules.keepSalt")}
      </Button>
    </Form>
  );
}
