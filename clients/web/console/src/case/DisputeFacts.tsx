import type { Case, PriorityReason } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  DisputeChannelSchema,
  DisputeOption,
  DisputeOptionSchema,
  DisputeVerdict,
  DisputeVerdictSchema,
  type Dispute,
} from "@redress/contract/redress/aftersales/v1/dispute_pb";
import { Link } from "react-router";
import { formatMoney } from "../shared/format/money";
import { Facts } from "../shared/ui/Facts";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { GoodsOf } from "./GoodsOf";
import { PriorityReasons } from "./PriorityReasons";
import { useSubject } from "./useSubject";

// What a dispute is about, what the buyer may choose from, and what it has come to.
export function DisputeFacts(props: { of: Case; dispute: Dispute; reasons: PriorityReason[] }) {
  const { of, dispute, reasons } = props;
  const { t, name } = useWords();
  const { orderNumber, line, text } = useSubject(of);
  const options = useOptionTexts(dispute);
  const { roundsDeclined, mostRounds } = dispute;
  return (
    <Facts
      of={[
        {
          label: t("case.priority"),
          value: <PriorityReasons priority={of.priority} of={reasons} />,
          wide: true,
        },
        { label: t("dispute.resolveBy"), value: <TimeText of={dispute.resolveByTime} /> },
        {
          label: t("dispute.channel"),
          value: name("enumValue", enumName(DisputeChannelSchema, dispute.channel)),
        },
        { label: t("case.reason"), value: name("reasonCode", of.reason) },
        {
          label: t("dispute.evidence"),
          value: t("dispute.pieces", { count: dispute.evidence }),
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
          value: line ? <GoodsOf line={line} /> : t("dispute.whole"),
          wide: true,
        },
        {
          label: t("dispute.rounds"),
          value:
            roundsDeclined >= mostRounds
              ? t("dispute.roundsOver", { most: mostRounds })
              : t("dispute.round", { round: roundsDeclined + 1, most: mostRounds }),
        },
        options.length > 0 && {
          label: t("dispute.options"),
          value: options.join(t("case.listSeparator")),
          wide: true,
        },
        dispute.verdict !== DisputeVerdict.UNSPECIFIED && {
          label: t("dispute.verdict"),
          value: <Verdict of={dispute} />,
        },
        dispute.remedy !== DisputeOption.UNSPECIFIED && {
          label: t("dispute.remedy"),
          value: <Remedy of={dispute} />,
        },
        {
          label: t("case.deadline"),
          value: of.deadline ? <TimeText of={of.deadline.dueTime} /> : "—",
        },
        { label: t("case.opened"), value: <TimeText of={of.openTime} /> },
        { label: t("case.updated"), value: <TimeText of={of.updateTime} /> },
        dispute.rootCause && {
          label: t("dispute.cause"),
          value: name("rootCause", dispute.rootCause),
        },
        dispute.measure && { label: t("dispute.measure"), value: dispute.measure, wide: true },
        dispute.platformComplaintId && {
          label: t("dispute.complaint"),
          value: dispute.platformComplaintId,
        },
        text && { label: t("case.text"), value: <q className="words">{text}</q>, wide: true },
      ]}
    />
  );
}

function useOptionTexts({ options, currencyCode }: Dispute): string[] {
  const { name, locale } = useWords();
  if (!options) return [];
  const { refundMinor, compensationMinor, replacement, other } = options;
  const named = (kind: string, minorUnits = 0n) =>
    [
      name("enumValue", `DISPUTE_OPTION_${kind}`),
      minorUnits > 0n && formatMoney({ currencyCode, minorUnits }, locale),
    ]
      .filter(Boolean)
      .join(" ");
  return [
    refundMinor > 0n && named("REFUND", refundMinor),
    compensationMinor > 0n && named("COMPENSATION", compensationMinor),
    replacement && named("REPLACEMENT"),
    other && named("OTHER"),
  ].filter((one) => one !== false);
}

function Verdict({ of }: { of: Dispute }) {
  const { t, name } = useWords();
  const verdict = name("enumValue", enumName(DisputeVerdictSchema, of.verdict));
  return <>{of.ruledByPlatform ? verdict + t("dispute.byPlatform") : verdict}</>;
}

function Remedy({ of }: { of: Dispute }) {
  const { t, name, locale } = useWords();
  const amount = of.remedyAmount && formatMoney(of.remedyAmount, locale);
  const remedy = name("enumValue", enumName(DisputeOptionSchema, of.remedy));
  return (
    <>
      {remedy} {amount}{" "}
      <span className="quiet">{t(of.executed ? "dispute.executed" : "dispute.due")}</span>
    </>
  );
}
