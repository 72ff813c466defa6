import {
  CompensationKind,
  CompensationState,
  CompensationStateSchema,
  type Compensation,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Radio } from "antd";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useRequest } from "./queries";

interface Entered {
  result: CompensationState;
  reference?: string;
  why?: string;
}

interface Props {
  of: Compensation;
  onDone: () => void;
}

const results: number[] = [
  CompensationState.GIVEN,
  CompensationState.FAILED,
  CompensationState.UNKNOWN,
];

// What became of one that somebody has in hand: given (with its reference or code), failed, or
// nobody knows (with why).
export function GivenForm({ of, onDone }: Props) {
  const { t, name } = useWords();
  const record = useRecord(of, onDone);
  const [form] = Form.useForm<Entered>();
  const isGiven = Form.useWatch("result", form) === CompensationState.GIVEN;
  const isMoney = of.kind === CompensationKind.MONEY;
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ result: CompensationState.GIVEN }}
      onFinish={(entered) => record.mutate(entered)}
    >
      <p className="big-amount">
        <MoneyText of={of.amount} />
      </p>
      {record.error && <ErrorNotice error={record.error} />}
      <Form.Item name="result" label={t("compensation.result")}>
        <Radio.Group
          optionType="button"
          options={CompensationStateSchema.values
            .filter((value) => results.includes(value.number))
            .filter((value) => !Object.is(value.number, of.state))
            .map((value) => ({
              value: value.number,
              label: name("compensationState", value.name),
            }))}
        />
      </Form.Item>
      {isGiven ? (
        <Form.Item
          key="reference"
          name="reference"
          label={t(isMoney ? "compensation.reference" : "compensation.code")}
          rules={[
            { required: true, whitespace: true, message: t("compensation.referenceMissing") },
            { max: 64, message: t("form.tooLong", { count: 64 }) },
            ...(isMoney ? [{ pattern: /^[A-Za-z0-9:._/-]*$/, message: t("form.pattern") }] : []),
          ]}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
      ) : (
        <Form.Item
          key="why"
          name="why"
          label={t("compensation.why")}
          rules={[
            { required: true, whitespace: true, message: t("compensation.whyMissing") },
            { max: 200, message: t("form.tooLong", { count: 200 }) },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={record.isPending}>
        {t("compensation.record")}
      </Button>
    </Form>
  );
}

function useRecord(of: Compensation, onDone: () => void) {
  const { api } = useWork();
  const request = useRequest(onDone);
  return useMutation({
    mutationFn: ({ result, reference, why }: Entered) => {
      const given = result === CompensationState.GIVEN ? (reference?.trim() ?? "") : "";
      const isMoney = of.kind === CompensationKind.MONEY;
      return api.compensations.recordCompensationResult({
        requestId: request.id(),
        caseId: of.caseId,
        number: of.number,
        version: of.version,
        result,
        paymentReference: isMoney ? given : "",
        couponCode: isMoney ? "" : given,
        why: result === CompensationState.GIVEN ? "" : (why?.trim() ?? ""),
      });
    },
    ...request.handlers,
  });
}
