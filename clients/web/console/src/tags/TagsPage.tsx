import type { Tag } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { App, Button, Drawer, Popconfirm, Switch, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { CareTabs } from "../care/CareTabs";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords, type Say } from "../shared/words";
import { AdoptTagsButton } from "./AdoptTagsButton";
import { tagMeaning, tagName, tagTopics, useTags } from "./queries";
import { TagMark } from "./TagChip";
import { TaggedCustomers } from "./TaggedCustomers";
import { TagForm } from "./TagForm";

// The tags that the shop has defined. `edited` is null for a new one.
export function Component() {
  const words = useWords();
  const { t } = words;
  const { can } = useWork();
  const [withArchived, setWithArchived] = useState(false);
  const [edited, setEdited] = useState<Tag | null>();
  const [listed, setListed] = useState<Tag>();
  const read = useTags(withArchived);
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const close = () => setEdited(undefined);
  useShortcuts({ n: () => mayEdit && setEdited(null) });
  return (
    <div className="page">
      <CareTabs />
      <header className="page-title">
        <h1>{t("tag.title")}</h1>
        {mayEdit && (
          <>
            <Button type="primary" onClick={() => setEdited(null)} aria-keyshortcuts="n">
              {t("tag.new")} <kbd>n</kbd>
            </Button>
            <AdoptTagsButton />
          </>
        )}
        <label>
          <Switch size="small" checked={withArchived} onChange={setWithArchived} />{" "}
          {t("tag.showArchived")}
        </label>
      </header>
      <p className="quiet">{t("tag.listHint")}</p>
      <Loaded of={read} rows={6}>
        {(tags) =>
          tags.length === 0 ? (
            <Nothing what={t("tag.empty")} hint={t("tag.emptyHint")} />
          ) : (
            <TagTable of={tags} onEdit={mayEdit ? setEdited : undefined} onList={setListed} />
          )
        }
      </Loaded>
      <Drawer
        open={edited !== undefined}
        size={480}
        title={edited?.tagCode ?? t("tag.new")}
        destroyOnHidden
        onClose={close}
      >
        {edited !== undefined && <TagForm of={edited} onDone={close} />}
      </Drawer>
      <Drawer
        open={listed !== undefined}
        size={620}
        title={listed && t("bulkTag.taggedOf", { name: tagName(listed, listed.tagCode, words) })}
        destroyOnHidden
        onClose={() => setListed(undefined)}
      >
        {listed && <TaggedCustomers of={listed} />}
      </Drawer>
    </div>
  );
}

interface RowActs {
  onEdit: ((tag: Tag) => void) | undefined;
  onList: (tag: Tag) => void;
}

function TagTable({ of, ...acts }: RowActs & { of: Tag[] }) {
  return (
    <Table
      rowKey="tagCode"
      size="small"
      columns={columnsIn(useWords(), acts)}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn(words: Say, { onEdit, onList }: RowActs): TableColumnsType<Tag> {
  const { t } = words;
  return [
    { title: t("tag.group"), render: (_, tag) => words.name("tagGroup", tag.group), width: 120 },
    {
      title: t("tag.name"),
      render: (_, tag) => (
        <>
          <TagMark of={tag} code={tag.tagCode} />{" "}
          {tag.archived && <span className="quiet">{t("tag.archived")}</span>}
        </>
      ),
    },
    { title: t("tag.code"), render: (_, tag) => <code>{tag.tagCode}</code> },
    { title: t("tag.meaning"), render: (_, tag) => tagMeaning(tag, words) },
    {
      title: t("tag.decidedBy"),
      render: (_, tag) =>
        [tag.byHand && t("tag.byHand"), tag.byRule && t("tag.byRule")].filter(Boolean).join(" · "),
    },
    {
      title: t("tag.until"),
      render: (_, tag) =>
        tag.expiryDays > 0 ? t("tag.days", { count: tag.expiryDays }) : t("tag.never"),
    },
    {
      title: "",
      align: "right",
      render: (_, tag) => (
        <span className="row-acts">
          <Button size="small" onClick={() => onList(tag)}>
            {t("bulkTag.show")}
          </Button>
          {onEdit && <Acts of={tag} edit={onEdit} />}
        </span>
      ),
    },
  ];
}

function Acts({ of, edit }: { of: Tag; edit: (tag: Tag) => void }) {
  const words = useWords();
  const { t } = words;
  const { api } = useWork();
  const { message } = App.useApp();
  const archive = useChanging(
    ({ restore }: { restore: boolean; version: number }, requestId) =>
      api.tags.archiveTag({ requestId, tagCode: of.tagCode, version: of.version, restore }),
    tagTopics,
  );
  const go = (restore: boolean) =>
    archive.mutate(
      { restore, version: of.version },
      { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
    );
  if (of.archived) {
    return (
      <Button size="small" loading={archive.isPending} onClick={() => go(true)}>
        {t("tag.restore")}
      </Button>
    );
  }
  return (
    <span className="row-acts">
      <Button size="small" onClick={() => edit(of)}>
        {t("tag.edit")}
      </Button>
      <Popconfirm
        title={t("tag.archiveAsk", { name: tagName(of, of.tagCode, words) })}
        description={t("tag.archiveHint")}
        okText={t("tag.archive")}
        onConfirm={() => go(false)}
      >
        <Button size="small" loading={archive.isPending}>
          {t("tag.archive")}
        </Button>
      </Popconfirm>
    </span>
  );
}
