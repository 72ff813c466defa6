import {
  FigureDirection,
  type FigureDefinition,
  type FigureValue,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { useWords } from "../shared/words";
import { denominatorText, formulaOf, nameOf, numeratorText, valueText } from "./values";

interface Props {
  of: FigureDefinition;
  value: FigureValue | undefined;
  isLoaded: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

// One figure: its value, numerator over denominator, and what it means.
export function FigureCard({ of, value, isLoaded, isChosen, onChoose }: Props) {
  const words = useWords();
  const { t, language } = words;
  const isHigher = of.direction === FigureDirection.HIGHER;
  const parts =
    value && `${numeratorText(of, value, words)} ÷ ${denominatorText(of, value, words)}`;
  return (
    <button
      type="button"
      className="figure-card"
      aria-pressed={isChosen}
      data-figure={of.figureId}
      onClick={onChoose}
    >
      <span className="figure-name">
        {nameOf(of, language)}
        <span className="direction" title={t(isHigher ? "figures.higher" : "figures.lower")}>
          {isHigher ? "↑" : "↓"}
        </span>
      </span>
      <span className={`figure-value number ${value ? "" : "none"}`}>
        {value ? valueText(of.unit, value, words) : isLoaded ? t("figures.noValue") : "…"}
      </span>
      <span className="figure-parts number quiet">{parts ?? "\u00a0"}</span>
      <span className="figure-formula quiet">{formulaOf(of, language)}</span>
    </button>
  );
}
