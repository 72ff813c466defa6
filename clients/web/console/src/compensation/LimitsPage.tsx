import type { ShopSetting } from "@redress/contract/redress/identity/v1/shop_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Table, Tag, type TableColumnsType } from "antd";
import { useState } from "react";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { formatMoney } from "../shared/format/money";
import { millisOf } from "../shared/format/time";
import { Loaded } from "../shared/ui/Loaded";
import { TimeText } from "../shared/ui/Values";
import { useNow } from "../shared/ui/useNow";
import { useWords } from "../shared/words";
import { CompensationTabs } from "./CompensationTabs";
import { LimitForm } from "./LimitForm";
import { limits, type Limit } from "./limits";

function useSettings() {
  const { api, shop } = useWork();
  return useQuery({
    queryKey: [shop.shopId, "settings"],
    queryFn: async ({ signal }) => {
      const settings: ShopSetting[] = [];
      let pageToken = "";
      do {
        const page = await api.shops.listShopSettings({ pageToken, pageSize: 200 }, { signal });
        settings.push(...page.settings);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return settings;
    },
    refetchInterval: refresh_ms,
  });
}

interface Row {
  limit: Limit;
  // Nothing was ever set: the shipped default holds.
  setting: ShopSetting | undefined;
  isLater: boolean;
}

function valueOf({ limit, setting }: Row): string {
  return setting?.value ?? limit.standard;
}

// Of each limit what is in force, and what is to come.
function rowsOf(settings: ShopSetting[], now: number): Row[] {
  return limits.flatMap((limit) => {
    const own = settings.filter((one) => one.name === limit.name);
    const begun = own.filter((one) => (millisOf(one.effectiveTime) ?? 0) <= now);
    const later = own.filter((one) => !begun.includes(one));
    return [
      { limit, setting: begun.at(-1), isLater: false },
      ...later.map((setting) => ({ limit, setting, isLater: true })),
    ];
  });
}

// How much people may give by role, the reasons for it, and what cannot be returned.
export function Component() {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Row>();
  const read = useSettings();
  return (
    <div className="page">
      <CompensationTabs />
      <header className="page-title">
        <h1>{t("compensation.limits")}</h1>
      </header>
      <p className="quiet pad-line">{t("compensation.limitsHint")}</p>
      <Loaded of={read} rows={6}>
        {(settings) => (
          <LimitTable of={settings} readAt={read.dataUpdatedAt} onChange={setChosen} />
        )}
      </Loaded>
      <Drawer
        open={chosen !== undefined}
        title={chosen && t(`compensationLimit.${chosen.limit.name}`)}
        size={420}
        destroyOnHidden
        onClose={() => setChosen(undefined)}
      >
        {chosen && (
          <LimitForm
            of={chosen.limit}
            value={valueOf(chosen)}
            onDone={() => setChosen(undefined)}
          />
        )}
      </Drawer>
    </div>
  );
}

interface TableProps {
  of: ShopSetting[];
  // What was just set holds already, though the screen's clock has not ticked since.
  readAt: number;
  onChange: (row: Row) => void;
}

function LimitTable({ of, readAt, onChange }: TableProps) {
  const { t, locale } = useWords();
  const { shop, can } = useWork();
  const rows = rowsOf(of, Math.max(useNow(), readAt));
  const shown = (row: Row) => {
    const value = valueOf(row);
    if (!row.limit.isMoney) return value.replaceAll(",", ", ") || t("compensation.none");
    const amount = { currencyCode: shop.currencyCode, minorUnits: BigInt(value) };
    return <span className="number">{formatMoney(amount, locale)}</span>;
  };
  const columns: TableColumnsType<Row> = [
    {
      title: t("compensation.limit"),
      render: (_, row) => t(`compensationLimit.${row.limit.name}`),
    },
    { title: t("compensation.value"), render: (_, row) => shown(row) },
    {
      title: t("deadlines.from"),
      render: (_, { setting }) => setting && <TimeText of={setting.effectiveTime} />,
    },
    {
      title: "",
      render: (_, { setting, isLater }) => (
        <Tag variant="filled" color={isLater ? "blue" : setting ? "green" : "default"}>
          {t(isLater ? "deadlines.later" : setting ? "deadlines.inForce" : "deadlines.standard")}
        </Tag>
      ),
    },
  ];
  if (can("ROLE_ADMIN")) {
    columns.push({
      title: "",
      align: "right",
      render: (_, row) =>
        !row.isLater && (
          <Button size="small" data-limit={row.limit.name} onClick={() => onChange(row)}>
            {t("deadlines.change")}
          </Button>
        ),
    });
  }
  return (
    <Table
      rowKey={({ limit, setting }) =>
        `${limit.name} ${String(setting?.effectiveTime?.seconds)} ${String(setting?.effectiveTime?.nanos)}`
      }
      size="small"
      columns={columns}
      dataSource={rows}
      pagination={false}
    />
  );
}
