import type { Phrase } from "@redress/contract/redress/desk/v1/phrase_service_pb";
import type { UnpaidOrder } from "@redress/contract/redress/order/v1/reminder_service_pb";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { orderQuery } from "../case/queries";
import { customerQuery } from "../customer/queries";
import { amountIn, fill, type Filled } from "../messages/filling";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";
import { goodsOf } from "./prices";

// The phrase as it goes to the buyer. What is not filled is not to be sent, so it is not copied.
export function ReminderText({ of, phrase }: { of: UnpaidOrder; phrase: Phrase }) {
  const { t, name } = useWords();
  const { message } = App.useApp();
  const { isReading, text, missing } = useFilled(of, phrase);
  const names = missing.map((one) => name("phraseVariable", one)).join(t("case.listSeparator"));
  const copy = () =>
    void navigator.clipboard.writeText(text).then(() => message.success(t("common.copied")));
  return (
    <div className="phrase-preview">
      <div className="message-text words">{text}</div>
      {!isReading && missing.length > 0 && <p role="status">{t("orderDesk.missing", { names })}</p>}
      <Button size="small" loading={isReading} disabled={missing.length > 0} onClick={copy}>
        {t("common.copy")}
      </Button>
    </div>
  );
}

function useFilled(of: UnpaidOrder, { text, language }: Phrase): Filled & { isReading: boolean } {
  const work = useWork();
  const order = useQuery(orderQuery(work, of.orderId));
  const customer = useQuery({
    ...customerQuery(work, of.customerId),
    enabled: of.customerId !== "",
  });
  const [item, ...others] = order.data ? goodsOf(order.data) : [];
  return {
    ...fill(text, {
      order_id: of.orderNumber,
      amount: amountIn(language, of.payable),
      customer_nick: customer.data?.nick ?? "",
      // Of several articles none is the one that is meant.
      item: others.length === 0 ? (item?.title ?? "") : "",
    }),
    isReading: order.isLoading || customer.isLoading,
  };
}
