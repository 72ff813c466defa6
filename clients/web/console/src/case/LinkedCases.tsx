import {
  CaseAskState,
  CaseRelationSchema,
  type CaseAsk,
  type LinkedCase,
} from "@redress/contract/redress/aftersales/v1/case_links_pb";
import { Link } from "react-router";
import { StateTag } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

interface Props {
  links: LinkedCase[];
  asks: CaseAsk[];
}

// The cases that hang together with this one, and what it asked of them in vain or is still asking.
// A case without any shows nothing.
export function LinkedCases({ links, asks }: Props) {
  const { t, name } = useWords();
  if (links.length + asks.length === 0) return null;
  return (
    <section className="linked-cases" aria-label={t("link.title")}>
      <h3>{t("link.title")}</h3>
      <ul className="mini-list">
        {links.map((one) => (
          <li key={`${one.relation.toString()} ${one.caseId}`}>
            <div className="queue-line">
              <span className="quiet">
                {name("relation", enumName(CaseRelationSchema, one.relation))}
              </span>
              <Link to={`/workbench/${String(one.caseNumber)}`}>
                {name("kind", one.kind)} #{String(one.caseNumber)}
              </Link>
              <StateTag state={one.state} final={one.final} />
            </div>
          </li>
        ))}
      </ul>
      {asks.length > 0 && (
        <>
          <h4>{t("link.asks")}</h4>
          <ul className="mini-list">
            {asks.map((one, place) => (
              <li key={place} className="queue-line">
                <span>{name("event", one.event)}</span>
                <span className="quiet">
                  {one.state === CaseAskState.REFUSED
                    ? t("link.refused", { refusal: name("refusal", one.refusal) })
                    : t("link.waiting")}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
