import { BellOutlined } from "@ant-design/icons";
import type { Mention } from "@redress/contract/redress/customer/v1/note_service_pb";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useMayReadNotes, useUnreadMentions } from "./queries";

// The notes that mention the reader and that they have not read yet.
export function MentionsBell() {
  return useMayReadNotes() ? <Bell /> : null;
}

function Bell() {
  const { t } = useWords();
  const read = useUnreadMentions();
  const [isOpen, setIsOpen] = useState(false);
  const count = read.data?.length ?? 0;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setIsOpen}
      title={t("mention.title")}
      content={
        <div className="mentions">
          <Loaded of={read} rows={2}>
            {(mentions) => <Unread of={mentions} onLeave={() => setIsOpen(false)} />}
          </Loaded>
        </div>
      }
    >
      <Button
        type="text"
        size="small"
        aria-label={t("mention.count", { count })}
        aria-expanded={isOpen}
        icon={
          <Badge size="small" count={count} overflowCount={49}>
            <BellOutlined />
          </Badge>
        }
      />
    </Popover>
  );
}

function Unread({ of, onLeave }: { of: Mention[]; onLeave: () => void }) {
  const { t } = useWords();
  const { api } = useWork();
  const memberName = useMemberName();
  const markRead = useChanging(
    (noteIds: string[], requestId) => api.notes.markMentionsRead({ requestId, noteIds }),
    ["mentions"],
  );
  const notes = of.flatMap(({ note }) => note ?? []);
  if (notes.length === 0) return <Nothing what={t("mention.none")} />;
  return (
    <>
      <ul className="mini-list">
        {notes.map((note) => (
          <li key={note.noteId}>
            <div className="queue-line quiet">
              <span className="cut grow">{memberName(note.editorId)}</span>
              <TimeText of={note.updateTime} />
            </div>
            <Link
              to={`/customers/${note.customerId}`}
              className="message-text"
              onClick={() => {
                markRead.mutate([note.noteId]);
                onLeave();
              }}
            >
              {note.text}
            </Link>
          </li>
        ))}
      </ul>
      {markRead.error && <ErrorNotice error={markRead.error} />}
      <Button
        size="small"
        loading={markRead.isPending}
        onClick={() => markRead.mutate(notes.map((note) => note.noteId))}
      >
        {t("mention.markAll")}
      </Button>
    </>
  );
}
