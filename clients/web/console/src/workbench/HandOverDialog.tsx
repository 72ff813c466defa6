import type { CaseResult } from "@redress/contract/redress/aftersales/v1/queue_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { MemberSelect } from "../case/MemberSelect";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { wasChosen } from "./BulkDialog";
import { CaseResults } from "./CaseResults";

interface Entered {
  from: string;
  to: string;
  note: string;
}

// All open cases of a colleague who leaves, in one action.
export function HandOverDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { handOver, results } = useHandOver();
  const [form] = Form.useForm<Entered>();
  const from = Form.useWatch("from", form);
  const buttons = results ? (
    <Button type="primary" onClick={onClose}>
      {t("common.close")}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={handOver.isPending} onClick={() => form.submit()}>
        {t("queue.handOver")}
      </Button>
    </>
  );
  return (
    <Modal open title={t("queue.handOverTitle")} footer={buttons} onCancel={onClose}>
      {results?.length === 0 && <p>{t("queue.nothingToHandOver")}</p>}
      {results && results.length > 0 && <CaseResults of={results} numbers={new Map()} />}
      {!results && (
        <Form<Entered>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={handOver.mutate}
        >
          {handOver.error && <ErrorNotice error={handOver.error} />}
          <Form.Item
            name="from"
            label={t("queue.handOverFrom")}
            rules={[{ required: true, message: t("queue.chooseMember") }]}
          >
            <MemberSelect everybody />
          </Form.Item>
          <Form.Item
            name="to"
            label={t("case.transferTo")}
            rules={[{ type: "string", validator: wasChosen(t("queue.chooseMember")) }]}
          >
            <MemberSelect orNobody without={from} />
          </Form.Item>
          <Form.Item
            name="note"
            label={t("case.transferNote")}
            extra={t("case.noteHint")}
            rules={[
              { required: true, whitespace: true, message: t("case.transferNoteMissing") },
              { max: 2000, message: t("form.tooLong", { count: 2000 }) },
            ]}
          >
            <Input.TextArea rows={2} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function useHandOver() {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requests = useRef({ content: "", id: newRequestId() });
  const [results, setResults] = useState<CaseResult[]>();
  const handOver = useMutation({
    mutationFn: async (entered: Entered) => {
      const content = JSON.stringify(entered);
      if (requests.current.content !== content) requests.current = { content, id: newRequestId() };
      const { id } = requests.current;
      const all: CaseResult[] = [];
      // Up to 1,000 cases a call; every further call is a request of its own.
      for (let call = 0, more = true; more; call++) {
        const answer = await api.queue.handOverCases(
          {
            requestId: `${id}.${call.toString()}`,
            fromAccountId: entered.from,
            toAccountId: entered.to,
            note: entered.note,
          },
          { timeoutMs: 60_000 },
        );
        all.push(...answer.results);
        // A page in which nothing was done would come again and again.
        more = answer.more && answer.results.some((one) => one.result.case === "case");
      }
      return all;
    },
    onSuccess: (all) => {
      setResults(all);
      void queries.invalidateQueries({ queryKey: [shop.shopId] });
    },
  });
  return { handOver, results };
}
