import type { Rfm, RfmScore } from "@redress/contract/redress/customer/v1/figures_pb";
import type { RfmBounds } from "@redress/contract/redress/customer/v1/rfm_service_pb";
import { Button, Popover } from "antd";
import { useState } from "react";
import { formatMoney } from "../shared/format/money";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { useRfmBounds } from "./queries";
import { boundOf, daysOf, type Bound } from "./rfm";

// The three scores at a glance, e.g. R5 F4 M3; how they came about is asked for.
export function RfmView({ of }: { of: Rfm | undefined }) {
  const { t } = useWords();
  const [asks, setAsks] = useState(false);
  if (!of) return <span className="quiet">{t("person.noRfm")}</span>;
  return (
    <Popover
      trigger="click"
      open={asks}
      onOpenChange={setAsks}
      title={t("person.whyRfm")}
      content={<Why of={of} asks={asks} />}
    >
      <Button size="small" className="number" aria-expanded={asks}>
        R{of.recency?.score} · F{of.frequency?.score} · M{of.monetary?.score}
      </Button>
    </Popover>
  );
}

function Why({ of, asks }: { of: Rfm; asks: boolean }) {
  const { t } = useWords();
  return (
    <div className="why">
      <Loaded of={useRfmBounds(asks)} rows={3}>
        {(bounds) => (
          <dl className="reasons">
            <Score of={of.recency} letter="R" currency="" bounds={bounds} />
            <Score of={of.frequency} letter="F" currency="" bounds={bounds} />
            <Score of={of.monetary} letter="M" currency={of.currencyCode} bounds={bounds} />
          </dl>
        )}
      </Loaded>
      <p className="quiet">
        {t("person.rfmAsOf")} <TimeText of={of.asOfTime} />
      </p>
    </div>
  );
}

type Letter = "R" | "F" | "M";

interface ScoreProps {
  of: RfmScore | undefined;
  letter: Letter;
  currency: string;
  bounds: RfmBounds | null;
}

function Score({ of, letter, currency, bounds }: ScoreProps) {
  const say = useWords();
  const { t } = say;
  if (!of) return null;
  const shown = (value: bigint) => valueText(letter, value, currency, say);
  const bound = bounds && boundOf(letter, of.score, bounds);
  return (
    <div>
      <dt>{t(`rfm.${letter}`)}</dt>
      <dd className="number">
        {shown(of.value)} → {of.score}
        {bound && <span className="quiet"> ({rangeText(bound, shown)})</span>}
      </dd>
    </div>
  );
}

function rangeText({ above, upTo }: Bound, shown: (value: bigint) => string): string {
  const lower = above === undefined ? "" : `> ${shown(above)}`;
  const upper = upTo === undefined ? "" : `≤ ${shown(upTo)}`;
  return [lower, upper].filter(Boolean).join(", ");
}

function valueText(letter: Letter, value: bigint, currency: string, { t, locale }: Say): string {
  if (letter === "R") return t("time.day", { count: daysOf(value) });
  if (letter === "F") return t("rfm.orders", { count: Number(value) });
  return formatMoney({ currencyCode: currency, minorUnits: value }, locale);
}
