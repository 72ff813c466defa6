import {
  RiskLevel,
  RiskLevelSchema,
  type Risk,
} from "@redress/contract/redress/customer/v1/timeline_service_pb";
import type { PersonFigures } from "@redress/contract/redress/customer/v1/figures_pb";
import { Tag } from "antd";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

const colours: Partial<Record<RiskLevel, string>> = {
  [RiskLevel.LOW]: "green",
  [RiskLevel.RAISED]: "orange",
  [RiskLevel.HIGH]: "red",
};

export function RiskTag({ of }: { of: Risk }) {
  const { t, name } = useWords();
  return (
    <Tag
      color={colours[of.level] ?? "default"}
      title={t("person.riskPoints", { count: of.points })}
    >
      {name("riskLevel", enumName(RiskLevelSchema, of.level))} · {of.points}
    </Tag>
  );
}

// How careful to be, and what speaks for it.
export function RiskView({ of, figures }: { of: Risk; figures: PersonFigures | undefined }) {
  const { t } = useWords();
  const signs = of.signs.map((sign) => ({
    ...sign,
    text: t(`riskSign.${sign.code}`, { defaultValue: sign.explanation, ...numbersOf(figures) }),
  }));
  return (
    <>
      <RiskTag of={of} />{" "}
      {signs.length === 0 ? (
        <span className="quiet">{t("person.noRisk")}</span>
      ) : (
        <ul className="risk-signs">
          {signs.map((sign) => (
            <li key={sign.code}>
              {sign.text} <span className="number quiet">+{sign.points}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

// The numbers that the words of the signs name.
function numbersOf(figures: PersonFigures | undefined) {
  return {
    refunded: figures?.refundedOrders ?? 0,
    paid: figures?.paidOrders ?? 0,
    malicious: figures?.maliciousReviews ?? 0,
    disputes: figures?.disputes ?? 0,
    lost: figures?.lostDisputes ?? 0,
    bad: Math.max(0, (figures?.badReviews ?? 0) - (figures?.revisedReviews ?? 0)),
  };
}
