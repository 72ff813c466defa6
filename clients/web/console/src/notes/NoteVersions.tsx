import { useMemberName } from "../case/queries";
import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { useNoteVersions } from "./queries";

// What a note has said, newest first.
export function NoteVersions({ noteId }: { noteId: string }) {
  const { t } = useWords();
  const memberName = useMemberName();
  const read = useNoteVersions(noteId);
  return (
    <section aria-label={t("note.versions")} className="note-versions">
      <Loaded of={read} rows={2}>
        {(versions) => (
          <ol reversed className="mini-list">
            {versions.map((one) => (
              <li key={one.version}>
                <div className="queue-line quiet">
                  <span>{t("note.version", { version: one.version })}</span>
                  <span className="cut">{memberName(one.editorId)}</span>
                  <TimeText of={one.editTime} />
                </div>
                <div className="message-text">{one.text || t("note.unreadable")}</div>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <More of={read} />
    </section>
  );
}
