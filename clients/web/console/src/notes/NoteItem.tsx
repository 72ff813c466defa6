import { PushpinFilled } from "@ant-design/icons";
import type { Note } from "@redress/contract/redress/customer/v1/note_service_pb";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useMemberName } from "../case/queries";
import { useWork } from "../session/work";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { NoteForm } from "./NoteForm";
import { NoteVersions } from "./NoteVersions";
import { useMayWriteNotes } from "./queries";

export function NoteItem({ of }: { of: Note }) {
  const { t } = useWords();
  const memberName = useMemberName();
  const [isEditing, setIsEditing] = useState(false);
  const isChanged = of.updateTime?.seconds !== of.createTime?.seconds;
  return (
    <li className={of.pinned ? "note is-pinned" : "note"}>
      <div className="queue-line quiet">
        {of.pinned && <PushpinFilled aria-label={t("note.pinned")} />}
        <span className="cut">{memberName(of.authorId)}</span>
        <TimeText of={of.createTime} />
        {isChanged && (
          <span className="cut">{t("note.changedBy", { name: memberName(of.editorId) })}</span>
        )}
      </div>
      {isEditing ? (
        <NoteForm
          customerId={of.customerId}
          of={of}
          autoFocus
          onDone={() => setIsEditing(false)}
          onCancel={() => setIsEditing(false)}
        />
      ) : (
        <>
          <div className="message-text">{of.text || t("note.unreadable")}</div>
          <NoteActs of={of} onEdit={() => setIsEditing(true)} />
        </>
      )}
    </li>
  );
}

function NoteActs({ of, onEdit }: { of: Note; onEdit: () => void }) {
  const { t } = useWords();
  const { api, can, session } = useWork();
  const [showsVersions, setShowsVersions] = useState(false);
  const mayWrite = useMayWriteNotes();
  const mayChange = mayWrite && (of.authorId === session.accountId || can("ROLE_SUPERVISOR"));
  const { noteId, etag } = of;
  const refreshed = ["notes", "timeline", "mentions"];
  const pin = useChanging(
    (asked: { noteId: string; etag: string; loosen: boolean }, requestId) =>
      api.notes.pinNote({ requestId, ...asked }),
    refreshed,
  );
  const remove = useChanging(
    (asked: { noteId: string; etag: string }, requestId) =>
      api.notes.deleteNote({ requestId, ...asked }),
    refreshed,
  );
  const error = pin.error ?? remove.error;
  return (
    <div className="note-acts">
      {mayWrite && (
        <Button
          type="link"
          size="small"
          loading={pin.isPending}
          onClick={() => pin.mutate({ noteId, etag, loosen: of.pinned })}
        >
          {t(of.pinned ? "note.loosen" : "note.pin")}
        </Button>
      )}
      {mayChange && (
        <>
          <Button type="link" size="small" onClick={onEdit}>
            {t("note.edit")}
          </Button>
          <Popconfirm
            title={t("note.deleteAsk")}
            okText={t("note.delete")}
            okButtonProps={{ danger: true }}
            cancelText={t("common.cancel")}
            onConfirm={() => remove.mutate({ noteId, etag })}
          >
            <Button type="link" size="small" loading={remove.isPending}>
              {t("note.delete")}
            </Button>
          </Popconfirm>
        </>
      )}
      {can("ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR") && (
        <Button
          type="link"
          size="small"
          aria-expanded={showsVersions}
          onClick={() => setShowsVersions(!showsVersions)}
        >
          {t("note.versions")}
        </Button>
      )}
      {error && <ErrorNotice error={error} />}
      {showsVersions && <NoteVersions noteId={noteId} />}
    </div>
  );
}
