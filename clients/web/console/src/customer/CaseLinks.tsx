import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Link } from "react-router";
import { MoneyText, StateTag, TimeText } from "../shared/ui/Values";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";

export function CaseLinks({ of }: { of: Case[] }) {
  const { t, name } = useWords();
  if (of.length === 0) return <Nothing what={t("customer.noCases")} />;
  return (
    <ul className="mini-list">
      {of.map((one) => (
        <li key={one.caseId}>
          <div className="queue-line">
            <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
            <StateTag state={one.state} final={one.final} />
            <span className="grow" />
            {one.dispute || one.review ? (
              <span className="quiet">{name("kind", one.kind)}</span>
            ) : (
              <MoneyText of={one.amountSettled ?? one.amountApproved ?? one.amountAsked} />
            )}
          </div>
          <div className="quiet">
            <TimeText of={one.openTime} />
          </div>
        </li>
      ))}
    </ul>
  );
}
