import type { Phrase } from "@redress/contract/redress/desk/v1/phrase_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { MessageTabs } from "./MessageTabs";
import { PhraseEditor } from "./PhraseEditor";
import { usePhrases, useRequestId } from "./queries";

// The shop's phrases. `edited` is null for a new one.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const [withArchived, setWithArchived] = useState(false);
  const [edited, setEdited] = useState<Phrase | null>();
  const phrases = usePhrases(withArchived);
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const close = () => setEdited(undefined);
  return (
    <div className="page">
      <MessageTabs />
      <header className="page-title">
        <h1>{t("messages.phraseTitle")}</h1>
        <Checkbox
          checked={withArchived}
          onChange={(event) => setWithArchived(event.target.checked)}
        >
          {t("messages.withArchived")}
        </Checkbox>
        {mayEdit && (
          <Button type="primary" onClick={() => setEdited(null)}>
            {t("messages.newPhrase")}
          </Button>
        )}
      </header>
      <Loaded of={phrases} rows={6}>
        {(read) =>
          read.length === 0 ? (
            <Nothing what={t("messages.noPhrases")} hint={t("messages.noPhrasesHint")} />
          ) : (
            <PhraseTable of={read} onEdit={mayEdit ? setEdited : undefined} />
          )
        }
      </Loaded>
      <Drawer
        open={edited !== undefined}
        size={560}
        title={edited?.name ?? t("messages.newPhrase")}
        destroyOnHidden
        onClose={close}
      >
        {edited !== undefined && <PhraseEditor of={edited} onDone={close} />}
      </Drawer>
    </div>
  );
}

interface TableProps {
  of: Phrase[];
  onEdit: ((phrase: Phrase) => void) | undefined;
}

function PhraseTable({ of, onEdit }: TableProps) {
  const { t, name } = useWords();
  const columns: TableColumnsType<Phrase> = [
    {
      title: t("messages.name"),
      render: (_, one) => (
        <>
          {one.name} {one.archived && <Tag>{t("messages.archived")}</Tag>}
        </>
      ),
    },
    { title: t("messages.language"), render: (_, one) => name("phraseLanguage", one.language) },
    { title: t("messages.phraseText"), dataIndex: "text", className: "message-text" },
    {
      title: "",
      render: (_, one) => (
        <span className="quiet">
          {t("messages.version", { version: one.version })} <TimeText of={one.reviseTime} />
        </span>
      ),
    },
  ];
  if (onEdit) {
    columns.push({
      title: "",
      align: "right",
      render: (_, one) => (
        <>
          {!one.archived && (
            <Button size="small" onClick={() => onEdit(one)}>
              {t("messages.edit")}
            </Button>
          )}
          <ArchiveButton of={one} />
        </>
      ),
    });
  }
  return (
    <Table rowKey="phraseId" size="small" pagination={false} columns={columns} dataSource={of} />
  );
}

function ArchiveButton({ of }: { of: Phrase }) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const archive = useMutation({
    mutationFn: () => {
      const request = { phraseId: of.phraseId, version: of.version, restore: of.archived };
      return api.phrases.archivePhrase({ ...request, requestId: requestId(request) });
    },
    onError: (error) => void message.error(refusalText(refusalOf(error), t)),
    onSettled: () => queries.invalidateQueries({ queryKey: [shop.shopId, "phrases"] }),
  });
  return (
    <Button size="small" type="text" loading={archive.isPending} onClick={() => archive.mutate()}>
      {of.archived ? t("messages.restore") : t("messages.archive")}
    </Button>
  );
}
