import {
  MessageSide,
  type ConversationMessage,
} from "@redress/contract/redress/desk/v1/conversation_service_pb";
import { useMemberName } from "../case/queries";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";

interface Props {
  of: ConversationMessage[];
  // The buyer's, where it is known.
  nick: string | undefined;
  // Stands where there is no text.
  unreadable: string;
}

// Messages, the buyer's at the left and the shop's at the right.
export function MessageList({ of, nick, unreadable }: Props) {
  const { t } = useWords();
  const speakerOf = useSpeakerOf(nick);
  return (
    <ol className="chat" aria-label={t("conversation.messages")} tabIndex={0}>
      {of.map((one, at) => (
        <li key={one.sequence} className={isOfShop(one) ? "of-shop" : "of-buyer"}>
          <div className="quiet">
            {speakerOf(one)} <TimeText of={one.sendTime} />
          </div>
          {one.replyTo && <Answered by={one} before={of.slice(0, at)} />}
          <div className="bubble message-text">
            {one.text || <span className="quiet">{unreadable}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface AnsweredProps {
  by: ConversationMessage;
  before: ConversationMessage[];
}

// What a message answers, where that is not just the one before it: in its words if they are here,
// else as the source numbers it.
function Answered({ by: { replyTo }, before }: AnsweredProps) {
  const { t } = useWords();
  const numbers = replyTo.split(/[\s,]+/);
  const answered = before.findLast((one) => numbers.includes(one.messageNumber));
  if (answered && answered === before.at(-1)) return null;
  const what = answered?.text || replyTo;
  return <div className="quiet cut">{t("conversation.answers", { what })}</div>;
}

function isOfShop({ side }: ConversationMessage): boolean {
  return side === MessageSide.SHOP;
}

// By their account here, else as the source calls them.
function useSpeakerOf(nick: string | undefined): (one: ConversationMessage) => string {
  const { t } = useWords();
  const memberName = useMemberName();
  return (one) => {
    if (!isOfShop(one)) return nick ?? t("conversation.buyer");
    if (one.agentId) return memberName(one.agentId);
    return one.agentName || t("conversation.shop");
  };
}
