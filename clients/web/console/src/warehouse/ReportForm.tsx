import type { Message } from "@bufbuild/protobuf";
import type { WarehouseTask } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { useMutation } from "@tanstack/react-query";
import { App, Segmented } from "antd";
import { useRef, useState } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { reportRequest, reportsFor, startingReport, type ReportField } from "./reports";

interface Props {
  of: WarehouseTask;
  onChanged: (task: WarehouseTask) => void;
}

// What happened to the goods.
export function ReportForm({ of, onChanged }: Props) {
  const { name } = useWords();
  const possible = reportsFor(of);
  const [chosen, setChosen] = useState<string>();
  const field = possible.find((one) => one.name === chosen) ?? possible[0];
  if (!field) return null;
  return (
    <section className="report">
      <Segmented
        value={field.name}
        options={possible.map((one) => ({ value: one.name, label: name("report", one.name) }))}
        onChange={setChosen}
      />
      <OneReport key={field.name} of={of} field={field} onChanged={onChanged} />
    </section>
  );
}

function OneReport({ of, field, onChanged }: Props & { field: ReportField }) {
  const { t, name } = useWords();
  const { api, shop } = useWork();
  const { message: toast } = App.useApp();
  const reference = useRef(newRequestId());
  const send = useMutation({
    mutationFn: ({ report, text }: { report: Message; text: string }) =>
      api.warehouse.reportTask(reportRequest(of, field, report, reference.current, text)),
    onSuccess: ({ task }) => {
      void toast.success(t("warehouse.reported", { report: name("report", field.name) }));
      if (task) onChanged(task);
    },
  });
  return (
    <>
      {send.error && <ErrorNotice error={send.error} />}
      <MessageForm
        message={field.message}
        currency={shop.currencyCode}
        initial={startingReport(of)}
        textHint={t("warehouse.textHint")}
        submitText={t("warehouse.report")}
        busy={send.isPending}
        refusal={send.error ? refusalOf(send.error) : undefined}
        onSubmit={(report, text) => send.mutate({ report, text })}
      />
    </>
  );
}
