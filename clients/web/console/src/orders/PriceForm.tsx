import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { orderQuery } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { decimalToMinor, formatMoney } from "../shared/format/money";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { orderTopics } from "./deskQueries";
import { changeIn, currencyOf, goodsOf, pricesOf, type PriceChange, type Prices } from "./prices";

interface Entered extends Prices {
  reason: string;
}

interface Asked extends PriceChange {
  etag: string;
  reason: string;
}

// What the buyer has to pay, line by line, before it is paid.
export function PriceForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const { t, locale } = useWords();
  const work = useWork();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Entered>();
  // The order as it was when the fields were filled from it.
  const [filled, setFilled] = useState(order);
  const currency = currencyOf(filled);
  const entered = Form.useWatch<Entered | undefined>([], form) ?? pricesOf(filled);
  const change = useChanging(
    (asked: Asked, requestId) =>
      work.api.changes.changePrice({ ...asked, requestId, orderId: order.orderId }),
    orderTopics,
    () => {
      void message.success(t("orderChange.priceChanged"));
      onDone();
    },
  );
  const load = () =>
    void queries.query({ ...orderQuery(work, order.orderId), staleTime: 0 }).then((now) => {
      form.setFieldsValue(pricesOf(now));
      setFilled(now);
      change.reset();
    });
  const amount = {
    validator: (_: unknown, text = "") =>
      decimalToMinor(text, currency) === undefined
        ? Promise.reject(new Error(t("orderChange.amountForm")))
        : Promise.resolve(),
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...pricesOf(filled), reason: "" }}
      onFinish={(typed) =>
        change.mutate({ etag: filled.etag, reason: typed.reason, ...changeIn(typed, filled) })
      }
    >
      <SaveNotice error={change.error} onLoad={load} />
      <p className="quiet">{t("orderChange.priceHint")}</p>
      {goodsOf(filled).map((line) => (
        <Form.Item
          key={line.lineId}
          name={["amounts", line.lineId]}
          label={`${line.title || line.sku} × ${String(line.quantity)}`}
          rules={[amount]}
        >
          <Input autoComplete="off" inputMode="decimal" suffix={currency} />
        </Form.Item>
      ))}
      <Form.Item name="postage" label={t("order.postage")} rules={[amount]}>
        <Input autoComplete="off" inputMode="decimal" suffix={currency} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t("orderChange.reason")}
        rules={[{ required: true, whitespace: true, message: t("webhook.missing") }]}
      >
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      <p role="status">
        {t("orderChange.newTotal", {
          amount: formatMoney(
            { currencyCode: currency, minorUnits: totalOf(entered, currency) },
            locale,
          ),
        })}
      </p>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("orderChange.changePrice")}
      </Button>
    </Form>
  );
}

function totalOf({ amounts, postage }: Prices, currency: string): bigint {
  return [...Object.values(amounts), postage].reduce(
    (sum, text) => sum + (decimalToMinor(text, currency) ?? 0n),
    0n,
  );
}
