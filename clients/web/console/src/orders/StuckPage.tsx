import { InputNumber } from "antd";
import { useState } from "react";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { useStuck } from "./deskQueries";
import { OrderTabs } from "./OrderTabs";
import { ParcelTable } from "./ParcelTable";

// Parcels on their way of which nothing was heard for long.
export function Component() {
  const { t } = useWords();
  const [hours, setHours] = useState(0);
  const read = useStuck(hours);
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("orderDesk.stuckTitle")}</h1>
        <label>
          {t("orderDesk.silent")}{" "}
          <InputNumber
            size="small"
            min={0}
            max={1440}
            precision={0}
            value={hours}
            onChange={(entered) => setHours(entered ?? 0)}
          />{" "}
          {t("orderDesk.hours")}
        </label>
      </header>
      <p className="quiet">{t("orderDesk.stuckHint")}</p>
      <Loaded of={read} rows={8}>
        {(parcels) =>
          parcels.length === 0 ? (
            <Nothing what={t("orderDesk.noStuck")} />
          ) : (
            <ParcelTable of={parcels} sinceTitle={t("orderDesk.silentSince")} />
          )
        }
      </Loaded>
      <More of={read} />
    </div>
  );
}
