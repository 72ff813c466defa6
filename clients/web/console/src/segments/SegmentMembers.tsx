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
import { ExportButton } from "./ExportButton";
import { useMembers } from "./queries";

// The people in a segment.
export function SegmentMembers({ of }: { of: Segment }) {
  const { t } = useWords();
  const read = useMembers(of.segmentCode);
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
      <div className="form-buttons">
        <ExportButton of={of} />
      </div>
      <Loaded of={read} rows={8}>
        {(members) =>
          members.length === 0 ? (
            <Nothing what={t("segment.noMembers")} />
          ) : (
            <Table
              rowKey="customerId"
              size="small"
              columns={columns}
              dataSource={members}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </>
  );
}
