import type { Case, PriorityReason } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  InterceptionProgress,
  InterceptionProgressSchema,
  RefundVariant,
  RefundVariantSchema,
  ReplacementProgress,
  ReplacementProgressSchema,
} from "@redress/contract/redress/aftersales/v1/case_pb";
import { Link } from "react-router";
import { Facts } from "../shared/ui/Facts";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { DisputeFacts } from "./DisputeFacts";
import { GoodsOf } from "./GoodsOf";
import { PriorityReasons } from "./PriorityReasons";
import { ReviewFacts } from "./ReviewFacts";
import { useSubject } from "./useSubject";

function variantName(variant: RefundVariant): string {
  return enumName(RefundVariantSchema, variant);
}

interface CaseFactsProps {
  of: Case;
  reasons: PriorityReason[];
}

// What the case is about, at a glance.
export function CaseFacts({ of, reasons }: CaseFactsProps) {
  if (of.review) return <ReviewFacts of={of} review={of.review} reasons={reasons} />;
  return of.dispute ? (
    <DisputeFacts of={of} dispute={of.dispute} reasons={reasons} />
  ) : (
    <RefundFacts of={of} reasons={reasons} />
  );
}

function RefundFacts({ of, reasons }: CaseFactsProps) {
  const { t, name } = useWords();
  const { orderNumber, line, text } = useSubject(of);
  const parcel = [of.returnCarrier, of.returnTrackingNumber].filter(Boolean).join(" ");
  const replacement = [of.replacementCarrier, of.replacementTrackingNumber]
    .filter(Boolean)
    .join(" ");
  return (
    <Facts
      of={[
        {
          label: t("case.priority"),
          value: <PriorityReasons priority={of.priority} of={reasons} />,
          wide: true,
        },
        { label: t("case.asked"), value: <MoneyText of={of.amountAsked} /> },
        { label: t("case.approved"), value: <MoneyText of={of.amountApproved} /> },
        { label: t("case.settled"), value: <MoneyText of={of.amountSettled} /> },
        { label: t("case.variant"), value: name("enumValue", variantName(of.variant)) },
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
          value: (
            <>
              {line && <GoodsOf line={line} />} × {of.quantity}
            </>
          ),
          wide: true,
        },
        { label: t("case.reason"), value: name("reasonCode", of.reason) },
        {
          label: t("case.deadline"),
          value: of.deadline ? <TimeText of={of.deadline.dueTime} /> : "—",
        },
        { label: t("case.opened"), value: <TimeText of={of.openTime} /> },
        { label: t("case.updated"), value: <TimeText of={of.updateTime} /> },
        parcel && { label: t("case.parcel"), value: <span className="number">{parcel}</span> },
        of.replacement !== ReplacementProgress.UNSPECIFIED && {
          label: t("case.replacement"),
          value: (
            <>
              {name("enumValue", enumName(ReplacementProgressSchema, of.replacement))}{" "}
              <span className="number">{replacement}</span>
            </>
          ),
        },
        of.interception !== InterceptionProgress.UNSPECIFIED && {
          label: t("case.interception"),
          value: name("enumValue", enumName(InterceptionProgressSchema, of.interception)),
        },
        of.platformRefundId && { label: t("case.platformRefund"), value: of.platformRefundId },
        text && { label: t("case.text"), value: <q className="words">{text}</q>, wide: true },
      ]}
    />
  );
}
