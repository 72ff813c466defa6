import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  CompensationKindSchema,
  type Compensation,
} from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { Button } from "antd";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { MoneyText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { CompensationActs } from "./CompensationActs";
import { CompensationTag } from "./CompensationTag";
import { OfferForm } from "./OfferForm";
import { useCompensationsOf } from "./queries";

// What the buyer of this case is given outside a refund. A case without any shows the offer alone.
export function CaseCompensations({ of, actions }: { of: Case; actions: AllowedAction[] }) {
  const { t } = useWords();
  const { can } = useWork();
  const [offers, setOffers] = useState(false);
  const read = useCompensationsOf(of);
  const mayOffer = !of.final && can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const all = read.data ?? [];
  if (all.length === 0 && !mayOffer && !read.error) return null;
  return (
    <section className="linked-cases compensations" aria-label={t("compensation.title")}>
      <div className="queue-line">
        <h3>{t("compensation.title")}</h3>
        {mayOffer && !offers && (
          <Button size="small" data-act="offer" onClick={() => setOffers(true)}>
            {t("compensation.offer")}
          </Button>
        )}
      </div>
      {read.error && <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />}
      {all.length > 0 && (
        <ul className="mini-list">
          {all.map((one) => (
            <CompensationItem key={one.number} of={one} />
          ))}
        </ul>
      )}
      {offers && mayOffer && (
        <OfferForm of={of} actions={actions} onDone={() => setOffers(false)} />
      )}
    </section>
  );
}

function CompensationItem({ of }: { of: Compensation }) {
  const { t, name } = useWords();
  const memberName = useMemberName();
  return (
    <li data-compensation={of.number}>
      <div className="queue-line">
        <span>{name("compensationKind", enumName(CompensationKindSchema, of.kind))}</span>
        <MoneyText of={of.amount} />
        <CompensationTag state={of.state} />
        <span className="quiet">
          {name("compensationReason", of.reason)} · {memberName(of.offeredById)}
        </span>
        <span className="grow" />
        <CompensationActs of={of} />
      </div>
      {of.text && <q className="words">{of.text}</q>}
      {of.couponCode && (
        <div className="quiet">
          {t("compensation.code")} <b>{of.couponCode}</b>
        </div>
      )}
      {of.paymentReference && (
        <div className="quiet">
          {t("compensation.reference")} <b>{of.paymentReference}</b>
        </div>
      )}
      {of.why && <div className="quiet">{of.why}</div>}
    </li>
  );
}
