import type { Erasure } from "@redress/contract/redress/customer/v1/privacy_service_pb";
import { Table, Tag, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { useMemberName } from "../case/queries";
import { More } from "../shared/ui/More";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";
import { PrivacyTabs } from "./PrivacyTabs";
import { useErasures } from "./queries";

// Who was erased, and which services have destroyed what they kept.
export function Component() {
  const say = useWords();
  const { t } = say;
  const { can } = useWork();
  const memberName = useMemberName();
  const read = useErasures();
  return (
    <div className="page">
      <PrivacyTabs />
      <header className="page-title">
        <h1>{t("privacy.erasures")}</h1>
      </header>
      {can("ROLE_ADMIN") && (
        <p className="quiet">
          {t("privacy.erasuresHint")} <Link to="/customers">{t("customers.list")}</Link>
        </p>
      )}
      <Loaded of={read} rows={8}>
        {(erasures) =>
          erasures.length === 0 ? (
            <Nothing what={t("privacy.noErasures")} />
          ) : (
            <Table
              rowKey="customerId"
              size="small"
              columns={columnsIn(say, memberName)}
              dataSource={erasures}
              pagination={false}
            />
          )
        }
      </Loaded>
      <More of={read} />
    </div>
  );
}

export function Confirmations({ of }: { of: Erasure }) {
  const { t, name } = useWords();
  return (
    <span className="confirmations">
      {of.confirmations.map(({ service, confirmTime }) => (
        <Tag key={service} color={confirmTime ? "green" : "gold"}>
          {name("service", service)} · {t(confirmTime ? "privacy.erased" : "privacy.erasing")}
        </Tag>
      ))}
    </span>
  );
}

function columnsIn(
  { t }: Say,
  memberName: (accountId: string) => string,
): TableColumnsType<Erasure> {
  return [
    { title: t("privacy.when"), width: 170, render: (_, one) => <TimeText of={one.eraseTime} /> },
    {
      title: t("privacy.whose"),
      render: (_, one) => (
        <>
          <Link to={`/customers/${one.customerId}`}>
            {t("privacy.customer", { id: one.customerId })}
          </Link>
          {one.erasedCustomerIds.length > 1 && (
            <span className="quiet">
              {" "}
              {t("privacy.withMerged", { count: one.erasedCustomerIds.length - 1 })}
            </span>
          )}
        </>
      ),
    },
    { title: t("privacy.who"), render: (_, one) => memberName(one.accountId) },
    { title: t("privacy.why"), dataIndex: "reason" },
    { title: t("privacy.progress"), render: (_, one) => <Confirmations of={one} /> },
  ];
}
