import {
  MessageState,
  MessageStateSchema,
  type Message,
} from "@redress/contract/redress/desk/v1/message_service_pb";
import { App, Button, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { choosingBy } from "../shared/keyboard/choice";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { MessageTabs } from "./MessageTabs";
import { MessageStateTag, MessageText } from "./MessageValues";
import { lets, useMessageChange, useMessages, type MessageChange } from "./queries";

const { afterDealing, choose, chosenIn, firstOf, moved } = choosingBy(
  ({ messageId }: Message) => messageId,
);

// The messages of the shop; those that wait are worked off by keyboard.
export function Component() {
  const { t, name } = useWords();
  const [state, setState] = useState(MessageState.WAITING_FOR_PERSON);
  const read = useMessages(state);
  return (
    <div className="page">
      <MessageTabs />
      <header className="page-title">
        <h1>{t("messages.title")}</h1>
        <Segmented
          aria-label={t("messages.state")}
          value={state}
          onChange={(chosen: MessageState) => setState(chosen)}
          options={MessageStateSchema.values.map((value) => ({
            value: value.number,
            label: name("messageState", value.name),
          }))}
        />
      </header>
      <p className="quiet">{t("messages.hint")}</p>
      <Loaded of={read} rows={8}>
        {(messages) =>
          messages.length === 0 ? (
            <Nothing what={t("messages.empty")} hint={t("messages.emptyHint")} />
          ) : (
            <MessageList key={`${state} ${String(read.isPlaceholderData)}`} of={messages} />
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
    </div>
  );
}

// Where one was dealt with, the next takes its place.
function MessageList({ of }: { of: Message[] }) {
  const [choice, setChoice] = useState(() => firstOf(of));
  const chosen = chosenIn(of, choice);
  const act = useActions(({ messageId }) =>
    setChoice((latest) => afterDealing(of, latest, messageId)),
  );
  const { can } = useWork();
  const may = can("ROLE_AGENT", "ROLE_SUPERVISOR");
  useShortcuts({
    j: () => setChoice(moved(of, choice, 1)),
    k: () => setChoice(moved(of, choice, -1)),
    ...(chosen && may
      ? {
          c: () => act.copy(chosen),
          s: () => act.change(chosen, "markSent"),
          x: () => act.change(chosen, "cancel"),
          r: () => act.change(chosen, "resend"),
        }
      : {}),
  });
  return (
    <ul className="message-list">
      {of.map((one) => (
        <li
          key={one.messageId}
          aria-current={one === chosen}
          className="message-row"
          onClick={() => setChoice(choose(of, one.messageId))}
        >
          <MessageRow of={one} actions={one === chosen && may ? act : undefined} />
        </li>
      ))}
    </ul>
  );
}

interface Actions {
  copy: (of: Message) => void;
  change: (of: Message, change: MessageChange) => void;
  isPending: boolean;
}

function useActions(onDone: (of: Message) => void): Actions {
  const { t } = useWords();
  const { message } = App.useApp();
  const mutation = useMessageChange();
  return {
    isPending: mutation.isPending,
    copy: (of) => {
      if (!of.content) return;
      void navigator.clipboard
        .writeText(of.content.text)
        .then(() => message.success(t("common.copied")));
    },
    change: (of, change) => {
      if (mutation.isPending || !lets(of, change)) return;
      mutation.mutate(
        { of, change },
        {
          onSuccess: () => {
            onDone(of);
            if (change === "markSent") void message.success(t("messages.marked"));
          },
          onError: (error) => void message.error(refusalText(refusalOf(error), t)),
        },
      );
    },
  };
}

function MessageRow({ of, actions }: { of: Message; actions: Actions | undefined }) {
  const { t, name } = useWords();
  const buttons: [MessageChange, string][] = [
    ["markSent", t("messages.markSent")],
    ["resend", t("messages.resend")],
    ["cancel", t("messages.cancel")],
  ];
  return (
    <>
      <div className="queue-line">
        <strong>{of.content?.customerNick ?? "–"}</strong>
        <span className="quiet">
          {of.content?.platform} {of.content?.orderNumber}
        </span>
        <Link to={`/workbench/${String(of.caseNumber)}`}>#{String(of.caseNumber)}</Link>
        <span className="quiet">
          {of.ruleCode ? name("notificationRule", of.ruleCode) : t("messages.byHand")}
        </span>
        <MessageStateTag of={of} />
        <TimeText of={of.updateTime} />
      </div>
      <div>
        <MessageText of={of} />
      </div>
      {actions && (
        <div className="queue-line">
          {of.content && (
            <Button size="small" onClick={() => actions.copy(of)}>
              {t("messages.copy")}
            </Button>
          )}
          {buttons
            .filter(([change]) => lets(of, change))
            .map(([change, label]) => (
              <Button
                key={change}
                size="small"
                type={change === "markSent" ? "primary" : "default"}
                loading={actions.isPending}
                onClick={() => actions.change(of, change)}
              >
                {label}
              </Button>
            ))}
        </div>
      )}
    </>
  );
}
