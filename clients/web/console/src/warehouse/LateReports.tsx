import type { LateReport } from "@redress/contract/redress/aftersales/v1/late_report_service_pb";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { refresh_ms } from "../case/queries";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { TimeText } from "../shared/ui/Values";
import { useWords } from "../shared/words";

// What was reported on cases that had ended: they stand in no queue, so it waits here for a look.
export function LateReports() {
  const { t, name } = useWords();
  const { api, shop, can } = useWork();
  const queries = useQueryClient();
  const { message: toast } = App.useApp();
  const queryKey = [shop.shopId, "late-reports"];
  const read = useInfiniteQuery({
    queryKey,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.lateReports.listLateReports({ pageToken: pageParam }, { signal }),
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: refresh_ms,
    select: (pages) => pages.pages.flatMap((page) => page.reports),
  });
  const acknowledge = useMutation({
    mutationFn: ({ caseId, sequence }: LateReport) =>
      api.lateReports.acknowledgeLateReport({ requestId: newRequestId(), caseId, sequence }),
    onSuccess: () => {
      void toast.success(t("late.done"));
      void queries.invalidateQueries({ queryKey });
    },
  });
  const columns: TableColumnsType<LateReport> = [
    {
      title: t("figures.case"),
      className: "number",
      render: (_, of) => <Link to={`/workbench/${of.caseNumber}`}>#{String(of.caseNumber)}</Link>,
    },
    { title: t("late.reason"), render: (_, of) => name("needsPerson", of.reason) },
    { title: t("warehouse.time"), render: (_, of) => <TimeText of={of.reportTime} /> },
  ];
  if (can("ROLE_AGENT", "ROLE_SUPERVISOR")) {
    columns.push({
      align: "right",
      render: (_, of) => (
        <Button
          size="small"
          disabled={acknowledge.isPending}
          onClick={() => acknowledge.mutate(of)}
        >
          {t("late.acknowledge")}
        </Button>
      ),
    });
  }
  return (
    <>
      {acknowledge.error && <ErrorNotice error={acknowledge.error} />}
      <Loaded of={read}>
        {(reports) =>
          reports.length === 0 ? (
            <Nothing what={t("late.empty")} />
          ) : (
            <>
              <p className="quiet">{t("late.about")}</p>
              <Table
                size="small"
                rowKey={(of) => `${of.caseId}/${of.sequence}`}
                columns={columns}
                dataSource={reports}
                pagination={false}
              />
              {read.hasNextPage && (
                <div className="more">
                  <Button size="small" onClick={() => void read.fetchNextPage()}>
                    {t("common.loadMore")}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}
