import type { Phrase } from "@redress/contract/redress/desk/v1/phrase_service_pb";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Radio } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useDeferredValue, useRef } from "react";
import { useWork } from "../session/work";
import { refusalOf } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { useRequestId, useVariables } from "./queries";

interface Entered {
  name: string;
  language: string;
  text: string;
  caseNumber?: string;
}

interface Props {
  of: Phrase | null; // null: a new one
  onDone: () => void;
}

// Writes a phrase, with its preview beside it as it is typed.
export function PhraseEditor({ of, onDone }: Props) {
  const { t, language } = useWords();
  const [form] = Form.useForm<Entered>();
  const save = useSave(of, onDone);
  const area = useRef<TextAreaRef>(null);
  const text = Form.useWatch<string | undefined>("text", form) ?? of?.text ?? "";
  const chosen = Form.useWatch<string | undefined>("language", form) ?? of?.language ?? language;
  const caseNumber = Form.useWatch("caseNumber", form) ?? "";
  const insert = (variable: string) => {
    const field = area.current?.resizableTextArea?.textArea;
    const at = field?.selectionStart ?? text.length;
    const value = `${text.slice(0, at)}{{${variable}}}${text.slice(at)}`;
    form.setFields([{ name: "text", value, errors: [] }]);
    field?.focus();
  };
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: of?.name, language: of?.language ?? language, text: of?.text }}
      onFinish={(entered) => save.mutate(entered)}
    >
      {save.error && refusalOf(save.error).fields.size === 0 && <ErrorNotice error={save.error} />}
      <Naming of={of} />
      <Form.Item
        name="text"
        label={t("messages.phraseText")}
        rules={[
          {
            required: true,
            whitespace: true,
            message: t("form.required", { field: t("messages.phraseText") }),
          },
          { max: 1000, message: t("form.tooLong", { count: 1000 }) },
        ]}
      >
        <Input.TextArea ref={area} autoSize={{ minRows: 4 }} autoFocus={of !== null} />
      </Form.Item>
      <VariablePicker onPick={insert} />
      <Form.Item
        name="caseNumber"
        label={t("messages.previewCase")}
        extra={t("messages.previewHint")}
      >
        <Input autoComplete="off" inputMode="numeric" placeholder="12" />
      </Form.Item>
      <Preview text={text} language={chosen} caseNumber={caseNumber} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("messages.save")}
      </Button>
    </Form>
  );
}

// A phrase keeps the name and the language that it was made with.
function Naming({ of }: { of: Phrase | null }) {
  const { t, name } = useWords();
  return (
    <>
      <Form.Item
        name="name"
        label={t("messages.name")}
        rules={[
          {
            required: true,
            whitespace: true,
            message: t("form.required", { field: t("messages.name") }),
          },
          { max: 80, message: t("form.tooLong", { count: 80 }) },
        ]}
      >
        <Input disabled={of !== null} autoComplete="off" autoFocus={of === null} />
      </Form.Item>
      <Form.Item name="language" label={t("messages.language")}>
        <Radio.Group
          disabled={of !== null}
          optionType="button"
          options={["zh", "en"].map((value) => ({ value, label: name("phraseLanguage", value) }))}
        />
      </Form.Item>
    </>
  );
}

function VariablePicker({ onPick }: { onPick: (variable: string) => void }) {
  const { t, name } = useWords();
  const variables = useVariables();
  return (
    <div className="variable-picker" role="group" aria-label={t("messages.insert")}>
      {(variables.data ?? []).map((one) => (
        <Button key={one.name} size="small" onClick={() => onPick(one.name)}>
          {name("phraseVariable", one.name)}
        </Button>
      ))}
    </div>
  );
}

interface PreviewProps {
  text: string;
  language: string;
  caseNumber: string;
}

function Preview({ text, language, caseNumber }: PreviewProps) {
  const { t, name } = useWords();
  const { api, shop } = useWork();
  const typed = useDeferredValue(text);
  const number = caseNumber.replace(/^#/, "").trim();
  const read = useQuery({
    queryKey: [shop.shopId, "phrase preview", typed, language, number],
    queryFn: async ({ signal }) => {
      const known = /^\d{1,9}$/.test(number)
        ? await api.cases.getCase(
            { key: { case: "caseNumber", value: BigInt(number) } },
            { signal },
          )
        : undefined;
      const caseId = known?.case?.caseId ?? "";
      return api.phrases.previewPhrase({ text: typed, language, caseId }, { signal });
    },
    enabled: typed.trim() !== "",
    placeholderData: keepPreviousData,
    retry: false,
  });
  const problem = read.error && [...refusalOf(read.error).fields.values()].join(" ");
  return (
    <section className="phrase-preview" aria-label={t("messages.preview")} aria-live="polite">
      <h3>{t("messages.preview")}</h3>
      {read.error ? (
        problem ? (
          <p role="alert">{problem}</p>
        ) : (
          <ErrorNotice error={read.error} />
        )
      ) : (
        <p className="message-text">{read.data?.text}</p>
      )}
      {!read.error && (read.data?.missing.length ?? 0) > 0 && (
        <p className="quiet">
          {t("messages.missing", {
            names: read.data?.missing.map((one) => name("phraseVariable", one)).join(", "),
          })}
        </p>
      )}
    </section>
  );
}

function useSave(of: Phrase | null, onDone: () => void) {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRequestId();
  return useMutation({
    mutationFn: async ({ name, language, text }: Entered) => {
      const id = requestId([name, language, text, of?.version]);
      if (of === null) return api.phrases.createPhrase({ requestId: id, name, language, text });
      return api.phrases.revisePhrase({
        requestId: id,
        phraseId: of.phraseId,
        version: of.version,
        text,
      });
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "phrases"] }),
  });
}
