import {
  WebhookState,
  type Webhook,
} from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { Button, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords, type Say } from "../shared/words";
import { useWebhooks } from "./queries";
import { SecretDialog } from "./SecretDialog";
import { pauseReasonName, stateName } from "./states";
import { WebhookForm } from "./WebhookForm";

// Other people's systems that are told of cases.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const navigate = useNavigate();
  const read = useWebhooks();
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<{ webhookId: string; secret: string }>();
  const mayMake = can("ROLE_ADMIN");
  useShortcuts({ n: () => mayMake && setIsMaking(true) });
  return (
    <div className="page">
      <header className="page-title">
        <h1>{t("webhook.title")}</h1>
        {mayMake && (
          <Button type="primary" onClick={() => setIsMaking(true)} aria-keyshortcuts="n">
            {t("webhook.new")} <kbd>n</kbd>
          </Button>
        )}
      </header>
      <p className="quiet">{t("webhook.hint")}</p>
      <Loaded of={read} rows={6}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Nothing what={t("webhook.empty")} hint={t("webhook.emptyHint")} />
          ) : (
            <WebhookTable of={webhooks} />
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
      <Drawer
        open={isMaking}
        title={t("webhook.new")}
        size={480}
        destroyOnHidden
        onClose={() => setIsMaking(false)}
      >
        <WebhookForm
          onDone={({ webhookId }, secret) => {
            setIsMaking(false);
            setMade({ webhookId, secret });
          }}
        />
      </Drawer>
      {made && (
        <SecretDialog
          secret={made.secret}
          onClose={() => void navigate(`/webhooks/${made.webhookId}`)}
        />
      )}
    </div>
  );
}

function WebhookTable({ of }: { of: Webhook[] }) {
  return (
    <Table
      rowKey="webhookId"
      size="small"
      columns={columnsIn(useWords())}
      dataSource={of}
      pagination={false}
    />
  );
}

export function WebhookStateTag({ of }: { of: Webhook }) {
  const { name } = useWords();
  if (of.state === WebhookState.PAUSED) {
    return (
      <>
        <Tag color="red" variant="filled">
          {name("webhookState", stateName(of))}
        </Tag>
        <span className="quiet">{name("webhookPauseReason", pauseReasonName(of))}</span>
      </>
    );
  }
  return (
    <Tag color={of.failures > 0 ? "orange" : "green"} variant="filled">
      {of.failures > 0 ? name("webhookState", "FAILING") : name("webhookState", stateName(of))}
    </Tag>
  );
}

function columnsIn({ t }: Say): TableColumnsType<Webhook> {
  return [
    {
      title: t("webhook.name"),
      render: (_, one) => <Link to={`/webhooks/${one.webhookId}`}>{one.title}</Link>,
    },
    { title: t("webhook.url"), render: (_, one) => <span className="digest">{one.url}</span> },
    {
      title: t("webhook.events"),
      render: (_, one) => one.eventTypes.map((type) => <Tag key={type}>{type}</Tag>),
    },
    { title: t("webhook.state"), render: (_, one) => <WebhookStateTag of={one} /> },
    { title: t("webhook.waiting"), dataIndex: "waiting", align: "right" },
    {
      title: t("webhook.deadLetters"),
      align: "right",
      render: (_, one) =>
        one.deadLetters > 0 ? <Tag color="red">{one.deadLetters}</Tag> : one.deadLetters,
    },
  ];
}
