import { DisputeChannel } from "@redress/contract/redress/aftersales/v1/dispute_pb";
import {
  OpenDisputeRequestSchema,
  type OpenDisputeRequest,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { RepeatedCase } from "./RepeatedCase";
import { SubjectInput } from "./SubjectInput";
import { useOpenCase } from "./useOpenCase";

interface Props {
  order: Order;
  onCancel: () => void;
}

// What the caller knows or gives another input.
const known = ["request_id", "order_id", "line_id", "repeats_case_id", "text"];

// Opened by the refund that is escalated.
const withoutEscalated = [DisputeChannel.ESCALATED_REFUND];

// Opens a dispute about the order or one of its lines.
export function DisputeForm({ order, onCancel }: Props) {
  const { t } = useWords();
  const { api } = useWork();
  const [lineId, setLineId] = useState("");
  const [repeatsCaseId, setRepeated] = useState("");
  const open = useOpenCase((request: OpenDisputeRequest) => api.cases.openDispute(request));
  return (
    <>
      {open.error && <ErrorNotice error={open.error} />}
      <SubjectInput
        id="dispute_line"
        order={order}
        lineId={lineId}
        whole={t("dispute.whole")}
        onChoose={(chosen) => {
          setLineId(chosen);
          setRepeated("");
        }}
      />
      <RepeatedCase
        orderId={order.orderId}
        lineId={lineId}
        value={repeatsCaseId}
        onChange={setRepeated}
      />
      <MessageForm
        message={OpenDisputeRequestSchema}
        without={withoutEscalated}
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
            repeatsCaseId,
            text,
          })
        }
        onCancel={onCancel}
      />
    </>
  );
}
