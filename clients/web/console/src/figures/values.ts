import {
  FigureUnit,
  type FigureDefinition,
  type FigureValue,
} from "@redress/contract/redress/scoring/v1/figure_service_pb";
import type { TFunction } from "i18next";
import { formatMoney } from "../shared/format/money";
import { spanText } from "../shared/format/time";

// What a value and an item behind it have in common.
type Parts = Pick<FigureValue, "numerator" | "denominator" | "currencyCode">;

interface Words {
  t: TFunction;
  locale: string;
}

const micros_per_milli = 1000;

// A figure's value as people read it.
export function valueText(unit: FigureUnit, value: FigureValue, { t, locale }: Words): string {
  if (unit === FigureUnit.RATIO) {
    return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(
      Number(value.value),
    );
  }
  if (unit === FigureUnit.DURATION) return spanText(Number(value.value) * 1000, t);
  return partText(unit, value.numerator, value.currencyCode, { t, locale });
}

export function numeratorText(of: FigureDefinition, value: Parts, words: Words): string {
  return partText(of.numeratorUnit, value.numerator, value.currencyCode, words);
}

export function denominatorText(of: FigureDefinition, value: Parts, words: Words): string {
  return partText(of.denominatorUnit, value.denominator, value.currencyCode, words);
}

// One side of a ratio, or a sum: money, a time, or a number of things.
function partText(
  unit: FigureUnit,
  part: bigint,
  currencyCode: string,
  { t, locale }: Words,
): string {
  if (unit === FigureUnit.MONEY) return formatMoney({ currencyCode, minorUnits: part }, locale);
  if (unit === FigureUnit.DURATION) return spanText(Number(part) / micros_per_milli, t);
  return new Intl.NumberFormat(locale).format(part);
}

export function quantileText(permille: number, durationUs: bigint, t: TFunction): string {
  return `p${permille / 10} ${spanText(Number(durationUs) / micros_per_milli, t)}`;
}

// The number that a chart draws: percent, hours, or the currency's major unit.
export function plotted(unit: FigureUnit, value: FigureValue): number {
  if (unit === FigureUnit.RATIO) return Number(value.value) * 100;
  if (unit === FigureUnit.DURATION) return Number(value.value) / 3600;
  return Number(value.value);
}

export function plottedUnit(unit: FigureUnit): string {
  if (unit === FigureUnit.RATIO) return "%";
  return unit === FigureUnit.DURATION ? "h" : "";
}

export function nameOf(definition: FigureDefinition, language: "zh" | "en"): string {
  return language === "zh" ? definition.nameZh : definition.nameEn;
}

export function formulaOf(definition: FigureDefinition, language: "zh" | "en"): string {
  return language === "zh" ? definition.formulaZh : definition.formulaEn;
}

// A figure's value for all kinds together, or of the one kind that has one.
export function overall(values: FigureValue[], figureId: string): FigureValue | undefined {
  const rows = values.filter((value) => value.figureId === figureId && !value.agentId);
  return rows.find((value) => value.kind === "") ?? (rows.length === 1 ? rows[0] : undefined);
}

// `refund`, or `refund:Requested` for a figure of each state.
export function kindText(kind: string, name: (group: string, name: string) => string): string {
  const [whole = "", state] = kind.split(":");
  return state ? name("state", state) : name("kind", whole);
}
