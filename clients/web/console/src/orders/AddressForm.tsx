import {
  type AddressProblem,
  type Address,
} from "@redress/contract/redress/order/v1/change_service_pb";
import type { Order } from "@redress/contract/redress/order/v1/order_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input } from "antd";
import { useState } from "react";
import { orderQuery } from "../case/queries";
import { useWork } from "../session/work";
import { refusalOf } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords, type Say } from "../shared/words";
import { problemOf } from "./addressProblems";
import { orderTopics } from "./deskQueries";

type Parts = Omit<Address, "$typeName" | "$unknown">;
type Entered = Parts & { reason: string };

const parts = ["name", "phone", "province", "city", "district", "town", "detail"] as const;
const optional: string[] = ["city", "town"];
const addressPath = "address.";

// The new receiver, whole: what is stored is masked, so that nothing is filled in.
export function AddressForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const words = useWords();
  const { t } = words;
  const work = useWork();
  const { api } = work;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Entered>();
  const [etag, setEtag] = useState(order.etag);
  const check = useMutation({
    mutationFn: (address: Parts) =>
      api.changes.checkAddress({ subject: { case: "address", value: address } }),
  });
  const change = useChanging(
    ({ reason, etag: seen, ...address }: Entered & { etag: string }, requestId) =>
      api.changes.changeAddress({
        requestId,
        orderId: order.orderId,
        etag: seen,
        address,
        reason,
      }),
    orderTopics,
    ({ warnings }) => {
      const told = warnings.map((one) => problemText(one, words)).join(" ");
      if (told) void message.warning(told);
      else void message.success(t("orderChange.addressChanged"));
      onDone();
    },
  );
  const fill = () =>
    void queries.query({ ...orderQuery(work, order.orderId), staleTime: 0 }).then((now) => {
      setEtag(now.etag);
      change.reset();
    });
  const refused = (error: Error) =>
    form.setFields(
      [...refusalOf(error).fields].map(([field, description]) => ({
        name: field.replace(addressPath, "") as keyof Entered,
        errors: [refusedText(field, description, words)],
      })),
    );
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(entered) => change.mutate({ ...entered, etag }, { onError: refused })}
    >
      <SaveNotice error={change.error} onLoad={fill} />
      <p className="quiet">{t("orderChange.addressHint")}</p>
      {parts.map((part) => (
        <Form.Item
          key={part}
          name={part}
          label={
            <>
              {t(`address.${part}`)}
              {optional.includes(part) && (
                <span className="quiet optional">{t("common.optional")}</span>
              )}
            </>
          }
          initialValue=""
          rules={
            optional.includes(part)
              ? []
              : [{ required: true, whitespace: true, message: t("webhook.missing") }]
          }
        >
          <Input autoComplete="off" maxLength={part === "detail" ? 200 : 60} />
        </Form.Item>
      ))}
      <Form.Item
        name="reason"
        label={t("orderChange.reason")}
        rules={[{ required: true, whitespace: true, message: t("webhook.missing") }]}
      >
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
      {check.data && <Problems of={check.data.problems} />}
      {check.error && <SaveNotice error={check.error} onLoad={fill} />}
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("orderChange.changeAddress")}
        </Button>
        <Button
          loading={check.isPending}
          onClick={() => check.mutate(form.getFieldsValue([...parts]) as Parts)}
        >
          {t("orderChange.check")}
        </Button>
      </div>
    </Form>
  );
}

function refusedText(path: string, description: string, { t }: Say): string {
  if (!path.startsWith(addressPath)) return description;
  return problemOf({ field: path.slice(addressPath.length), description, refused: true }, t);
}

function problemText(of: AddressProblem, { t, name, language }: Say): string {
  const colon = language === "zh" ? "：" : ": ";
  return `${name("address", of.field)}${colon}${problemOf(of, t)}`;
}

// What is wrong with an address; what is refused stands apart from what is only odd.
export function Problems({ of }: { of: AddressProblem[] }) {
  const words = useWords();
  const { t } = words;
  if (of.length === 0) {
    return <Alert type="success" showIcon role="status" title={t("orderChange.addressFine")} />;
  }
  return (
    <Alert
      type={of.some((one) => one.refused) ? "error" : "warning"}
      showIcon
      role="status"
      title={t("orderChange.addressProblems")}
      description={
        <ul className="reason-list">
          {of.map((one, at) => (
            <li key={at}>{problemText(one, words)}</li>
          ))}
        </ul>
      }
    />
  );
}
