import { Code } from "@connectrpc/connect";
import type { Message } from "@bufbuild/protobuf";
import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useRef, useState } from "react";
import { useWork } from "../session/work";
import { newRequestId } from "../shared/api/api";
import { isRefusal, refusalOf } from "../shared/api/refusal";
import { MessageForm } from "../shared/form/MessageForm";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { useWords } from "../shared/words";
import { ConflictNotice } from "./ConflictNotice";
import { currencyOf, eventFieldOf, startingEntries, stepEventOf, textHintOf } from "./events";
import { caseQuery, type CaseKey } from "./queries";
import { useCaseChanged } from "./useCaseChanged";

interface Props {
  of: Case;
  event: string;
  isAllowed: boolean;
  actions: AllowedAction[];
  caseKey: CaseKey;
  onClose: () => void;
}

interface Sent {
  message: Message;
  text: string;
}

// One step, filled in and sent. It stands for the version that was seen when the form was opened:
// whoever changes the case meanwhile is shown before the step can be sent for the newer version.
export function ActionForm({ of, event, isAllowed, actions, caseKey, onClose }: Props) {
  const { t, name } = useWords();
  const step = useStep(of, event, caseKey, onClose);
  const field = eventFieldOf(of.kind, event);
  if (!field) return null;
  const { error } = step.send;
  return (
    <div
      className="action-form"
      role="group"
      aria-label={name("event", event)}
      onKeyDown={(pressed) => pressed.key === "Escape" && !pressed.defaultPrevented && onClose()}
    >
      {step.isConflict && (
        <ConflictNotice
          of={of}
          seenVersion={step.seenVersion}
          actions={actions}
          isAllowed={isAllowed}
          onLooked={step.lookAgain}
        />
      )}
      {error && !step.isConflict && <ErrorNotice error={error} />}
      <MessageForm
        message={field.message}
        currency={currencyOf(of)}
        initial={startingEntries(of)}
        textHint={t(textHintOf(event))}
        submitText={name("event", event)}
        busy={step.send.isPending}
        blocked={step.isConflict || !isAllowed}
        refusal={error ? refusalOf(error) : undefined}
        onSubmit={(message, text) => step.send.mutate({ message, text })}
        onCancel={onClose}
      />
    </div>
  );
}

function useStep(of: Case, event: string, caseKey: CaseKey, onDone: () => void) {
  const { t, name } = useWords();
  const work = useWork();
  const { message: toast } = App.useApp();
  const queries = useQueryClient();
  const changed = useCaseChanged(caseKey);
  const requestId = useRef(newRequestId());
  const [seenVersion, setSeenVersion] = useState(of.version);
  const send = useMutation({
    mutationFn: ({ message, text }: Sent) =>
      work.api.cases.applyStep({
        requestId: requestId.current,
        caseId: of.caseId,
        version: seenVersion,
        event: stepEventOf(of.kind, event, message),
        text,
      }),
    onSuccess: (answer) => {
      changed(answer.case);
      void toast.success(t("case.applied", { event: name("event", event) }));
      onDone();
    },
    onError: (error) => {
      const { queryKey } = caseQuery(work, caseKey);
      if (isRefusal(error, Code.Aborted)) void queries.invalidateQueries({ queryKey });
    },
  });
  return {
    send,
    seenVersion,
    isConflict: send.error !== null && isRefusal(send.error, Code.Aborted),
    lookAgain: () => {
      setSeenVersion(of.version);
      send.reset();
    },
  };
}
