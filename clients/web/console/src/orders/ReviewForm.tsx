import {
  OpenReviewRequestSchema,
  type OpenReviewRequest,
} from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { ReviewRating } from "@redress/contract/redress/aftersales/v1/review_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { DatePicker, Form } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { pickedForm, pickedIn } from "../shared/ui/picked";
import { useWords } from "../shared/words";
import { SubjectInput } from "./SubjectInput";
import { useOpenCase } from "./useOpenCase";

interface Props {
  order: Order;
  onCancel: () => void;
}

// What the caller knows or gives another input.
const known = ["request_id", "order_id", "line_id", "review_time", "text"];
// Good reviews are no cases.
const without: number[] = [ReviewRating.GOOD];

// Opens the case of a bad or neutral review of the order or one of its lines.
export function ReviewForm({ order, onCancel }: Props) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const [lineId, setLineId] = useState("");
  const [writtenAt, setWrittenAt] = useState<Dayjs | null>(null);
  const [isTimeMissing, setTimeMissing] = useState(false);
  const open = useOpenCase((request: OpenReviewRequest) => api.cases.openReview(request));
  const submit = (filled: OpenReviewRequest, text: string) => {
    setTimeMissing(!writtenAt);
    if (!writtenAt) return;
    const reviewTime = pickedIn(shop.timeZone, writtenAt);
    open.mutate({ ...filled, orderId: order.orderId, lineId, reviewTime, text });
  };
  return (
    <>
      {open.error && <ErrorNotice error={open.error} />}
      <SubjectInput
        id="review_line"
        order={order}
        lineId={lineId}
        whole={t("review.whole")}
        onChoose={setLineId}
      />
      <Form.Item
        layout="vertical"
        label={t("field.review_time")}
        htmlFor="review_time"
        {...(isTimeMissing && { validateStatus: "error", help: t("review.missingTime") })}
      >
        <DatePicker
          id="review_time"
          showTime={{ format: "HH:mm" }}
          format={pickedForm}
          value={writtenAt}
          onChange={setWrittenAt}
          needConfirm={false}
        />
      </Form.Item>
      <MessageForm
        message={OpenReviewRequestSchema}
        skip={known}
        without={without}
        currency={order.paid?.currencyCode ?? ""}
        textLabel={t("order.text")}
        textHint={t("case.noteHint")}
        submitText={t("review.open")}
        busy={open.isPending}
        refusal={open.error ? refusalOf(open.error) : undefined}
        onSubmit={(filled, text) => submit(filled as OpenReviewRequest, text)}
        onCancel={onCancel}
      />
    </>
  );
}
