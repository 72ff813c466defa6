import {
  RevealKindSchema,
  type Reveal,
} from "@redress/contract/redress/customer/v1/privacy_service_pb";
import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { MemberSelect } from "../case/MemberSelect";
import { useMemberName } from "../case/queries";
import { More } from "../shared/ui/More";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { enumName } from "../shared/words/enums";
import { PrivacyTabs } from "./PrivacyTabs";
import { useReveals } from "./queries";

// Who saw whose personal data in clear, and why.
export function Component() {
  const say = useWords();
  const { t } = say;
  const [accountId, setAccountId] = useState("");
  const memberName = useMemberName();
  const read = useReveals(accountId, "");
  return (
    <div className="page">
      <PrivacyTabs />
      <header className="page-title">
        <h1>{t("privacy.reveals")}</h1>
        <span className="member-filter">
          <MemberSelect
            key={accountId}
            everybody
            {...(accountId && { value: accountId })}
            onChange={setAccountId}
          />
          {accountId && <Button onClick={() => setAccountId("")}>{t("common.all")}</Button>}
        </span>
      </header>
      <Loaded of={read} rows={8}>
        {(reveals) =>
          reveals.length === 0 ? (
            <Nothing what={t("privacy.noReveals")} />
          ) : (
            <Table
              rowKey="revealId"
              size="small"
              columns={columnsIn(say, memberName)}
              dataSource={reveals}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </div>
  );
}

function columnsIn(
  { t, name }: Say,
  memberName: (accountId: string) => string,
): TableColumnsType<Reveal> {
  return [
    { title: t("privacy.when"), width: 170, render: (_, one) => <TimeText of={one.revealTime} /> },
    { title: t("privacy.who"), render: (_, one) => memberName(one.accountId) },
    {
      title: t("privacy.what"),
      render: (_, one) => name("revealKind", enumName(RevealKindSchema, one.kind)),
    },
    {
      title: t("privacy.whose"),
      render: (_, one) => (
        <>
          {one.customerId && (
            <Link to={`/customers/${one.customerId}`}>
              {t("privacy.customer", { id: one.customerId })}
            </Link>
          )}{" "}
          {one.orderId && (
            <Link to={`/orders/${one.orderId}`}>{t("privacy.order", { id: one.orderId })}</Link>
          )}
        </>
      ),
    },
    { title: t("privacy.why"), render: (_, one) => one.reason || t("privacy.reasonGone") },
    { title: t("privacy.with"), dataIndex: "client", className: "quiet" },
  ];
}
