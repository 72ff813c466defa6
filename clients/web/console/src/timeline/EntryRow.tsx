import type { CareTask } from "@redress/contract/redress/customer/v1/care_service_pb";
import {
  TimelineKindSchema,
  type AdjustmentEntry,
  type CaseEntry,
  type ConversationEntry,
  type CouponEntry,
  type NoteEntry,
  type OrderEntry,
  type TimelineEntry,
} from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { Link } from "react-router";
import { ruleName, useCareRules } from "../care/queries";
import { useMemberName } from "../case/queries";
import { MoneyText, StateTag, TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

export function EntryRow({ of }: { of: TimelineEntry }) {
  const { name } = useWords();
  return (
    <li className="step">
      <div className="step-head">
        <TimeText of={of.happenTime} />
        <span className="quiet">{name("timelineKind", enumName(TimelineKindSchema, of.kind))}</span>
        <EntryHead of={of} />
      </div>
    </li>
  );
}

function EntryHead({ of: { entry } }: { of: TimelineEntry }) {
  switch (entry.case) {
    case "order":
      return <OrderHead of={entry.value} />;
    case "case":
      return <CaseHead of={entry.value} />;
    case "conversation":
      return <ConversationHead of={entry.value} />;
    case "adjustment":
      return <AdjustmentHead of={entry.value} />;
    case "note":
      return <NoteHead of={entry.value} />;
    case "care":
      return <CareHead of={entry.value} />;
    case "coupon":
      return <CouponHead of={entry.value} />;
    case undefined:
      return null;
  }
}

function OrderHead({ of }: { of: OrderEntry }) {
  const { t } = useWords();
  const money = (minorUnits: bigint) => ({ currencyCode: of.currencyCode, minorUnits });
  return (
    <>
      <Link className="number" to={`/orders/${of.orderId}`}>
        {of.orderNumber}
      </Link>
      <span>{t(`orderStatus.ORDER_STATUS_${of.status}`, { defaultValue: of.status })}</span>
      <MoneyText of={money(of.paidMinor)} />
      {of.refundedMinor > 0n && (
        <span className="quiet">
          {t("timeline.refunded")} <MoneyText of={money(of.refundedMinor)} />
        </span>
      )}
      <span className="quiet">{t("timeline.lines", { count: of.lineCount })}</span>
    </>
  );
}

function CaseHead({ of }: { of: CaseEntry }) {
  const { t, name } = useWords();
  const amount = of.settledMinor > 0n ? of.settledMinor : of.askedMinor;
  return (
    <>
      <Link to={`/workbench/${String(of.caseNumber)}`}>#{String(of.caseNumber)}</Link>
      <span>{name("kind", of.kind)}</span>
      <StateTag state={of.state} final={of.final} />
      {amount > 0n && <MoneyText of={{ currencyCode: of.currencyCode, minorUnits: amount }} />}
      {of.reviewStars > 0 && <span>{t("timeline.stars", { count: of.reviewStars })}</span>}
      {of.platformIntervened && <span className="quiet">{t("timeline.intervened")}</span>}
    </>
  );
}

function ConversationHead({ of }: { of: ConversationEntry }) {
  const { t } = useWords();
  const memberName = useMemberName();
  return (
    <>
      <span>{of.channel}</span>
      <span className="number">
        {t("timeline.messages", { customer: of.customerMessages, shop: of.shopMessages })}
      </span>
      {of.agentId && <span className="quiet">{memberName(of.agentId)}</span>}
    </>
  );
}

function AdjustmentHead({ of }: { of: AdjustmentEntry }) {
  const { t } = useWords();
  return (
    <>
      <span>{t(of.refund ? "timeline.refundElsewhere" : "timeline.correction")}</span>
      <MoneyText of={{ currencyCode: of.currencyCode, minorUnits: of.amountMinor }} />
      {of.orderId && <Link to={`/orders/${of.orderId}`}>{t("timeline.itsOrder")}</Link>}
    </>
  );
}

function NoteHead({ of }: { of: NoteEntry }) {
  const { t } = useWords();
  const memberName = useMemberName();
  return (
    <>
      <span className="quiet">{memberName(of.authorId)}</span>
      <span className="message-text">{of.text || t("note.unreadable")}</span>
    </>
  );
}

function CareHead({ of }: { of: CareTask }) {
  const words = useWords();
  const memberName = useMemberName();
  const rule = useCareRules().data?.find((one) => one.ruleCode === of.ruleCode);
  return (
    <>
      <span>{ruleName(rule, of.ruleCode, words)}</span>
      <span>{words.name("careResult", of.result)}</span>
      {of.couponCode && <span>{words.t("timeline.coupon", { code: of.couponCode })}</span>}
      <span className="quiet">{memberName(of.workerId)}</span>
    </>
  );
}

function CouponHead({ of }: { of: CouponEntry }) {
  return (
    <>
      <MoneyText of={{ currencyCode: of.currencyCode, minorUnits: of.amountMinor }} />
      <Link to={`/workbench/${String(of.caseNumber)}`}>#{String(of.caseNumber)}</Link>
    </>
  );
}
