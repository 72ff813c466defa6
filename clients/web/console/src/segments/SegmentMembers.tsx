import type {
  Segment,
  SegmentMember,
} from "@redress/contract/redress/customer/v1/segment_service_pb";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { Loaded } from "../shared/ui/Loaded";
import { More } from "../shared/ui/More";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";
import { BulkTagBar, useMayTag } from "../tags/BulkTagBar";
import { useSelection } from "../tags/selection";
import { ExportButton } from "./ExportButton";
import { useMembers, useSegment } from "./queries";

// The people in a segment.
export function SegmentMembers({ of }: { of: Segment }) {
  const read = useMembers(of.segmentCode);
  return (
    <>
      <div className="form-buttons">
        <ExportButton of={of} />
        <ExactCount segmentCode={of.segmentCode} />
      </div>
      <Loaded of={read} rows={8}>
        {(members) => <MemberTable of={members} />}
      </Loaded>
      <More of={read} />
    </>
  );
}

// The list of segments shows an older count; who opens one gets it as it is now.
function ExactCount({ segmentCode }: { segmentCode: string }) {
  const { t } = useWords();
  const read = useSegment(segmentCode);
  return (
    <Loaded of={read} rows={1}>
      {(segment) => (
        <span role="status">
          {t("segmentCount.exact", { count: String(segment.members) })}{" "}
          <TimeText of={segment.countTime} />
        </span>
      )}
    </Loaded>
  );
}

function MemberTable({ of }: { of: SegmentMember[] }) {
  const { t } = useWords();
  const mayTag = useMayTag();
  const selection = useSelection(of);
  const columns: TableColumnsType<SegmentMember> = [
    {
      title: t("segment.nick"),
      render: (_, one) => <Link to={`/customers/${one.customerId}`}>{one.nick}</Link>,
    },
    { title: t("segment.platform"), dataIndex: "platform" },
    { title: t("segment.joined"), render: (_, one) => <TimeText of={one.joinTime} /> },
  ];
  return (
    <>
      {mayTag && <BulkTagBar selection={selection} inDrawer />}
      <Table
        rowKey="customerId"
        size="small"
        columns={columns}
        dataSource={of}
        pagination={false}
        // The table stays: what became of those who were in it is still being read.
        locale={{ emptyText: <Nothing what={t("segment.noMembers")} /> }}
        {...(mayTag && { rowSelection: selection.rowSelection })}
      />
    </>
  );
}
