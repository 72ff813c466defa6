import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { NoteForm } from "./NoteForm";
import { NoteItem } from "./NoteItem";
import { useMayReadNotes, useMayWriteNotes, useNotes } from "./queries";

// What the shop's people wrote down about a customer for each other.
export function NotesPanel({ customerId }: { customerId: string }) {
  return useMayReadNotes() ? <Notes customerId={customerId} /> : null;
}

function Notes({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const read = useNotes(customerId);
  const mayWrite = useMayWriteNotes();
  return (
    <section className="notes" aria-label={t("note.title")}>
      <h2>{t("note.title")}</h2>
      {mayWrite && <NoteForm customerId={customerId} />}
      <Loaded of={read} rows={2}>
        {(notes) =>
          notes.length === 0 ? (
            <p className="quiet">{t("note.none")}</p>
          ) : (
            <ul className="mini-list">
              {notes.map((note) => (
                <NoteItem key={note.noteId} of={note} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <More of={read} />
    </section>
  );
}
