import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import {
  BulkApplyRequestSchema,
  type CaseResult,
} from "@redress/contract/redress/aftersales/v1/queue_service_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { MemberSelect } from "../case/MemberSelect";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { ReasonInput } from "../shared/form/ReasonInput";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { CaseResults } from "./CaseResults";

export type BulkAction = "assign" | "approve" | "remind" | "reject" | "withdraw";
export const bulkActions: BulkAction[] = ["assign", "approve", "remind", "reject", "withdraw"];

interface Entered {
  assigneeId?: string;
  reason?: string;
  note?: string;
}

interface Props {
  action: BulkAction;
  // As they were when the action was chosen.
  of: Case[];
  onClose: () => void;
}

type Action = NonNullable<MessageInitShape<typeof BulkApplyRequestSchema>["action"]>;

function actionOf(action: BulkAction, entered: Entered): Action {
  switch (action) {
    case "assign":
      return { case: "assign", value: { assigneeId: entered.assigneeId ?? "" } };
    case "reject":
      return { case: "reject", value: { reason: entered.reason ?? "" } };
    case "approve":
      return { case: "approve", value: {} };
    case "remind":
      return { case: "remind", value: {} };
    case "withdraw":
      return { case: "withdraw", value: {} };
  }
}

// One action over many cases: what it needs, and then what became of each.
export function BulkDialog({ action, of, onClose }: Props) {
  const { t } = useWords();
  const { apply, results } = useBulk(action, of);
  const [form] = Form.useForm<Entered>();
  const numbers = new Map(of.map((one) => [one.caseId, one.caseNumber]));
  const buttons = results ? (
    <Button type="primary" onClick={onClose}>
      {t("common.close")}
    </Button>
  ) : (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="primary" loading={apply.isPending} onClick={() => form.submit()}>
        {t(`bulk.${action}`)}
      </Button>
    </>
  );
  return (
    <Modal
      open
      title={t("queue.bulkTitle", { action: t(`bulk.${action}`), count: of.length })}
      footer={buttons}
      onCancel={onClose}
    >
      {results ? (
        <CaseResults of={results} numbers={numbers} />
      ) : (
        <Form<Entered> form={form} layout="vertical" requiredMark={false} onFinish={apply.mutate}>
          {apply.error && <ErrorNotice error={apply.error} />}
          <p className="quiet">{t(`bulkHint.${action}`)}</p>
          {action === "assign" && (
            <Form.Item
              name="assigneeId"
              label={t("case.transferTo")}
              rules={[{ type: "string", validator: wasChosen(t("queue.chooseMember")) }]}
            >
              <MemberSelect orNobody />
            </Form.Item>
          )}
          {action === "reject" && (
            <Form.Item
              name="reason"
              label={t("field.reason")}
              rules={[
                { required: true, message: t("form.required", { field: t("field.reason") }) },
              ]}
            >
              <ReasonInput />
            </Form.Item>
          )}
          <Form.Item
            name="note"
            label={t("field.text")}
            extra={t("case.noteHint")}
            rules={[{ max: 2000, message: t("form.tooLong", { count: 2000 }) }]}
          >
            <Input.TextArea rows={2} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

// Nobody is a choice, too; no choice is none.
export function wasChosen(message: string) {
  return (_rule: unknown, value: unknown) =>
    typeof value === "string" ? Promise.resolve() : Promise.reject(new Error(message));
}

function useBulk(action: BulkAction, of: Case[]) {
  const { api, shop } = useWork();
  const queries = useQueryClient();
  const requestId = useRef(newRequestId());
  const sent = useRef("");
  const [results, setResults] = useState<CaseResult[]>();
  const apply = useMutation({
    mutationFn: (entered: Entered) => {
      // The same again after a lost answer; another request where something else was entered.
      const content = JSON.stringify(entered);
      if (sent.current && sent.current !== content) requestId.current = newRequestId();
      sent.current = content;
      return api.queue.bulkApply(
        create(BulkApplyRequestSchema, {
          requestId: requestId.current,
          cases: of.map(({ caseId, version }) => ({ caseId, version })),
          action: actionOf(action, entered),
          note: entered.note ?? "",
        }),
        { timeoutMs: 60_000 },
      );
    },
    onSuccess: (answer) => {
      setResults(answer.results);
      void queries.invalidateQueries({ queryKey: [shop.shopId, "case"] });
      void queries.invalidateQueries({ queryKey: [shop.shopId, "cases"] });
    },
  });
  return { apply, results };
}
