import type { Case, PriorityReason } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  ReviewChange,
  ReviewChangeSchema,
  ReviewFault,
  ReviewFaultSchema,
  ReviewJudgementSchema,
  ReviewOffer,
  ReviewOfferSchema,
  ReviewRatingSchema,
  ReviewReplyReason,
  ReviewReplyReasonSchema,
  type Review,
} from "@redress/contract/redress/aftersales/v1/review_pb";
import { Link } from "react-router";
import { formatMoney } from "../shared/format/money";
import { Facts } from "../shared/ui/Facts";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { GoodsOf } from "./GoodsOf";
import { PriorityReasons } from "./PriorityReasons";
import { useSubject } from "./useSubject";

// What a review says, how far the talk with its buyer is, and what has become of it.
export function ReviewFacts(props: { of: Case; review: Review; reasons: PriorityReason[] }) {
  const { of, review, reasons } = props;
  const { t, name } = useWords();
  const { orderNumber, line, text } = useSubject(of);
  const attempts = review.attemptsChat + review.attemptsPhone + review.attemptsSms;
  return (
    <Facts
      of={[
        {
          label: t("case.priority"),
          value: <PriorityReasons priority={of.priority} of={reasons} />,
          wide: true,
        },
        { label: t("review.rating"), value: <Rating of={review} /> },
        { label: t("review.writtenAt"), value: <TimeText of={review.reviewTime} /> },
        {
          label: t("review.judgement"),
          value: review.maliceConfirmed
            ? t("review.malice")
            : name("enumValue", enumName(ReviewJudgementSchema, review.judgement)),
        },
        {
          label: t("review.revision"),
          value: t(
            review.revisionPossible ? "review.revisionPossible" : "review.revisionImpossible",
          ),
        },
        of.reason && { label: t("case.reason"), value: name("reasonCode", of.reason) },
        {
          label: t("review.attempts"),
          value: review.contactRefused
            ? t("review.noContact")
            : t("review.attemptsOf", { made: attempts, most: review.mostAttempts }),
        },
        review.evidence > 0 && {
          label: t("review.evidence"),
          value: t("review.pieces", { count: review.evidence }),
        },
        {
          label: t("case.order"),
          value: (
            <Link to={`/orders/${of.orderId}`} className="number">
              {orderNumber}
            </Link>
          ),
        },
        {
          label: t("case.line"),
          value: line ? <GoodsOf line={line} /> : t("review.whole"),
          wide: true,
        },
        review.offer !== ReviewOffer.UNSPECIFIED && {
          label: t("review.offer"),
          value: <Offer of={review} />,
        },
        review.fault !== ReviewFault.UNSPECIFIED && {
          label: t("review.fault"),
          value: name("enumValue", enumName(ReviewFaultSchema, review.fault)),
        },
        review.replyReason !== ReviewReplyReason.UNSPECIFIED && {
          label: t("review.reply"),
          value: <Reply of={review} />,
        },
        (of.final || review.change !== ReviewChange.UNSPECIFIED) && {
          label: t("review.change"),
          value: name("enumValue", enumName(ReviewChangeSchema, review.change)),
        },
        {
          label: t("case.deadline"),
          value: of.deadline ? <TimeText of={of.deadline.dueTime} /> : "—",
        },
        { label: t("case.opened"), value: <TimeText of={of.openTime} /> },
        { label: t("case.updated"), value: <TimeText of={of.updateTime} /> },
        review.platformReviewId && {
          label: t("review.platformId"),
          value: review.platformReviewId,
        },
        text && { label: t("case.text"), value: <q className="words">{text}</q>, wide: true },
      ]}
    />
  );
}

function Rating({ of }: { of: Review }) {
  const { t, name } = useWords();
  const word = (rating: Review["rating"]) =>
    name("enumValue", enumName(ReviewRatingSchema, rating));
  return (
    <>
      {word(of.rating)} {of.stars > 0 && t("review.stars", { count: of.stars })}{" "}
      {of.ratingNow !== of.rating && (
        <span className="quiet">{t("review.ratingNow", { rating: word(of.ratingNow) })}</span>
      )}
    </>
  );
}

function Offer({ of }: { of: Review }) {
  const { t, name, locale } = useWords();
  const amount = of.offerAmount && formatMoney(of.offerAmount, locale);
  return (
    <>
      {name("enumValue", enumName(ReviewOfferSchema, of.offer))} {amount}{" "}
      {of.agreed && (
        <span className="quiet">{t(of.fulfilled ? "review.fulfilled" : "review.due")}</span>
      )}
    </>
  );
}

function Reply({ of }: { of: Review }) {
  const { t, name } = useWords();
  return (
    <>
      {name("enumValue", enumName(ReviewReplyReasonSchema, of.replyReason))}{" "}
      {of.replied && <span className="quiet">{t("review.replied")}</span>}
    </>
  );
}
