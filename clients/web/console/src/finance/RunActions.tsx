import { Code } from "@connectrpc/connect";
import {
  BankRunState,
  type BankRun,
} from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Popconfirm } from "antd";
import { useRef, useState } from "react";
import { useWork } from "../session/work";
import { isRefusal, refusalOf } from "../shared/api/refusal";
import { useChanging } from "../shared/api/useChanging";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { ImportReportView } from "./ImportReportView";
import { exportRun, importResults, runTopics, saveFile, type ImportReport } from "./runs";

// What finance may do with a run now: its file out, the bank's word in.
export function RunActions({ of }: { of: BankRun }) {
  const { t } = useWords();
  const [report, setReport] = useState<ImportReport>();
  const file = useRef<HTMLInputElement>(null);
  const download = useDownload(of);
  const take = useImport(of, setReport);
  const isDissolved = of.state === BankRunState.DISSOLVED;
  const isAtTheBank = of.state === BankRunState.HANDED_OVER || of.state === BankRunState.ANSWERED;
  const mayDissolve = of.state === BankRunState.OPEN || of.state === BankRunState.EXPORTED;
  useShortcuts({
    e: () => !isDissolved && download.mutate(),
    i: () => (isAtTheBank || isDissolved) && file.current?.click(),
  });
  const error = download.error ?? take.error;
  return (
    <div className="run-actions">
      {!isDissolved && (
        <Button
          type={of.state === BankRunState.OPEN ? "primary" : "default"}
          loading={download.isPending}
          onClick={() => download.mutate()}
          aria-keyshortcuts="e"
        >
          {t(of.state === BankRunState.OPEN ? "bankRun.export" : "bankRun.exportAgain")}{" "}
          <kbd>e</kbd>
        </Button>
      )}
      {of.state === BankRunState.EXPORTED && <HandOver of={of} />}
      {(isAtTheBank || isDissolved) && (
        <>
          <Button
            type={of.state === BankRunState.HANDED_OVER ? "primary" : "default"}
            loading={take.isPending}
            onClick={() => file.current?.click()}
            aria-keyshortcuts="i"
          >
            {t("bankRun.import")} <kbd>i</kbd>
          </Button>
          <input
            ref={file}
            type="file"
            hidden
            accept=".csv,text/csv,text/plain"
            aria-label={t("bankRun.import")}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              event.target.value = "";
              if (chosen) take.mutate(chosen);
            }}
          />
        </>
      )}
      {mayDissolve && <Dissolve of={of} />}
      {error && <ErrorNotice error={error} />}
      {report && <ImportReportView of={report} onClose={() => setReport(undefined)} />}
    </div>
  );
}

function useRefresh() {
  const { shop } = useWork();
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: [shop.shopId] });
}

function useDownload(of: BankRun) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => exportRun(api, of.runId),
    onSuccess: (file) => {
      saveFile(file);
      void message.success(t("bankRun.downloaded", { name: file.name }));
    },
    onSettled: refresh,
  });
}

function useImport(of: BankRun, onReport: (report: ImportReport) => void) {
  const { api } = useWork();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (file: File) => importResults(api, of.runId, file),
    onSuccess: onReport,
    // Pieces before one that failed were taken.
    onSettled: refresh,
  });
}

function HandOver({ of }: { of: BankRun }) {
  const { t } = useWords();
  const { api } = useWork();
  const { message } = App.useApp();
  const [despiteCalledOff, setDespite] = useState(false);
  const { runId, version } = of;
  const handOver = useChanging(
    (asked: { runId: string; version: number; despiteCalledOff: boolean }, requestId) =>
      api.bankRuns.handOverBankRun({ requestId, ...asked }),
    runTopics,
    () => void message.success(t("bankRun.handedOverNow")),
  );
  const isCalledOff =
    isRefusal(handOver.error, Code.FailedPrecondition) &&
    refusalOf(handOver.error).reason === "PAYMENTS_CALLED_OFF";
  return (
    <>
      <Popconfirm
        title={t("bankRun.handOverAsk")}
        description={t("bankRun.handOverHint")}
        okText={t("bankRun.handOver")}
        cancelText={t("common.cancel")}
        onConfirm={() => handOver.mutate({ runId, version, despiteCalledOff })}
      >
        <Button type="primary" loading={handOver.isPending}>
          {t("bankRun.handOver")}
        </Button>
      </Popconfirm>
      {handOver.error && <ErrorNotice error={handOver.error} />}
      {isCalledOff && (
        <Checkbox checked={despiteCalledOff} onChange={(event) => setDespite(event.target.checked)}>
          {t("bankRun.despite")}
        </Checkbox>
      )}
    </>
  );
}

function Dissolve({ of }: { of: BankRun }) {
  const { t } = useWords();
  const { api } = useWork();
  const { runId, version } = of;
  const dissolve = useChanging(
    (asked: { runId: string; version: number }, requestId) =>
      api.bankRuns.dissolveBankRun({ requestId, ...asked }),
    runTopics,
  );
  return (
    <>
      <Popconfirm
        title={t("bankRun.dissolveAsk")}
        description={t("bankRun.dissolveHint")}
        okText={t("bankRun.dissolve")}
        okButtonProps={{ danger: true }}
        cancelText={t("common.cancel")}
        onConfirm={() => dissolve.mutate({ runId, version })}
      >
        <Button danger loading={dissolve.isPending}>
          {t("bankRun.dissolve")}
        </Button>
      </Popconfirm>
      {dissolve.error && <ErrorNotice error={dissolve.error} />}
    </>
  );
}
