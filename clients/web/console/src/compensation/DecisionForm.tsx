import {
  CompensationKindSchema,
  type Compensation,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { Button, Form, Input } from "antd";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { useAct, useWithWords, type Decision } from "./queries";

interface Props {
  of: Compensation;
  decision: Decision;
  onDone: () => void;
}

// A supervisor's decision, under what it is about. Who is declined is told why.
export function DecisionForm(props: Props) {
  const read = useWithWords(props.of);
  return (
    <Loaded of={read} rows={4}>
      {(one) => <Fields {...props} of={one} />}
    </Loaded>
  );
}

function Fields({ of, decision, onDone }: Props) {
  const { t } = useWords();
  const act = useAct(onDone);
  return (
    <Form<{ text?: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ text }) => act.mutate({ one: of, act: decision, text: text?.trim() ?? "" })}
    >
      {act.error && <ErrorNotice error={act.error} />}
      <What of={of} />
      <Form.Item
        name="text"
        label={t("compensation.decisionText")}
        rules={[
          {
            required: decision === "decline",
            whitespace: true,
            message: t("compensation.decisionTextMissing"),
          },
          { max: 2000, message: t("form.tooLong", { count: 2000 }) },
        ]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={act.isPending}>
        {t(`compensation.${decision}`)}
      </Button>
    </Form>
  );
}

function What({ of }: { of: Compensation }) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  return (
    <>
      <p className="queue-line">
        <Link to={`/workbench/${String(of.caseNumber)}`}>#{String(of.caseNumber)}</Link>
        <span>{name("compensationKind", enumName(CompensationKindSchema, of.kind))}</span>
        <MoneyText of={of.amount} />
        <span>{name("compensationReason", of.reason)}</span>
      </p>
      <p className="quiet">
        {t("compensation.by")} {memberName(of.offeredById)} · <TimeText of={of.createTime} />
      </p>
      {of.text && <q className="words">{of.text}</q>}
    </>
  );
}
