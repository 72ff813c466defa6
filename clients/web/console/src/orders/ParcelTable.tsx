import type { Parcel } from "@redress/contract/redress/order/v1/parcel_service_pb";
import { ParcelStateSchema } from "@redress/contract/redress/order/v1/order_pb";
import { Table, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { BuyerLink } from "../customer/BuyerLink";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

interface Props {
  of: Parcel[];
  sinceTitle: string;
  act?: ((parcel: Parcel) => ReactNode) | undefined;
}

// Parcels with their orders.
export function ParcelTable({ of, sinceTitle, act }: Props) {
  const { t, name } = useWords();
  const columns: TableColumnsType<Parcel> = [
    {
      title: t("order.number"),
      render: (_, one) => (
        <Link className="number" to={`/orders/${one.orderId}`}>
          {one.orderNumber}
        </Link>
      ),
    },
    { title: t("order.platform"), dataIndex: "platform" },
    { title: t("customer.title"), render: (_, one) => <BuyerLink customerId={one.customerId} /> },
    { title: t("parcel.carrier"), render: (_, one) => one.shipment?.carrier },
    {
      title: t("parcel.number"),
      render: (_, one) => <span className="number">{one.shipment?.trackingNumber}</span>,
    },
    {
      title: t("parcel.state"),
      render: (_, one) =>
        name("parcelState", enumName(ParcelStateSchema, one.shipment?.state ?? 0)),
    },
    { title: t("parcel.shipped"), render: (_, one) => <TimeText of={one.shipment?.shipTime} /> },
    { title: sinceTitle, render: (_, one) => <TimeText of={one.since} /> },
  ];
  if (act) columns.push({ title: "", align: "right", render: (_, one) => act(one) });
  return (
    <Table
      rowKey={(one) => `${one.orderId} ${one.shipment?.trackingNumber ?? ""}`}
      size="small"
      columns={columns}
      dataSource={of}
      pagination={false}
    />
  );
}
