import { Button, Form, Input } from "antd";
import type { ReactNode } from "react";
import { useWords } from "../words";
import { ErrorNotice } from "../ui/ErrorNotice";

interface Props {
  label: string;
  hint?: string;
  submitText: string;
  isDangerous?: boolean;
  isBlocked?: boolean;
  isBusy: boolean;
  error: Error | null;
  // Fields before the reason.
  children?: ReactNode;
  onSubmit: (reason: string) => void;
  onCancel?: () => void;
}

const trimmed = (entered: string | undefined) => (entered ?? "").trim();

// Asks why before something that is kept on record.
export function ReasonForm(props: Props) {
  const { t } = useWords();
  return (
    <Form<{ reason: string }>
      layout="vertical"
      className="reason-form"
      requiredMark={false}
      onFinish={({ reason }) => props.onSubmit(reason.trim())}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onCancel?.();
      }}
    >
      {props.children}
      <Form.Item
        name="reason"
        label={props.label}
        extra={props.hint}
        validateFirst
        rules={[
          { required: true, whitespace: true, message: t("form.required", { field: props.label }) },
          { min: 2, transform: trimmed, message: t("form.tooShort", { count: 2 }) },
          { max: 200, message: t("form.tooLong", { count: 200 }) },
        ]}
      >
        <Input autoFocus={!props.children} autoComplete="off" />
      </Form.Item>
      {props.error && <ErrorNotice error={props.error} />}
      <div className="form-buttons">
        <Button
          type="primary"
          size="small"
          htmlType="submit"
          danger={props.isDangerous === true}
          disabled={props.isBlocked === true}
          loading={props.isBusy}
        >
          {props.submitText}
        </Button>
        {props.onCancel && (
          <Button size="small" onClick={props.onCancel}>
            {t("common.cancel")}
          </Button>
        )}
      </div>
    </Form>
  );
}
