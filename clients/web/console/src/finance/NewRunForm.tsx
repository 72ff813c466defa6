import { App, Button, Form, Input, InputNumber } from "antd";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { decimalToMinor } from "../shared/format/money";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { runTopics } from "./runs";

interface Entered {
  currencyCode?: string;
  maxPayments?: number | null;
  maxTotal?: string;
}

const most = 5000;

// What the new run may hold; everything may stay empty.
export function NewRunForm() {
  const { t } = useWords();
  const { shop } = useWork();
  const create = useCreate();
  const [form] = Form.useForm<Entered>();
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(entered) => create.mutate(entered)}
    >
      <p>{t("bankRun.newHint")}</p>
      {create.error && <ErrorNotice error={create.error} />}
      <Form.Item
        name="currencyCode"
        label={t("bankRun.currency")}
        extra={t("bankRun.currencyHint")}
        rules={[{ pattern: /^[A-Z]{3}$/, message: t("bankRun.currencyWrong") }]}
        normalize={(text: string) => text.toUpperCase()}
      >
        <Input autoFocus autoComplete="off" maxLength={3} placeholder={shop.currencyCode} />
      </Form.Item>
      <Form.Item name="maxPayments" label={t("bankRun.maxPayments")}>
        <InputNumber min={1} max={most} precision={0} placeholder={String(most)} />
      </Form.Item>
      <Form.Item
        name="maxTotal"
        label={t("bankRun.maxTotal")}
        rules={[
          {
            validator: (_, text?: string) =>
              !text || decimalToMinor(text, shop.currencyCode) !== undefined
                ? Promise.resolve()
                : Promise.reject(new Error(t("bankRun.maxTotalWrong"))),
          },
        ]}
      >
        <Input autoComplete="off" inputMode="decimal" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t("bankRun.create")}
      </Button>
    </Form>
  );
}

function useCreate() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const navigate = useNavigate();
  return useChanging(
    ({ currencyCode = "", maxPayments, maxTotal }: Entered, requestId) =>
      api.bankRuns.createBankRun({
        requestId,
        currencyCode,
        maxPayments: maxPayments ?? 0,
        maxTotalMinor: maxTotal
          ? (decimalToMinor(maxTotal, currencyCode || shop.currencyCode) ?? 0n)
          : 0n,
      }),
    runTopics,
    ({ run }) => {
      if (!run) return;
      void message.success(t("bankRun.made", { number: String(run.runNumber) }));
      void navigate(`/settlements/runs/${run.runId}`);
    },
  );
}
