import { Code } from "@connectrpc/connect";
import type { Note } from "@redress/contract/redress/customer/v1/note_service_pb";
import { Button, Checkbox, Form, Mentions } from "antd";
import { useState } from "react";
import { useMembers } from "../case/queries";
import { useWork } from "../session/work";
import { isRefusal } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { mentionedIn } from "./mentioned";

const longest = 2000;

interface Entered {
  text: string;
  pinned?: boolean;
}

interface Asked extends Entered {
  // The version of the note that is changed; empty for a new one.
  etag: string;
  mentionedAccountIds: string[];
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
  // What was seen: the note as the form was opened on it, later a colleague's that was shown.
  const [etag, setEtag] = useState(of?.etag ?? "");
  const save = useChanging(
    async ({ pinned = false, etag: seen, ...written }: Asked, requestId) => {
      await (of
        ? api.notes.editNote({ ...written, requestId, noteId: of.noteId, etag: seen })
        : api.notes.addNote({ ...written, requestId, customerId, pinned }));
    },
    ["notes", "timeline"],
    () => {
      form.resetFields();
      onDone?.();
    },
  );
  const present = save.error && isRefusal(save.error, Code.Aborted) ? of : undefined;
  const submit = (entered: Entered) => {
    const seen = present?.etag ?? etag;
    setEtag(seen);
    const text = entered.text.trim();
    save.mutate({
      ...entered,
      text,
      etag: seen,
      mentionedAccountIds: mentionedIn(text, members),
    });
  };
  const label = t("note.text");
  return (
    <Form<Entered>
      form={form}
      className="note-form"
      initialValues={{ text: of?.text ?? "", pinned: false }}
      onFinish={submit}
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
      {present && <Present of={present} />}
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
