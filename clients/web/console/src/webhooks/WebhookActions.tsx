import {
  WebhookDeliveryState,
  WebhookState,
  type Webhook,
  type WebhookDelivery,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { Alert, Button, Drawer, InputNumber, Popconfirm } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useChange } from "./queries";
import { SecretDialog } from "./SecretDialog";
import { WebhookForm } from "./WebhookForm";

// What an admin may do with a webhook.
export function WebhookActions({ of }: { of: Webhook }) {
  const { t } = useWords();
  const { api } = useWork();
  const { webhookId, version } = of;
  const [isEditing, setIsEditing] = useState(false);
  const isPaused = of.state === WebhookState.PAUSED;
  const test = useChange(async (_: string, requestId) => {
    const { delivery } = await api.webhooks.sendTestEvent({ requestId, webhookId });
    return delivery;
  });
  const pause = useChange(
    async (asked: { webhookId: string; version: number; resumes: boolean }, requestId) => {
      const change = { requestId, webhookId: asked.webhookId, version: asked.version };
      const { webhook } = asked.resumes
        ? await api.webhooks.resumeWebhook(change)
        : await api.webhooks.pauseWebhook(change);
      return webhook;
    },
  );
  const sendTest = () => test.mutate(webhookId);
  useShortcuts({ t: sendTest, e: () => setIsEditing(true) });
  const error = test.error ?? pause.error;
  return (
    <div className="run-actions">
      <Button loading={test.isPending} onClick={sendTest} aria-keyshortcuts="t">
        {t("webhook.test")} <kbd>t</kbd>
      </Button>
      <Button
        type={isPaused ? "primary" : "default"}
        loading={pause.isPending}
        onClick={() => pause.mutate({ webhookId, version, resumes: isPaused })}
      >
        {t(isPaused ? "webhook.resume" : "webhook.pause")}
      </Button>
      <Button onClick={() => setIsEditing(true)} aria-keyshortcuts="e">
        {t("webhook.edit")} <kbd>e</kbd>
      </Button>
      <Rotate of={of} />
      <Delete of={of} />
      {error && <ErrorNotice error={error} />}
      {test.data && <TestResult of={test.data} />}
      <Drawer
        open={isEditing}
        title={t("webhook.edit")}
        size={480}
        destroyOnHidden
        onClose={() => setIsEditing(false)}
      >
        <WebhookForm of={of} onDone={() => setIsEditing(false)} />
      </Drawer>
    </div>
  );
}

function TestResult({ of }: { of: WebhookDelivery }) {
  const { t } = useWords();
  const isTaken = of.state === WebhookDeliveryState.DELIVERED;
  const answer = of.status > 0 ? `HTTP ${of.status}` : of.error;
  return (
    <Alert
      role="status"
      type={isTaken ? "success" : "error"}
      showIcon
      title={t(isTaken ? "webhook.testTaken" : "webhook.testFailed", {
        answer,
        ms: of.durationMs,
      })}
    />
  );
}

function Rotate({ of }: { of: Webhook }) {
  const { t } = useWords();
  const { api } = useWork();
  const [overlapHours, setOverlapHours] = useState(24);
  const [secret, setSecret] = useState("");
  const rotate = useChange(
    (asked: { webhookId: string; version: number; overlapHours: number }, requestId) =>
      api.webhooks.rotateWebhookSecret({ requestId, ...asked }),
    (answer) => setSecret(answer.secret),
  );
  return (
    <>
      <Popconfirm
        title={t("webhook.rotateAsk")}
        description={
          <label>
            {t("webhook.overlap")}{" "}
            <InputNumber
              min={0}
              max={168}
              precision={0}
              value={overlapHours}
              onChange={(hours) => setOverlapHours(hours ?? 0)}
            />
          </label>
        }
        okText={t("webhook.rotate")}
        cancelText={t("common.cancel")}
        onConfirm={() =>
          rotate.mutate({ webhookId: of.webhookId, version: of.version, overlapHours })
        }
      >
        <Button loading={rotate.isPending}>{t("webhook.rotate")}</Button>
      </Popconfirm>
      {rotate.error && <ErrorNotice error={rotate.error} />}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret("")} />}
    </>
  );
}

function Delete({ of }: { of: Webhook }) {
  const { t } = useWords();
  const { api } = useWork();
  const navigate = useNavigate();
  const remove = useChange(
    (asked: { webhookId: string; version: number }, requestId) =>
      api.webhooks.deleteWebhook({ requestId, ...asked }),
    () => void navigate("/webhooks"),
  );
  return (
    <>
      <Popconfirm
        title={t("webhook.deleteAsk")}
        description={t("webhook.deleteHint")}
        okText={t("webhook.delete")}
        okButtonProps={{ danger: true }}
        cancelText={t("common.cancel")}
        onConfirm={() => remove.mutate({ webhookId: of.webhookId, version: of.version })}
      >
        <Button danger loading={remove.isPending}>
          {t("webhook.delete")}
        </Button>
      </Popconfirm>
      {remove.error && <ErrorNotice error={remove.error} />}
    </>
  );
}
