import { QuestionCircleOutlined } from "@ant-design/icons";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  DeadlineSource,
  type DeadlineExplanation,
  type DeadlineSpan,
} from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Table, Tooltip } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { formatTime, millisOf, spanText } from "../shared/format/time";
import { Facts } from "../shared/ui/Facts";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords, type Say } from "../shared/words";

// "Why is this due then?", beside the countdown: the rule, its date and the arithmetic.
export function WhyDue({ of }: { of: Case }) {
  const { t } = useWords();
  const { can } = useWork();
  const [isOpen, setIsOpen] = useState(false);
  const may = can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_FINANCE", "ROLE_ADMIN", "ROLE_AUDITOR");
  useShortcuts({ w: () => may && setIsOpen(true) });
  if (!may) return null;
  return (
    <>
      <Tooltip title={`${t("why.open")} (w)`}>
        <Button
          type="text"
          size="small"
          aria-label={t("why.open")}
          aria-keyshortcuts="w"
          icon={<QuestionCircleOutlined />}
          onClick={() => setIsOpen(true)}
        />
      </Tooltip>
      <Drawer
        open={isOpen}
        title={`${t("why.title")} · #${String(of.caseNumber)}`}
        size={520}
        destroyOnHidden
        onClose={() => setIsOpen(false)}
      >
        <Explanation of={of} />
      </Drawer>
    </>
  );
}

function Explanation({ of }: { of: Case }) {
  const { t } = useWords();
  const { api, shop } = useWork();
  const why = useQuery({
    // Of one version, the answer never changes.
    queryKey: [shop.shopId, "why-due", of.caseId, of.version],
    queryFn: async ({ signal }) => {
      const answer = await api.deadlines.whyDue(
        { key: { case: "caseId", value: of.caseId } },
        { signal },
      );
      return { explanation: answer.explanation };
    },
    staleTime: Infinity,
  });
  return (
    <Loaded of={why} rows={8}>
      {({ explanation }) =>
        explanation ? <Reasons of={explanation} /> : <Nothing what={t("why.ended")} hint="" />
      }
    </Loaded>
  );
}

function Reasons({ of }: { of: DeadlineExplanation }) {
  const words = useWords();
  const { t, name, locale } = words;
  const { shop } = useWork();
  const condition = of.condition && ` · ${name("deadlineCondition", of.condition)}`;
  const amount = spanText(Number(of.amountSeconds) * 1000, t);
  return (
    <>
      <Facts
        of={[
          { label: t("why.rule"), value: name("deadlineRule", of.rule) + condition, wide: true },
          { label: t("why.source"), value: <SourceText of={of} />, wide: true },
          of.source === DeadlineSource.SHOP && { label: t("why.scope"), value: scope(of, words) },
          {
            label: t("why.start"),
            value: t("why.byStep", {
              time: formatTime(of.startTime, locale, shop.timeZone),
              sequence: of.sequence,
            }),
          },
          of.amountSeconds > 0n && {
            label: t("why.amount"),
            value: of.repeated ? t("why.amountAgain", { time: amount }) : amount,
          },
          of.amountSeconds > 0n && {
            label: t("why.calendar"),
            value: of.calendar
              ? t("why.calendarVersion", {
                  name: of.calendar,
                  version: of.calendarVersion,
                  zone: of.timeZone,
                })
              : t("why.everyHour"),
          },
          of.calendar && {
            label: t("why.skipped"),
            value: spanText(Number(of.skippedSeconds) * 1000, t),
          },
          { label: t("why.due"), value: <TimeText of={of.dueTime} /> },
          {
            label: t("why.warning"),
            value: of.warnTime ? <TimeText of={of.warnTime} /> : t("why.noWarning"),
          },
        ]}
      />
      {of.spans.length > 0 && <Spans of={of.spans} more={of.moreSpans} />}
    </>
  );
}

function scope({ platform, variant }: DeadlineExplanation, { t, name }: Say): string {
  const parts = [platform, variant && name("deadlineVariant", variant)].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : t("why.anyScope");
}

function SourceText({ of }: { of: DeadlineExplanation }) {
  const { t, locale } = useWords();
  const { shop } = useWork();
  if (of.source === DeadlineSource.PLATFORM) return <>{t("why.platform")}</>;
  if (of.source === DeadlineSource.DEFAULT) return <>{t("why.standard")}</>;
  if (of.source === DeadlineSource.SHOP) {
    const from = formatTime(of.ruleEffectiveTime, locale, shop.timeZone);
    return <>{t("why.own", { version: of.ruleVersion, from })}</>;
  }
  return <>{t("why.unrecorded")}</>;
}

function Spans({ of, more }: { of: DeadlineSpan[]; more: boolean }) {
  const { t } = useWords();
  return (
    <section aria-label={t("why.spans")} className="due-spans">
      <h2>{t("why.spans")}</h2>
      <Table
        rowKey={(span) => String(millisOf(span.startTime))}
        size="small"
        pagination={false}
        dataSource={of}
        columns={[
          { title: t("why.start"), render: (_, span) => <TimeText of={span.startTime} /> },
          {
            title: t("why.amount"),
            align: "right",
            render: (_, span) =>
              spanText((millisOf(span.endTime) ?? 0) - (millisOf(span.startTime) ?? 0), t),
          },
          {
            title: "",
            render: (_, span) => (span.counts ? t("why.counted") : span.holiday || t("why.closed")),
          },
        ]}
      />
      {more && <p className="quiet">{t("why.more")}</p>}
    </section>
  );
}
