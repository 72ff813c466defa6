import {
  ParcelStateSchema,
  type Order,
  type Shipment,
} from "@redress/contract/redress/order/v1/order_pb";
import { Tag } from "antd";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { useTracks } from "./deskQueries";

const troubled = ["PARCEL_STATE_IN_TROUBLE", "PARCEL_STATE_REFUSED", "PARCEL_STATE_RETURNING"];

// The parcels of an order, and what carriers told of them.
export function Parcels({ of }: { of: Order }) {
  const { t } = useWords();
  const tracks = useTracks(of.orderId);
  if (of.shipments.length === 0) return <Nothing what={t("parcel.none")} />;
  return (
    <>
      <ul className="mini-list">
        {of.shipments.map((one) => (
          <ParcelLine key={one.trackingNumber} of={one} />
        ))}
      </ul>
      <Loaded of={tracks}>
        {(read) =>
          read.length === 0 ? (
            <p className="quiet">{t("parcel.noTracks")}</p>
          ) : (
            <ol className="history tracks" aria-label={t("parcel.tracks")}>
              {read.map((track, at) => (
                <li key={at} className="step">
                  <div className="step-line">
                    <TimeText of={track.trackTime} />
                    {of.shipments.length > 1 && (
                      <span className="quiet number">{track.trackingNumber}</span>
                    )}
                  </div>
                  {track.erased ? <span className="quiet">{t("parcel.erased")}</span> : track.text}
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
      <More of={tracks} />
    </>
  );
}

function ParcelLine({ of }: { of: Shipment }) {
  const { t, name } = useWords();
  const state = enumName(ParcelStateSchema, of.state);
  return (
    <li>
      <div className="queue-line">
        <strong>{of.carrier}</strong>
        <span className="number">{of.trackingNumber}</span>
        <Tag color={troubled.includes(state) ? "red" : "blue"} variant="filled">
          {name("parcelState", state)}
        </Tag>
        <span className="grow" />
        <span className="quiet">
          {t("parcel.shipped")} <TimeText of={of.shipTime} />
        </span>
        {of.receiveTime && (
          <span className="quiet">
            {t("parcel.received")} <TimeText of={of.receiveTime} />
          </span>
        )}
      </div>
    </li>
  );
}
