import type { Customer } from "@redress/contract/redress/customer/v1/customer_service_pb";
import {
  DuplicateReason,
  DuplicateReasonSchema,
  type Duplicates,
} from "@redress/contract/redress/customer/v1/person_service_pb";
import { Button, Segmented, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { CustomerTabs } from "../customers/CustomerTabs";
import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { CompareDrawer } from "./CompareDrawer";
import { useDuplicates } from "./queries";

export type Pair = [Customer, Customer];

// Customers who seem to be one person, and why.
export function Component() {
  const { t, name } = useWords();
  const [reason, setReason] = useState<DuplicateReason>(DuplicateReason.UNSPECIFIED);
  const [compared, setCompared] = useState<Pair>();
  const read = useDuplicates(reason);
  return (
    <div className="page">
      <CustomerTabs />
      <header className="page-title">
        <h1>{t("duplicates.title")}</h1>
        <Segmented
          aria-label={t("duplicates.reason")}
          value={reason}
          onChange={(chosen: DuplicateReason) => setReason(chosen)}
          options={DuplicateReasonSchema.values.map((value) => ({
            value: value.number,
            label: value.number === 0 ? t("common.all") : name("duplicateReason", value.name),
          }))}
        />
      </header>
      <p className="quiet">{t("duplicates.hint")}</p>
      <Loaded of={read} rows={8}>
        {(groups) =>
          groups.length === 0 && !read.hasNextPage ? (
            <Nothing what={t("duplicates.empty")} hint={t("duplicates.emptyHint")} />
          ) : (
            <DuplicateTable of={groups} onCompare={setCompared} />
          )
        }
      </Loaded>
      <More of={read} />
      {compared && <CompareDrawer of={compared} onClose={() => setCompared(undefined)} />}
    </div>
  );
}

interface TableProps {
  of: Duplicates[];
  onCompare: (pair: Pair) => void;
}

function DuplicateTable({ of, onCompare }: TableProps) {
  const say = useWords();
  return (
    <Table
      rowKey={(one) => `${one.reason} ${one.customers.map((each) => each.customerId).join(" ")}`}
      size="small"
      columns={columnsIn(say, onCompare)}
      dataSource={of}
      pagination={false}
    />
  );
}

function columnsIn(
  { t, name }: Say,
  onCompare: (pair: Pair) => void,
): TableColumnsType<Duplicates> {
  return [
    {
      title: t("duplicates.reason"),
      width: 160,
      render: (_, one) => (
        <Tag>{name("duplicateReason", enumName(DuplicateReasonSchema, one.reason))}</Tag>
      ),
    },
    {
      title: t("duplicates.customers"),
      render: (_, one) => (
        <ul className="mini-list">
          {one.customers.map((each, place) => (
            <li key={each.customerId} className="queue-line">
              <Link to={`/customers/${each.customerId}`}>{each.nick}</Link>
              <span className="quiet">{each.platform}</span>
              <span className="quiet cut grow">
                {each.maskedContact?.name} {each.maskedContact?.phone}
              </span>
              {place > 0 && one.customers[0] && (
                <CompareButton of={[one.customers[0], each]} onCompare={onCompare} />
              )}
            </li>
          ))}
        </ul>
      ),
    },
  ];
}

function CompareButton({ of, onCompare }: { of: Pair; onCompare: (pair: Pair) => void }) {
  const { t } = useWords();
  return (
    <Button
      size="small"
      aria-label={t("duplicates.compareThese", { one: of[0].nick, other: of[1].nick })}
      onClick={() => onCompare(of)}
    >
      {t("duplicates.compare")}
    </Button>
  );
}
