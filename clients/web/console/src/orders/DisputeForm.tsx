import { DisputeChannel } from "@redress/contract/redress/aftersales/v1/dispute_pb";
import {
  OpenDisputeRequestSchema,
  type OpenDisputeRequest,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Select } from "antd";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";

interface Props {
  order: Order;
  onCancel: () => void;
}

// What the caller knows or gives another input.
const known = ["request_id", "order_id", "line_id", "text"];

// Opens a dispute about the order or one of its lines.
export function DisputeForm({ order, onCancel }: Props) {
  const { t } = useWords();
  const [lineId, setLineId] = useState("");
  const open = useOpenDispute();
  const lines = order.lines.filter((line) => !line.postage);
  return (
    <>
      {open.error && <ErrorNotice error={open.error} />}
      <Form.Item layout="vertical" label={t("case.line")} htmlFor="dispute_line">
        <Select
          id="dispute_line"
          value={lineId}
          onChange={setLineId}
          options={[
            { value: "", label: t("dispute.whole") },
            ...lines.map((line) => ({ value: line.lineId, label: line.title || line.sku })),
          ]}
        />
      </Form.Item>
      <MessageForm
        message={OpenDisputeRequestSchema}
        skip={known}
        currency={order.paid?.currencyCode ?? ""}
        initial={{ channel: DisputeChannel.DIRECT_COMPLAINT }}
        textLabel={t("order.text")}
        textHint={t("case.noteHint")}
        submitText={t("dispute.open")}
        busy={open.isPending}
        refusal={open.error ? refusalOf(open.error) : undefined}
        onSubmit={(filled, text) =>
          open.mutate({
            ...(filled as OpenDisputeRequest),
            orderId: order.orderId,
            lineId,
            text,
          })
        }
        onCancel={onCancel}
      />
    </>
  );
}

function useOpenDispute() {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const requestId = useRef(newRequestId());
  return useMutation({
    mutationFn: (request: OpenDisputeRequest) =>
      api.cases.openDispute({ ...request, requestId: requestId.current }),
    onSuccess: (answer) => {
      const number = String(answer.case?.caseNumber ?? "");
      void queries.invalidateQueries({ queryKey: [shop.shopId, "cases"] });
      void message.success(t("order.opened", { number }));
      void navigate(`/workbench/${number}`);
    },
  });
}
