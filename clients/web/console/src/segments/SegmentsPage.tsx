import type { Segment } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { App, Button, Drawer, Popconfirm, Switch, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { CareTabs } from "../care/CareTabs";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { segmentName, useArchiveSegment, useSegments } from "./queries";
import { SegmentForm } from "./SegmentForm";
import { SegmentMembers } from "./SegmentMembers";

// Named conditions and how many match them. `edited` is null for a new one.
export function Component() {
  const words = useWords();
  const { t } = words;
  const { can } = useWork();
  const [withArchived, setWithArchived] = useState(false);
  const [edited, setEdited] = useState<Segment | null>();
  const [listed, setListed] = useState<Segment>();
  const read = useSegments(withArchived);
  const mayEdit = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  const mayList = can("ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR");
  useShortcuts({ n: () => mayEdit && setEdited(null) });
  return (
    <div className="page">
      <CareTabs />
      <header className="page-title">
        <h1>{t("segment.title")}</h1>
        {mayEdit && (
          <Button type="primary" onClick={() => setEdited(null)} aria-keyshortcuts="n">
            {t("segment.new")} <kbd>n</kbd>
          </Button>
        )}
        <label>
          <Switch size="small" checked={withArchived} onChange={setWithArchived} />{" "}
          {t("tag.showArchived")}
        </label>
      </header>
      <p className="quiet">
        {t("segment.hint")} {t("segmentCount.hint")}
      </p>
      <Loaded of={read} rows={6}>
        {(segments) =>
          segments.length === 0 ? (
            <Nothing what={t("segment.empty")} hint={t("segment.emptyHint")} />
          ) : (
            <Table
              rowKey="segmentCode"
              size="small"
              columns={columnsIn(words, {
                onEdit: mayEdit ? setEdited : undefined,
                onList: mayList ? setListed : undefined,
              })}
              dataSource={segments}
              pagination={false}
            />
          )
        }
      </Loaded>
      <Drawer
        open={edited !== undefined}
        size={620}
        title={edited ? segmentName(edited, words) : t("segment.new")}
        destroyOnHidden
        onClose={() => setEdited(undefined)}
      >
        {edited !== undefined && <SegmentForm of={edited} onDone={() => setEdited(undefined)} />}
      </Drawer>
      <Drawer
        open={listed !== undefined}
        size={620}
        title={listed && t("segment.membersOf", { name: segmentName(listed, words) })}
        destroyOnHidden
        onClose={() => setListed(undefined)}
      >
        {listed && <SegmentMembers of={listed} />}
      </Drawer>
    </div>
  );
}

interface Acts {
  onEdit: ((segment: Segment) => void) | undefined;
  onList: ((segment: Segment) => void) | undefined;
}

function columnsIn(words: Say, acts: Acts): TableColumnsType<Segment> {
  const { t } = words;
  return [
    {
      title: t("segment.name"),
      render: (_, one) => (
        <>
          {segmentName(one, words)} <code className="quiet">{one.segmentCode}</code>{" "}
          {one.archived && <span className="quiet">{t("tag.archived")}</span>}
        </>
      ),
    },
    {
      title: t("tagRule.condition"),
      render: (_, one) => <code className="condition">{one.expression}</code>,
    },
    {
      title: t("segment.members"),
      align: "right",
      render: (_, one) => <span className="number">{String(one.members)}</span>,
    },
    {
      title: t("segment.counted"),
      render: (_, one) => (
        <>
          <TimeText of={one.countTime} />{" "}
          {!one.settled && !one.archived && (
            <Tag title={t("segment.settlingHint")} color="blue" variant="filled">
              {t("segment.settling")}
            </Tag>
          )}
        </>
      ),
    },
    { title: "", align: "right", render: (_, one) => <RowActs of={one} {...acts} /> },
  ];
}

function RowActs({ of, onEdit, onList }: Acts & { of: Segment }) {
  const words = useWords();
  const { t } = words;
  const { message } = App.useApp();
  const archive = useArchiveSegment();
  const go = (restore: boolean) =>
    archive.mutate(
      { segmentCode: of.segmentCode, version: of.version, restore },
      { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
    );
  return (
    <span className="row-acts">
      {onList && !of.archived && (
        <Button size="small" onClick={() => onList(of)}>
          {t("segment.show")}
        </Button>
      )}
      {onEdit && !of.archived && (
        <>
          <Button size="small" onClick={() => onEdit(of)}>
            {t("segment.edit")}
          </Button>
          <Popconfirm
            title={t("tag.archiveAsk", { name: segmentName(of, words) })}
            description={t("segment.archiveHint")}
            okText={t("tag.archive")}
            onConfirm={() => go(false)}
          >
            <Button size="small" loading={archive.isPending}>
              {t("tag.archive")}
            </Button>
          </Popconfirm>
        </>
      )}
      {onEdit && of.archived && (
        <Button size="small" loading={archive.isPending} onClick={() => go(true)}>
          {t("tag.restore")}
        </Button>
      )}
    </span>
  );
}
