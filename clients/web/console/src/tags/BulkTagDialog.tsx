import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import {
  TagResultSchema,
  type TaggedCustomer,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { Button, Form, Modal, Segmented, Select } from "antd";
import { Link } from "react-router";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { bulkActs, failuresFirst, isDone, tagsFor, useBulkTagging } from "./bulkQueries";
import { tagMeaning, tagName, useTags, type TagAct } from "./queries";
import type { Person } from "./selection";

export interface TagDecision {
  act: TagAct;
  // Absent until one is chosen.
  tagCode?: string;
}

type Entered = Required<TagDecision>;

interface Props {
  // As they were when the dialog was opened.
  of: Person[];
  // What the form begins with.
  usual: TagDecision;
  onClose: (isDone: boolean) => void;
}

// One tag for many people: what is decided about it, and then what became of each.
export function BulkTagDialog({ of, usual, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<Entered>();
  const tagging = useBulkTagging();
  const results = tagging.data;
  // Nobody would hear what became of each.
  const close = () => {
    if (!tagging.isPending) onClose(results !== undefined);
  };
  const buttons = results ? (
    <Button type="primary" autoFocus onClick={close}>
      {t("common.close")}
    </Button>
  ) : (
    <>
      <Button disabled={tagging.isPending} onClick={close}>
        {t("common.cancel")}
      </Button>
      <Button type="primary" loading={tagging.isPending} onClick={() => form.submit()}>
        {t("common.submit")}
      </Button>
    </>
  );
  return (
    <Modal open title={t("bulkTag.title", { count: of.length })} footer={buttons} onCancel={close}>
      {results ? (
        <Results of={results} people={of} />
      ) : (
        <Form<Entered>
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={usual}
          onFinish={({ act, tagCode }) =>
            tagging.mutate({ act, tagCode, customerIds: of.map((one) => one.customerId) })
          }
        >
          {tagging.error && <ErrorNotice error={tagging.error} />}
          <Deciding usual={usual} />
        </Form>
      )}
    </Modal>
  );
}

function Deciding({ usual }: { usual: TagDecision }) {
  const words = useWords();
  const { t } = words;
  const form = Form.useFormInstance<Entered>();
  const tags = useTags();
  const act = Form.useWatch<TagAct | undefined>("act", form) ?? usual.act;
  const choice = tagsFor(act, tags.data ?? []);
  return (
    <>
      <Form.Item name="act" label={t("bulkTag.act")} extra={t(`bulkTagHint.${act}`)}>
        <Segmented<TagAct>
          options={bulkActs.map((one) => ({ value: one, label: t(`bulkTagAct.${one}`) }))}
          onChange={(next) => {
            const kept = form.getFieldValue("tagCode") as string | undefined;
            const isStillOne = tagsFor(next, tags.data ?? []).some((tag) => tag.tagCode === kept);
            if (!isStillOne) form.setFieldValue("tagCode", undefined);
          }}
        />
      </Form.Item>
      {tags.error && <ErrorNotice error={tags.error} onRetry={() => void tags.refetch()} />}
      <Form.Item
        name="tagCode"
        label={t("bulkTag.tag")}
        rules={[{ required: true, message: t("tag.choose") }]}
      >
        <Select
          autoFocus
          loading={tags.isPending}
          placeholder={t("tag.choose")}
          showSearch={{ optionFilterProp: "label" }}
          notFoundContent={t("tag.noneByHand")}
          options={choice.map((tag) => ({
            value: tag.tagCode,
            label: tagName(tag, tag.tagCode, words),
            title: tagMeaning(tag, words),
          }))}
        />
      </Form.Item>
    </>
  );
}

function Results({ of, people }: { of: TaggedCustomer[]; people: Person[] }) {
  const { t } = useWords();
  const done = of.filter(isDone).length;
  const nicks = new Map(people.map((one) => [one.customerId, one.nick]));
  return (
    <section className="case-results" aria-live="polite">
      <p>
        <strong>{t("queue.resultSummary", { done, refused: of.length - done })}</strong>
      </p>
      <ul>
        {failuresFirst(of).map((one) => (
          <Result key={one.customerId} of={one} nick={nicks.get(one.customerId)} />
        ))}
      </ul>
    </section>
  );
}

function Result({ of, nick }: { of: TaggedCustomer; nick: string | undefined }) {
  const { name } = useWords();
  const result = enumName(TagResultSchema, of.result);
  return (
    <li data-result={isDone(of) ? "done" : "refused"}>
      {isDone(of) ? (
        <CheckCircleFilled className="done" aria-hidden />
      ) : (
        <CloseCircleFilled className="refused-mark" aria-hidden />
      )}
      <Link to={`/customers/${of.customerId}`}>{nick || `…${of.customerId.slice(-6)}`}</Link>
      <span>{name("tagResult", result)}</span>
    </li>
  );
}
