import { Code } from "@connectrpc/connect";
import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  CompensationKind,
  CompensationKindSchema,
  type CompensationBudget,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Radio, Select } from "antd";
import { useState } from "react";
import { ConflictNotice } from "../case/ConflictNotice";
import { useWork } from "../session/work";
import { isRefusal } from "../shared/api/refusal";
import { decimalToMinor } from "../shared/format/money";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useBudget, useRequest } from "./queries";

interface Entered {
  kind: CompensationKind;
  amount?: string;
  reason: string;
  text?: string;
}

interface Props {
  of: Case;
  actions: AllowedAction[];
  onDone: () => void;
}

const kinds = CompensationKindSchema.values.filter((value) => value.number !== 0);

// Money or a coupon for the buyer, with what the month still has.
export function OfferForm(props: Props) {
  const budget = useBudget();
  return (
    <Loaded of={budget} rows={3}>
      {(read) => read.budget && <Fields {...props} budget={read.budget} reasons={read.reasons} />}
    </Loaded>
  );
}

interface FieldsProps extends Props {
  budget: CompensationBudget;
  reasons: string[];
}

function Fields({ of, actions, budget, reasons, onDone }: FieldsProps) {
  const { t, name } = useWords();
  const currency = of.amountAsked?.currencyCode || budget.left?.currencyCode || "";
  const offer = useOffer(of, currency, onDone);
  const [form] = Form.useForm<Entered>();
  const minor = decimalToMinor(Form.useWatch("amount", form) ?? "", currency) ?? 0n;
  const isAboveSingle = minor > (budget.singleLimit?.minorUnits ?? 0n);
  const judge = (_: unknown, text?: string) => {
    const amount = decimalToMinor(text ?? "", currency);
    const isGood = amount !== undefined && amount > 0n;
    return isGood ? Promise.resolve() : Promise.reject(new Error(t("compensation.amountWrong")));
  };
  return (
    <Form<Entered>
      form={form}
      className="message-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t("compensation.offer")}
      initialValues={{ kind: CompensationKind.COUPON }}
      onFinish={(entered) => offer.send.mutate(entered)}
    >
      {offer.isConflict && (
        <ConflictNotice
          of={of}
          seenVersion={offer.seenVersion}
          actions={actions}
          isAllowed={!of.final}
          onLooked={offer.look}
        />
      )}
      {offer.send.error && !offer.isConflict && <ErrorNotice error={offer.send.error} />}
      <p className="quiet wide">
        {t("compensation.left", { month: budget.month })} <MoneyText of={budget.left} />
        {" / "}
        <MoneyText of={budget.monthLimit} />
      </p>
      <Form.Item name="kind" label={t("compensation.kind")}>
        <Radio.Group
          optionType="button"
          options={kinds.map((value) => ({
            value: value.number,
            label: name("compensationKind", value.name),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="amount"
        label={t("compensation.amount")}
        extra={isAboveSingle && t("compensation.needsSupervisor")}
        rules={[{ validator: judge }]}
        validateTrigger="onBlur"
      >
        <Input autoFocus autoComplete="off" inputMode="decimal" suffix={currency} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("compensation.reason")}
        rules={[{ required: true, message: t("compensation.reasonMissing") }]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={reasons.map((code) => ({
            value: code,
            label: name("compensationReason", code),
          }))}
        />
      </Form.Item>
      <WordsToBuyer isReview={of.kind === "review"} />
      <div className="form-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={offer.send.isPending}
          disabled={offer.isConflict}
        >
          {t("compensation.offer")}
        </Button>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}

// On a review they say that it is for the fault, and hang on nothing.
function WordsToBuyer({ isReview }: { isReview: boolean }) {
  const { t } = useWords();
  return (
    <Form.Item
      name="text"
      className="wide"
      label={t("compensation.text")}
      extra={isReview && t("compensation.reviewHint")}
      rules={[
        { required: isReview, whitespace: true, message: t("compensation.textMissing") },
        { max: 2000, message: t("form.tooLong", { count: 2000 }) },
      ]}
    >
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} />
    </Form.Item>
  );
}

function useOffer(of: Case, currencyCode: string, onDone: () => void) {
  const { api } = useWork();
  const request = useRequest(onDone);
  // The version that was looked at: what a colleague does meanwhile is shown, not overwritten.
  const [seenVersion, setSeenVersion] = useState(of.version);
  const send = useMutation({
    mutationFn: ({ kind, amount, reason, text }: Entered) =>
      api.compensations.offerCompensation({
        requestId: request.id(),
        caseId: of.caseId,
        version: seenVersion,
        kind,
        amount: { currencyCode, minorUnits: decimalToMinor(amount ?? "", currencyCode) ?? 0n },
        reason,
        text: text?.trim() ?? "",
      }),
    ...request.handlers,
  });
  return {
    send,
    seenVersion,
    isConflict: send.error !== null && isRefusal(send.error, Code.Aborted),
    look: () => {
      setSeenVersion(of.version);
      send.reset();
    },
  };
}
