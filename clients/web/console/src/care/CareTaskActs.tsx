import type { CareTask } from "@redress/contract/redress/customer/v1/care_service_pb";
import { Code } from "@connectrpc/connect";
import { Alert, Button, Form, Input } from "antd";
import { isRefusal } from "../shared/api/refusal";
import { ReasonInput } from "../shared/form/ReasonInput";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useCareRules, type useCareAct } from "./queries";
import { WishesForm } from "./WishesForm";

export type Doing = "finish" | "skip" | "wishes" | undefined;

interface Props {
  of: CareTask;
  may: { claim: boolean; finish: boolean; skip: boolean; release: boolean };
  act: ReturnType<typeof useCareAct>;
  doing: Doing;
  onDoing: (doing: Doing) => void;
}

// What one may do with the chosen task.
export function CareTaskActs({ of, may, act, doing, onDoing }: Props) {
  const { t } = useWords();
  const button = (key: string, label: string, onClick: () => void, primary = false) => (
    <Button
      size="small"
      type={primary ? "primary" : "default"}
      aria-keyshortcuts={key}
      loading={act.isPending}
      onClick={onClick}
    >
      {label} <kbd>{key}</kbd>
    </Button>
  );
  return (
    <div className="care-acts">
      <div className="form-buttons">
        {may.claim && button("c", t("care.claim"), () => act.mutate({ of, act: "claim" }), true)}
        {may.finish && button("d", t("care.finish"), () => onDoing("finish"), true)}
        {may.skip && button("s", t("care.skip"), () => onDoing("skip"))}
        {may.release && button("r", t("care.release"), () => act.mutate({ of, act: "release" }))}
        <Button size="small" type="text" onClick={() => onDoing("wishes")}>
          {t("care.wishes")}
        </Button>
      </div>
      <ActNotice error={act.error} />
      {doing === "finish" && <FinishForm of={of} act={act} onCancel={() => onDoing(undefined)} />}
      {doing === "skip" && <SkipForm of={of} act={act} onCancel={() => onDoing(undefined)} />}
      {doing === "wishes" && (
        <WishesForm customerId={of.customerId} onDone={() => onDoing(undefined)} />
      )}
    </div>
  );
}

// Why nothing was done; where a colleague was faster, the list shows it by now.
export function ActNotice({ error }: { error: Error | null }) {
  const { t } = useWords();
  if (!error) return null;
  if (!isRefusal(error, Code.Aborted)) return <ErrorNotice error={error} />;
  return <Alert type="warning" showIcon role="alert" title={t("care.changed")} />;
}

interface FormProps {
  of: CareTask;
  act: Props["act"];
  onCancel: () => void;
}

function FinishForm({ of, act, onCancel }: FormProps) {
  const { t } = useWords();
  const rule = useCareRules().data?.find((one) => one.ruleCode === of.ruleCode);
  return (
    <Form<{ result: string; couponCode?: string }>
      layout="vertical"
      className="action-form"
      requiredMark={false}
      onFinish={({ result, couponCode = "" }) =>
        act.mutate({ of, act: "finish", result, couponCode: couponCode.trim() })
      }
    >
      <Form.Item
        name="result"
        label={t("care.result")}
        rules={[{ required: true, message: t("webhook.missing") }]}
      >
        <ReasonInput group="careResult" autoFocus />
      </Form.Item>
      <Form.Item
        name="couponCode"
        label={t("care.couponCode")}
        rules={[
          { pattern: /^\s*[A-Za-z0-9._-]*\s*$/, message: t("care.couponForm") },
          { required: rule?.coupon ?? false, whitespace: true, message: t("care.couponMissing") },
        ]}
      >
        <Input autoComplete="off" maxLength={60} />
      </Form.Item>
      <Buttons text={t("care.finish")} act={act} onCancel={onCancel} />
    </Form>
  );
}

function SkipForm({ of, act, onCancel }: FormProps) {
  const { t } = useWords();
  return (
    <Form<{ reason: string }>
      layout="vertical"
      className="action-form"
      requiredMark={false}
      onFinish={({ reason }) => act.mutate({ of, act: "skip", reason })}
    >
      <Form.Item
        name="reason"
        label={t("care.why")}
        rules={[{ required: true, message: t("webhook.missing") }]}
      >
        <ReasonInput group="careSkip" autoFocus />
      </Form.Item>
      <Buttons text={t("care.skip")} act={act} onCancel={onCancel} />
    </Form>
  );
}

function Buttons({ text, act, onCancel }: { text: string } & Pick<FormProps, "act" | "onCancel">) {
  const { t } = useWords();
  return (
    <div className="form-buttons">
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {text}
      </Button>
      <Button onClick={onCancel}>{t("common.cancel")}</Button>
    </div>
  );
}
