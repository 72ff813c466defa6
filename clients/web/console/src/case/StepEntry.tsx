import type { Step } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Button } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useMemberName } from "./queries";
import { detailsOf } from "./stepDetails";

// One step: who, when, what, from which client, with which text.
export function StepEntry({ of }: { of: Step }) {
  const { t, name, locale } = useWords();
  const { shop } = useWork();
  const memberName = useMemberName();
  const [showsHash, setShowsHash] = useState(false);
  const who = of.actorId ? memberName(of.actorId) : name("actor", of.actorKind);
  const moved = of.fromState !== of.toState;
  const words = { name, memberName, locale, currency: shop.currencyCode };
  return (
    <li className="step" data-event={of.event}>
      <div className="step-head">
        <strong>{name("event", of.event)}</strong>
        <span className="quiet">
          {moved && of.fromState && `${name("state", of.fromState)} → `}
          {moved && name("state", of.toState)}
        </span>
        <span className="grow" />
        <TimeText of={of.applyTime} />
      </div>
      <div className="step-line quiet">
        <span>{who}</span>
        {of.client && <span>{t("case.from", { client: of.client })}</span>}
        {of.deadlineRule && (
          <span>{t("case.byRule", { rule: name("deadlineRule", of.deadlineRule) })}</span>
        )}
        {detailsOf(of.eventJson, words).map(([label, value]) => (
          <span key={label}>
            {label} <b>{value}</b>
          </span>
        ))}
        <Button type="link" size="small" onClick={() => setShowsHash(!showsHash)}>
          {t(showsHash ? "common.close" : "case.showHash")}
        </Button>
      </div>
      {of.text && <q className="words">{of.text}</q>}
      {showsHash && (
        <div className="hash">
          <div>
            {t("case.hash")} <code>{of.hash}</code>
          </div>
          <div>
            {t("case.previousHash")} <code>{of.previousHash}</code>
          </div>
          <div>{t("case.version", { version: of.workflowVersion })}</div>
        </div>
      )}
    </li>
  );
}
