import {
  WebhookState,
  type Webhook,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { Alert, Tag } from "antd";
import { Link, useParams } from "react-router";
import { useWork } from "../session/work";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { Deliveries } from "./Deliveries";
import { useWebhook } from "./queries";
import { pauseReasonName } from "./states";
import { WebhookActions } from "./WebhookActions";
import { WebhookStateTag } from "./WebhooksPage";

// One webhook: how it does, what it was sent, and what was given up.
export function Component() {
  const { t } = useWords();
  const { webhookId = "" } = useParams();
  const read = useWebhook(webhookId);
  return (
    <div className="page">
      <Link to="/webhooks">← {t("webhook.back")}</Link>
      <Loaded of={read} rows={10}>
        {(webhook) => <WebhookView key={webhook.webhookId} of={webhook} />}
      </Loaded>
    </div>
  );
}

function WebhookView({ of }: { of: Webhook }) {
  const { can } = useWork();
  const mayChange = can("ROLE_ADMIN");
  return (
    <>
      <header className="page-title">
        <h1>{of.title}</h1>
        <WebhookStateTag of={of} />
      </header>
      <Health of={of} />
      {mayChange && <WebhookActions of={of} />}
      <WebhookFacts of={of} />
      <Deliveries of={of} mayReplay={mayChange} />
    </>
  );
}

// Why nothing goes out, or goes out badly, and what to do about it.
function Health({ of }: { of: Webhook }) {
  const { t, name } = useWords();
  if (of.state === WebhookState.PAUSED) {
    const reason = pauseReasonName(of);
    return (
      <Alert
        type="error"
        showIcon
        title={t("webhook.pausedBecause", { reason: name("webhookPauseReason", reason) })}
        description={
          <>
            {of.pauseDetail && <div>{t("webhook.lastAnswer", { answer: of.pauseDetail })}</div>}
            {t("webhook.pausedHint")}
          </>
        }
      />
    );
  }
  if (of.failures === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("webhook.failing", { count: of.failures })}
      description={t("webhook.failingHint")}
    />
  );
}

function WebhookFacts({ of }: { of: Webhook }) {
  const { t } = useWords();
  return (
    <Facts
      of={[
        { label: t("webhook.url"), value: <code className="digest">{of.url}</code>, wide: true },
        {
          label: t("webhook.events"),
          value: of.eventTypes.map((type) => <Tag key={type}>{type}</Tag>),
          wide: true,
        },
        { label: t("webhook.waiting"), value: of.waiting },
        { label: t("webhook.deadLetters"), value: of.deadLetters },
        of.pauseTime && { label: t("webhook.pausedAt"), value: <TimeText of={of.pauseTime} /> },
        of.failingSinceTime && {
          label: t("webhook.failingSince"),
          value: <TimeText of={of.failingSinceTime} />,
        },
        of.previousSecretUntilTime && {
          label: t("webhook.previousSecretUntil"),
          value: <TimeText of={of.previousSecretUntilTime} />,
        },
        { label: t("webhook.created"), value: <TimeText of={of.createTime} /> },
      ]}
    />
  );
}
