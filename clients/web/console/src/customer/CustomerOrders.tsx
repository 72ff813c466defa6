import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { Link } from "react-router";
import { MoneyText, TimeText } from "../shared/ui/Values";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { statusName } from "../orders/status";

export function CustomerOrders({ of, present }: { of: Order[]; present: string }) {
  const { t, name } = useWords();
  if (of.length === 0) return <Nothing what={t("customer.noOrders")} />;
  return (
    <ul className="mini-list">
      {of.map((order) => (
        <li key={order.orderId} className={order.orderId === present ? "is-present" : ""}>
          <div className="queue-line">
            <Link to={`/orders/${order.orderId}`} className="number grow">
              {order.orderNumber}
            </Link>
            <MoneyText of={order.paid} />
          </div>
          <div className="queue-line quiet">
            <span className="grow">{name("orderStatus", statusName(order.status))}</span>
            <TimeText of={order.orderTime} />
          </div>
        </li>
      ))}
    </ul>
  );
}
