import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { Tag, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { TimeText } from "../shared/ui/Values";
import type { Say } from "../shared/words";

// What is listed of every object of the platform, whichever its kind.
export interface Listed {
  orderNumber: string;
  caseNumber: bigint;
  caseState: string;
  attention: string;
  detail: string;
  retryTime?: Timestamp | undefined;
  updateTime?: Timestamp | undefined;
}

// Amounts of a difference are minor units; the case itself shows them as money. `none` says why there
// is no case.
export function sharedColumnsIn<Of extends Listed>(
  { t, name }: Say,
  caseTitle: string,
  none: (one: Of) => string,
): TableColumnsType<Of> {
  return [
    { title: t("platform.order"), dataIndex: "orderNumber", className: "number" },
    {
      title: caseTitle,
      render: (_, one) =>
        one.caseNumber > 0n ? (
          <Link to={`/workbench/${String(one.caseNumber)}`}>#{String(one.caseNumber)}</Link>
        ) : (
          <span className="quiet">{none(one)}</span>
        ),
    },
    {
      title: t("platform.state"),
      render: (_, one) => one.caseState && name("state", one.caseState),
    },
    {
      title: t("platform.attention"),
      render: (_, one) =>
        one.attention && (
          <>
            <Tag color="orange" variant="filled">
              {name("platformAttention", one.attention)}
            </Tag>
            <div className="quiet">{one.detail}</div>
          </>
        ),
    },
    { title: t("platform.retry"), render: (_, one) => <TimeText of={one.retryTime} /> },
    { title: t("platform.heard"), render: (_, one) => <TimeText of={one.updateTime} /> },
  ];
}
