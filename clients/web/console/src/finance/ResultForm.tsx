import { Code } from "@connectrpc/connect";
import {
  SettlementState,
  SettlementStateSchema,
  type Settlement,
} from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio } from "antd";
import { useRef } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isRefusal } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

interface Entered {
  result: SettlementState;
  paymentReference?: string;
  reason?: string;
}

// A payment that has an answer: sent (with its reference), failed, or nobody knows (with why).
const notResults: number[] = [
  SettlementState.UNSPECIFIED,
  SettlementState.PENDING,
  SettlementState.CANCELLED,
];
const results = SettlementStateSchema.values.filter((value) => !notResults.includes(value.number));

interface Props {
  of: Settlement;
  onDone: () => void;
}

export function ResultForm({ of, onDone }: Props) {
  const { t, name } = useWords();
  const record = useRecord(of, onDone);
  const [form] = Form.useForm<Entered>();
  const isSettled = Form.useWatch("result", form) === SettlementState.SETTLED;
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ result: SettlementState.SETTLED }}
      onFinish={(entered) => record.mutate(entered)}
    >
      <p className="big-amount">
        <MoneyText of={of.amount} />
      </p>
      {record.error && <ErrorNotice error={record.error} />}
      <Form.Item name="result" label={t("finance.result")}>
        <Radio.Group
          optionType="button"
          options={results.map((value) => ({
            value: value.number,
            label: name("settlementState", value.name),
          }))}
        />
      </Form.Item>
      {isSettled ? (
        <Form.Item
          key="reference"
          name="paymentReference"
          label={t("finance.reference")}
          rules={[
            { required: true, whitespace: true, message: t("finance.referenceMissing") },
            { max: 64, message: t("form.tooLong", { count: 64 }) },
            { pattern: /^[A-Za-z0-9:._/-]*$/, message: t("form.pattern") },
          ]}
        >
          <Input autoFocus autoComplete="off" />
        </Form.Item>
      ) : (
        <Form.Item
          key="reason"
          name="reason"
          label={t("finance.reason")}
          extra={t("finance.reasonHint")}
          rules={[
            { required: true, whitespace: true, message: t("finance.reasonMissing") },
            { max: 200, message: t("form.tooLong", { count: 200 }) },
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={record.isPending}>
        {t("finance.record")}
      </Button>
    </Form>
  );
}

function useRecord(of: Settlement, onDone: () => void) {
  const { t, name } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (entered: Entered) =>
      api.settlements.recordSettlementResult({
        requestId: requestId.current,
        caseId: of.caseId,
        attempts: of.attempts,
        result: entered.result,
        paymentReference: entered.paymentReference?.trim() ?? "",
        reason: entered.reason?.trim() ?? "",
      }),
    onSuccess: (_, entered) => {
      const result = name("settlementState", enumName(SettlementStateSchema, entered.result));
      void message.success(t("finance.recorded", { result }));
      void queries.invalidateQueries({ queryKey: [shop.shopId] });
      onDone();
    },
    onError: (error) => {
      // It was commanded again meanwhile: the list shows what has to be recorded now.
      if (isRefusal(error, Code.Aborted)) {
        void queries.invalidateQueries({ queryKey: [shop.shopId] });
      }
    },
  });
}
