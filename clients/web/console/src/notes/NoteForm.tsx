import { Code } from "@connectrpc/connect";
import type { Note } from "@redress/contract/redress/customer/v1/note_service_pb";
import { Button, Checkbox, Form, Mentions } from "antd";
import { useMembers } from "../case/queries";
import { useWork } from "../session/work";
import { isRefusal } from "../shared/api/refusal";
import { useAct } from "../shared/api/useAct";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { mentionedIn } from "./mentioned";

const longest = 2000;

interface Entered {
  text: string;
  pinned?: boolean;
}

interface Props {
  customerId: string;
  // The note to change; absent adds one.
  of?: Note;
  autoFocus?: boolean;
  onDone?: () => void;
  onCancel?: () => void;
}

// Writes a note; @ offers the shop's members.
export function NoteForm({ customerId, of, autoFocus = false, onDone, onCancel }: Props) {
  const { t } = useWords();
  const { api } = useWork();
  const members = useMembers().data ?? [];
  const [form] = Form.useForm<Entered>();
  const save = useAct(
    async ({ text, pinned = false }: Entered, requestId) => {
      const written = { requestId, text, mentionedAccountIds: mentionedIn(text, members) };
      await (of
        ? api.notes.editNote({ ...written, noteId: of.noteId, etag: of.etag })
        : api.notes.addNote({ ...written, customerId, pinned }));
    },
    ["notes", "timeline"],
    () => {
      form.resetFields();
      onDone?.();
    },
  );
  const label = t("note.text");
  return (
    <Form<Entered>
      form={form}
      className="note-form"
      initialValues={{ text: of?.text ?? "", pinned: false }}
      onFinish={({ text, pinned }) => save.mutate({ text: text.trim(), ...(pinned && { pinned }) })}
    >
      <Form.Item
        name="text"
        validateTrigger="onSubmit"
        rules={[
          { required: true, whitespace: true, message: t("form.required", { field: label }) },
          { max: longest, message: t("form.tooLong", { count: longest }) },
        ]}
      >
        <Mentions
          aria-label={label}
          placeholder={t("note.hint")}
          autoFocus={autoFocus}
          // Names have spaces: the choice stays open while somebody's could be meant.
          validateSearch={(typed) =>
            members.some((member) => member.displayName.toLowerCase().includes(typed.toLowerCase()))
          }
          autoSize={{ minRows: 2, maxRows: 8 }}
          options={members.map((member) => ({
            key: member.accountId,
            value: member.displayName,
            label: `${member.displayName} · ${member.accountName}`,
          }))}
        />
      </Form.Item>
      {save.error && <ErrorNotice error={save.error} />}
      {of && save.error && isRefusal(save.error, Code.Aborted) && <Present of={of} />}
      <div className="form-buttons">
        <Button type="primary" size="small" htmlType="submit" loading={save.isPending}>
          {t(of ? "common.save" : "note.add")}
        </Button>
        {!of && (
          <Form.Item name="pinned" valuePropName="checked" noStyle>
            <Checkbox>{t("note.pin")}</Checkbox>
          </Form.Item>
        )}
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
        )}
      </div>
    </Form>
  );
}

// What a colleague has made of the note meanwhile; saving again replaces it.
function Present({ of }: { of: Note }) {
  const { t } = useWords();
  return (
    <div role="status">
      <span className="quiet">{t("note.now")}</span>
      <blockquote className="words">{of.text}</blockquote>
    </div>
  );
}
