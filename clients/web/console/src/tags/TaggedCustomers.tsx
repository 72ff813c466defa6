import {
  TagOrigin,
  type CustomerTag,
  type Tag,
} from "@redress/contract/redress/customer/v1/tag_service_pb";
import { useQueries } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { nickQuery } from "../customer/queries";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { BulkTagBar, useMayTag } from "./BulkTagBar";
import { useTagged } from "./bulkQueries";
import { useSelection, type Person } from "./selection";

// Who has a tag, and why.
export function TaggedCustomers({ of }: { of: Tag }) {
  const { t } = useWords();
  const read = useTagged(of.tagCode);
  return (
    <>
      <p className="quiet">{t("bulkTag.taggedHint")}</p>
      <Loaded of={read} rows={8}>
        {(people) => <TaggedTable of={people} tagCode={of.tagCode} />}
      </Loaded>
      <More of={read} />
    </>
  );
}

type Row = CustomerTag & Person;

// The list knows people by their ids only.
function useNamed(people: CustomerTag[]): Row[] {
  const work = useWork();
  const read = useQueries({
    queries: people.map(({ customerId }) => nickQuery(work, customerId)),
  });
  return people.map((one, at) => ({ ...one, nick: read[at]?.data ?? "" }));
}

function TaggedTable({ of, tagCode }: { of: CustomerTag[]; tagCode: string }) {
  const words = useWords();
  const { t } = words;
  const mayTag = useMayTag();
  const rows = useNamed(of);
  const selection = useSelection(rows);
  return (
    <>
      {mayTag && <BulkTagBar selection={selection} inDrawer usual={{ act: "deny", tagCode }} />}
      <Table
        rowKey="customerId"
        size="small"
        columns={columnsIn(words)}
        dataSource={rows}
        pagination={false}
        // The table stays: what became of those who were in it is still being read.
        locale={{
          emptyText: <Nothing what={t("bulkTag.noneTagged")} hint={t("bulkTag.noneTaggedHint")} />,
        }}
        {...(mayTag && { rowSelection: selection.rowSelection })}
      />
    </>
  );
}

function columnsIn({ t }: Say): TableColumnsType<Row> {
  return [
    {
      title: t("segment.nick"),
      render: (_, one) => (
        <Link to={`/customers/${one.customerId}`}>
          {one.nick || `…${one.customerId.slice(-8)}`}
        </Link>
      ),
    },
    {
      title: t("tag.decidedBy"),
      render: (_, one) =>
        one.origin === TagOrigin.HAND
          ? t("bulkTag.byHand")
          : t("tag.byRuleVersion", { version: one.ruleVersion }),
    },
    { title: t("tag.since"), render: (_, one) => <TimeText of={one.setTime} /> },
  ];
}
