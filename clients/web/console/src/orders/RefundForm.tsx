import { create } from "@bufbuild/protobuf";
import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  OpenRefundRequestSchema,
  type OpenRefundRequest,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { MoneySchema } from "@redress/contract/redress/common/v1/money_pb";
import type { Order, OrderLine } from "@redress/contract/redress/order/v1/order_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { refusalOf } from "../shared/api/refusal";
import { decimalToMinor, decimalsOf, formatMoney, minorToDecimal } from "../shared/format/money";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { RepeatedCase } from "./RepeatedCase";

interface Props {
  order: Order;
  line: OrderLine;
  onCancel: () => void;
}

// What the caller knows or gives another input: the order and line, and the amount with its bound.
const known = [
  "request_id",
  "order_id",
  "line_id",
  "amount_asked",
  "platform_refund_id",
  "repeats_case_id",
  "text",
];

// Postage is a line of its own: it is refunded there, and nothing else is.
const forGoods = [RefundVariant.POSTAGE];
const forPostage = [
  RefundVariant.REFUND_ONLY,
  RefundVariant.RETURN_AND_REFUND,
  RefundVariant.EXCHANGE,
  RefundVariant.RESHIP,
  RefundVariant.PRICE_DIFFERENCE,
];

// Opens a refund on one line: quantity, amount up to what may be refunded, variant, reason, text.
export function RefundForm({ order, line, onCancel }: Props) {
  const { t, locale } = useWords();
  const ceiling = line.refundCeiling ?? create(MoneySchema);
  const { currencyCode } = ceiling;
  const [amount, setAmount] = useState(minorToDecimal(ceiling.minorUnits, currencyCode));
  const [isJudged, setIsJudged] = useState(false);
  const [repeatsCaseId, setRepeated] = useState("");
  const minor = decimalToMinor(amount, currencyCode);
  const most = formatMoney(ceiling, locale);
  const problem = amountProblem(minor, ceiling.minorUnits);
  const open = useOpenRefund();
  const submit = (filled: OpenRefundRequest, text: string) => {
    setIsJudged(true);
    if (problem || minor === undefined) return;
    open.mutate({
      ...filled,
      orderId: order.orderId,
      lineId: line.lineId,
      repeatsCaseId,
      text,
      amountAsked: create(MoneySchema, { currencyCode, minorUnits: minor }),
    });
  };
  const words = {
    notMoney: t("form.notMoney", { digits: decimalsOf(currencyCode) }),
    atMost: t("form.atMost", { bound: most }),
    atLeast: t("form.atLeast", { bound: minorToDecimal(1n, currencyCode) }),
  };
  return (
    <>
      <p>
        <strong>{line.postage ? t("order.postage") : line.title || line.sku}</strong>{" "}
        <span className="quiet">{line.sku}</span>
      </p>
      {open.error && <ErrorNotice error={open.error} />}
      <Form.Item
        layout="vertical"
        label={t("field.amount_asked")}
        htmlFor="amount_asked"
        extra={t("order.atMost", { amount: most })}
        {...(isJudged && problem && { validateStatus: "error", help: words[problem] })}
      >
        <Input
          id="amount_asked"
          value={amount}
          suffix={currencyCode}
          inputMode="decimal"
          onChange={(event) => setAmount(event.target.value)}
          onBlur={() => setIsJudged(true)}
        />
      </Form.Item>
      <RepeatedCase
        orderId={order.orderId}
        lineId={line.lineId}
        value={repeatsCaseId}
        onChange={setRepeated}
      />
      <MessageForm
        message={OpenRefundRequestSchema}
        skip={known}
        currency={currencyCode}
        without={line.postage ? forPostage : forGoods}
        initial={{
          quantity: "1",
          variant: line.postage ? RefundVariant.POSTAGE : RefundVariant.REFUND_ONLY,
        }}
        textLabel={t("order.text")}
        textHint={t("case.noteHint")}
        submitText={t("order.newRefund")}
        busy={open.isPending}
        refusal={open.error ? refusalOf(open.error) : undefined}
        onSubmit={(filled, text) => submit(filled as OpenRefundRequest, text)}
        onCancel={onCancel}
      />
    </>
  );
}

function amountProblem(minor: bigint | undefined, ceiling: bigint) {
  if (minor === undefined) return "notMoney";
  if (minor < 1n) return "atLeast";
  return minor > ceiling ? "atMost" : undefined;
}

function useOpenRefund() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (request: OpenRefundRequest) =>
      api.cases.openRefund({ ...request, requestId: requestId.current }),
    onSuccess: (answer) => {
      const number = String(answer.case?.caseNumber ?? "");
      void queries.invalidateQueries({ queryKey: [shop.shopId, "cases"] });
      void message.success(t("order.opened", { number }));
      void navigate(`/workbench/${number}`);
    },
  });
}
