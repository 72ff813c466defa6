import type { AllowedAction, Case } from "@redress/contract/redress/aftersales/v1/case_pb";
import { Button, Collapse } from "antd";
import { useRef, useState } from "react";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { useWords } from "../shared/words";
import { ActionForm } from "./ActionForm";
import { eventFieldOf, statesOf } from "./events";
import { useWorkflow, type CaseKey } from "./queries";

interface Props {
  of: Case;
  actions: AllowedAction[];
  caseKey: CaseKey;
}

// What can be done with the case now, and what cannot, and why.
export function ActionsPane({ of, actions, caseKey }: Props) {
  const { t, name } = useWords();
  const [open, setOpen] = useState<string>();
  const buttons = useRef<HTMLDivElement>(null);
  const focusFirst = () => buttons.current?.querySelector("button")?.focus();
  useShortcuts({ a: focusFirst });
  const allowed = actions.filter((action) => action.allowed && eventFieldOf(of.kind, action.event));
  const close = () => {
    setOpen(undefined);
    requestAnimationFrame(focusFirst);
  };
  return (
    <section className="actions" aria-label={t("case.actions")}>
      <div ref={buttons} className="action-buttons" role="group">
        {allowed.length === 0 && <span className="quiet">{t("case.noAction")}</span>}
        {allowed.map((action, index) => (
          <Button
            key={action.event}
            type={index === 0 && !open ? "primary" : "default"}
            aria-expanded={open === action.event}
            data-event={action.event}
            onClick={() => setOpen(action.event === open ? undefined : action.event)}
          >
            {name("event", action.event)}
          </Button>
        ))}
      </div>
      {open && (
        <ActionForm
          key={open}
          of={of}
          event={open}
          actions={actions}
          isAllowed={allowed.some((action) => action.event === open)}
          caseKey={caseKey}
          onClose={close}
        />
      )}
      <Refused kind={of.kind} of={actions.filter((action) => !action.allowed)} />
    </section>
  );
}

function Refused({ kind, of }: { kind: string; of: AllowedAction[] }) {
  const { t } = useWords();
  if (of.length === 0) return null;
  const list = (
    <dl className="refused">
      {of.map((action) => (
        <RefusedAction key={action.event} kind={kind} of={action} />
      ))}
    </dl>
  );
  return (
    <Collapse
      ghost
      size="small"
      items={[{ key: "refused", label: t("case.notNow", { count: of.length }), children: list }]}
    />
  );
}

function RefusedAction({ kind, of }: { kind: string; of: AllowedAction }) {
  const { t, name } = useWords();
  const workflow = useWorkflow(kind);
  const states = statesOf(of.event, workflow.data).map((state) => name("state", state));
  const isElsewhere = of.reason === "NOT_LEGAL_IN_STATE" && states.length > 0;
  return (
    <div data-event={of.event} data-reason={of.reason}>
      <dt>{name("event", of.event)}</dt>
      <dd title={of.explanation}>
        {isElsewhere
          ? t("case.legalIn", { states: states.join(t("case.listSeparator")) })
          : t(`refusal.${of.reason}`, { defaultValue: of.explanation })}
      </dd>
    </div>
  );
}
