import {
  MessageState,
  MessageStateSchema,
  type Message,
} from "@redress/contract/redress/desk/v1/message_service_pb";
import { Tag } from "antd";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";

const colours: Record<number, string> = {
  [MessageState.QUEUED]: "blue",
  [MessageState.WAITING_FOR_PERSON]: "gold",
  [MessageState.SENT]: "green",
  [MessageState.DELIVERED]: "green",
  [MessageState.FAILED]: "red",
};

// How far a message is, and why it stopped there.
export function MessageStateTag({ of }: { of: Message }) {
  const { t, name } = useWords();
  // "VALUE_MISSING:tracking" says which.
  const [code = "", detail = ""] = of.reason.split(":");
  return (
    <>
      <Tag color={colours[of.state] ?? "default"} variant="filled">
        {name("messageState", enumName(MessageStateSchema, of.state))}
      </Tag>
      {code && (
        <span className="quiet">
          {t(`messageReason.${code}`, {
            defaultValue: code,
            name: name("phraseVariable", detail),
          })}
        </span>
      )}
    </>
  );
}

export function MessageText({ of }: { of: Message }) {
  const { t } = useWords();
  if (of.content) return <span className="message-text">{of.content.text}</span>;
  return (
    <span className="quiet">
      {of.phraseVersion === 0 ? t("messages.notFilled") : t("messages.erased")}
    </span>
  );
}
