import {
  WebhookDeliveryState,
  WebhookDeliveryStateSchema,
  type Webhook,
  type WebhookDelivery,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { App, Button, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { useChange, useDeliveries } from "./queries";
import { deliveryColours, deliveryStateName } from "./states";

// Passing ones, and of tests, are seen among all.
const notShown = ["WEBHOOK_DELIVERY_STATE_SENDING", "WEBHOOK_DELIVERY_STATE_TEST_FAILED"];
const shownStates = WebhookDeliveryStateSchema.values.filter(
  ({ name }) => !notShown.includes(name),
);

// What was sent, is to be sent, or was given up; the dead letters go out again from here.
export function Deliveries({ of, mayReplay }: { of: Webhook; mayReplay: boolean }) {
  const { t, name } = useWords();
  const [state, setState] = useState(WebhookDeliveryState.UNSPECIFIED);
  const read = useDeliveries(of.webhookId, state);
  return (
    <section aria-labelledby="deliveries-title">
      <header className="page-title">
        <h2 id="deliveries-title">{t("webhook.deliveries")}</h2>
        <Segmented
          aria-label={t("webhook.state")}
          value={state}
          onChange={(chosen: WebhookDeliveryState) => setState(chosen)}
          options={shownStates.map((value) => ({
            value: value.number,
            label: value.number === 0 ? t("common.all") : name("webhookDeliveryState", value.name),
          }))}
        />
        {mayReplay && of.deadLetters > 0 && <ReplayAll of={of} />}
      </header>
      <Loaded of={read}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <Nothing what={t("webhook.noDeliveries")} hint={t("webhook.noDeliveriesHint")} />
          ) : (
            <DeliveryTable of={deliveries} mayReplay={mayReplay} />
          )
        }
      </Loaded>
      {read.hasNextPage && (
        <div className="more">
          <Button loading={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </div>
      )}
    </section>
  );
}

function ReplayAll({ of }: { of: Webhook }) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const replay = useChange(
    async (webhookId: string, requestId) => {
      let replayed = 0;
      for (let call = 1; ; call++) {
        const answer = await api.webhooks.replayDeadLetters({
          requestId: `${requestId}:${call}`,
          webhookId,
        });
        replayed += answer.replayed;
        if (!answer.hasMore) return replayed;
      }
    },
    (replayed) => void message.success(t("webhook.replayedAll", { count: replayed })),
  );
  return (
    <>
      <Button loading={replay.isPending} onClick={() => replay.mutate(of.webhookId)}>
        {t("webhook.replayAll")}
      </Button>
      {replay.error && <ErrorNotice error={replay.error} />}
    </>
  );
}

function Replay({ of }: { of: WebhookDelivery }) {
  const { t } = useWords();
  const { api } = useWork();
  const replay = useChange((deliveryId: string, requestId) =>
    api.webhooks.replayWebhookDelivery({ requestId, deliveryId }),
  );
  const hasEnded =
    of.state === WebhookDeliveryState.DEAD_LETTER || of.state === WebhookDeliveryState.DELIVERED;
  if (!hasEnded) return null;
  return (
    <>
      <Button
        size="small"
        loading={replay.isPending}
        onClick={() => replay.mutate(of.deliveryId)}
        aria-label={t("webhook.replayOf", { event: of.eventId })}
      >
        {t("webhook.replay")}
      </Button>
      {replay.error && <ErrorNotice error={replay.error} />}
    </>
  );
}

function DeliveryTable({ of, mayReplay }: { of: WebhookDelivery[]; mayReplay: boolean }) {
  return (
    <Table
      rowKey="deliveryId"
      size="small"
      columns={columnsIn(useWords(), mayReplay)}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn({ t, name }: Say, mayReplay: boolean): TableColumnsType<WebhookDelivery> {
  return [
    { title: t("webhook.event"), dataIndex: "eventType", className: "number" },
    {
      title: t("webhook.case"),
      render: (_, one) =>
        one.caseId ? (
          <Link to={`/cases/${one.caseId}`}>{one.eventId}</Link>
        ) : (
          <span className="quiet">{one.eventId}</span>
        ),
    },
    {
      title: t("webhook.state"),
      render: (_, one) => (
        <Tag color={deliveryColours[one.state] ?? "default"} variant="filled">
          {name("webhookDeliveryState", deliveryStateName(one.state))}
        </Tag>
      ),
    },
    { title: t("webhook.attempts"), dataIndex: "attempts", align: "right" },
    {
      title: t("webhook.answer"),
      render: (_, one) => (
        <>
          {one.status > 0 && <span className="number">HTTP {one.status}</span>}
          <div className="quiet">{one.error}</div>
        </>
      ),
    },
    {
      title: t("webhook.took"),
      align: "right",
      render: (_, one) => one.attemptTime && t("webhook.ms", { ms: one.durationMs }),
    },
    { title: t("webhook.queued"), render: (_, one) => <TimeText of={one.queueTime} /> },
    { title: t("webhook.nextAttempt"), render: (_, one) => <TimeText of={one.nextAttemptTime} /> },
    ...(mayReplay
      ? [{ title: "", render: (_: unknown, one: WebhookDelivery) => <Replay of={one} /> }]
      : []),
  ];
}
