import type { Parcel } from "@redress/contract/redress/order/v1/parcel_service_pb";
import { App, Button } from "antd";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { useMarkTold, useUntold } from "./deskQueries";
import { OrderTabs } from "./OrderTabs";
import { ParcelTable } from "./ParcelTable";

// Parcels that have left without the buyer being told.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const read = useUntold();
  const mayTell = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("orderDesk.noticesTitle")}</h1>
      </header>
      <p className="quiet">{t("orderDesk.noticesHint")}</p>
      <Loaded of={read} rows={8}>
        {(parcels) =>
          parcels.length === 0 ? (
            <Nothing what={t("orderDesk.noUntold")} />
          ) : (
            <ParcelTable
              of={parcels}
              sinceTitle={t("orderDesk.untoldSince")}
              act={mayTell ? (parcel) => <TellActs of={parcel} /> : undefined}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </div>
  );
}

function TellActs({ of }: { of: Parcel }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const tell = useMarkTold();
  const { carrier = "", trackingNumber = "" } = of.shipment ?? {};
  const text = t("orderDesk.notice", { number: of.orderNumber, carrier, trackingNumber });
  return (
    <span className="row-acts">
      <Button
        size="small"
        onClick={() =>
          void navigator.clipboard.writeText(text).then(() => message.success(t("common.copied")))
        }
      >
        {t("orderDesk.copyNotice")}
      </Button>
      <Button
        size="small"
        type="primary"
        loading={tell.isPending}
        onClick={() =>
          tell.mutate(
            { orderId: of.orderId, trackingNumber },
            { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
          )
        }
      >
        {t("orderDesk.told")}
      </Button>
    </span>
  );
}
