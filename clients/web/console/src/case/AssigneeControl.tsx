import { Code } from "@connectrpc/connect";
import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useRef, useState } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isLost, isRefusal } from "../shared/api/refusal";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { ConflictNotice } from "./ConflictNotice";
import { MemberSelect } from "./MemberSelect";
import { caseQuery, useMemberName, type CaseKey } from "./queries";
import { useCaseChanged } from "./useCaseChanged";

interface Props {
  of: Case;
  actions: AllowedAction[];
  caseKey: CaseKey;
}

interface Assignment {
  assigneeId: string;
  note?: string;
}

// Who works the case: taking it, giving it up, transferring it with a note. It stands for the
// version that was looked at; a colleague who was faster is shown, and the note is kept.
export function AssigneeControl({ of, actions, caseKey }: Props) {
  const { t } = useWords();
  const { session, can } = useWork();
  const memberName = useMemberName();
  const [isOpen, setIsOpen] = useState(false);
  const assign = useAssign(of, caseKey, () => setIsOpen(false));
  const isMine = of.assigneeId === session.accountId;
  const mayTake = !of.final && can("ROLE_AGENT", "ROLE_SUPERVISOR");
  const mayTransfer = !of.final && (can("ROLE_SUPERVISOR") || (can("ROLE_AGENT") && isMine));
  return (
    <>
      <span className="assignee">
        <span className="quiet">{t("case.assignee")}</span>
        <span>{of.assigneeId ? memberName(of.assigneeId) : t("common.nobody")}</span>
        {mayTake && (
          <Button
            size="small"
            loading={assign.send.isPending && !isOpen}
            onClick={() => assign.take(isMine ? "" : session.accountId)}
          >
            {t(isMine ? "case.release" : "case.take")}
          </Button>
        )}
        {mayTransfer && (
          <Button
            size="small"
            aria-expanded={isOpen}
            onClick={() => {
              assign.look();
              setIsOpen(!isOpen);
            }}
          >
            {t("case.transfer")}
          </Button>
        )}
      </span>
      {assign.isConflict && (
        <div className="assignment">
          <ConflictNotice
            of={of}
            seenVersion={assign.seenVersion}
            actions={actions}
            isAllowed={!of.final}
            onLooked={assign.look}
          />
        </div>
      )}
      {assign.send.error && !assign.isConflict && (
        <div className="assignment">
          <ErrorNotice error={assign.send.error} />
        </div>
      )}
      {isOpen && mayTransfer && (
        <TransferForm
          without={of.assigneeId}
          needsNote={!can("ROLE_SUPERVISOR")}
          busy={assign.send.isPending}
          blocked={assign.isConflict}
          onSubmit={assign.transfer}
          onCancel={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

interface FormProps {
  without: string;
  needsNote: boolean;
  busy: boolean;
  blocked: boolean;
  onSubmit: (assignment: Assignment) => void;
  onCancel: () => void;
}

function TransferForm({ without, needsNote, busy, blocked, onSubmit, onCancel }: FormProps) {
  const { t } = useWords();
  return (
    <Form<Assignment>
      className="assignment"
      layout="vertical"
      requiredMark={false}
      aria-label={t("case.transfer")}
      onFinish={onSubmit}
    >
      <Form.Item
        name="assigneeId"
        label={t("case.transferTo")}
        rules={[{ required: true, message: t("queue.chooseMember") }]}
      >
        <MemberSelect without={without} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t("case.transferNote")}
        extra={t("case.noteHint")}
        rules={[
          { required: needsNote, whitespace: true, message: t("case.transferNoteMissing") },
          { max: 2000, message: t("form.tooLong", { count: 2000 }) },
        ]}
      >
        <Input.TextArea rows={2} />
      </Form.Item>
      <span className="form-buttons">
        <Button type="primary" size="small" htmlType="submit" loading={busy} disabled={blocked}>
          {t("case.transfer")}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t("common.cancel")}
        </Button>
      </span>
    </Form>
  );
}

function useAssign(of: Case, caseKey: CaseKey, onDone: () => void) {
  const work = useWork();
  const queries = useQueryClient();
  const changed = useCaseChanged(caseKey);
  const requestId = useRef(newRequestId());
  const [seenVersion, setSeenVersion] = useState(of.version);
  const send = useMutation({
    mutationFn: ({ assigneeId, note, version }: Assignment & { version: number }) =>
      work.api.cases.assignCase({
        requestId: requestId.current,
        caseId: of.caseId,
        version,
        assigneeId,
        note: note ?? "",
      }),
    onSuccess: (answer) => {
      requestId.current = newRequestId();
      changed(answer.case);
      onDone();
    },
    onError: (error) => {
      // Only a lost answer is asked for again; what was refused is another request next time.
      if (!isLost(error)) requestId.current = newRequestId();
      void queries.invalidateQueries({ queryKey: caseQuery(work, caseKey).queryKey });
    },
  });
  return {
    send,
    seenVersion,
    isConflict: send.error !== null && isRefusal(send.error, Code.Aborted),
    take: (assigneeId: string) => {
      setSeenVersion(of.version);
      send.mutate({ assigneeId, version: of.version });
    },
    transfer: (assignment: Assignment) => send.mutate({ ...assignment, version: seenVersion }),
    // What follows stands for the case as it is now.
    look: () => {
      setSeenVersion(of.version);
      send.reset();
    },
  };
}
