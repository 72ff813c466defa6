import type { Compensation } from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { App, Button, Drawer } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { useWords } from "../shared/words";
import { DecisionForm } from "./DecisionForm";
import { GivenForm } from "./GivenForm";
import { actsFor, gives, isDecision, useAct, waitsForResult, type Decision } from "./queries";

// What the caller may do with one compensation.
export function CompensationActs({ of }: { of: Compensation }) {
  const { t } = useWords();
  const { session, can } = useWork();
  const { message } = App.useApp();
  const [records, setRecords] = useState(false);
  const [decides, setDecides] = useState<Decision>();
  const act = useAct();
  return (
    <span className="compensation-acts">
      {actsFor(of, can, session.accountId).map((one) => (
        <Button
          key={one}
          size="small"
          data-act={one}
          loading={act.isPending && act.variables.act === one}
          onClick={() =>
            isDecision(one)
              ? setDecides(one)
              : act.mutate(
                  { one: of, act: one },
                  { onError: (error) => void message.error(refusalText(refusalOf(error), t)) },
                )
          }
        >
          {t(`compensation.${one}`)}
        </Button>
      ))}
      {waitsForResult(of) && gives(of, can) && (
        <Button size="small" data-act="record" onClick={() => setRecords(true)}>
          {t("compensation.record")}
        </Button>
      )}
      <Drawer
        open={records}
        title={`${t("compensation.record")} · #${String(of.caseNumber)}`}
        size={420}
        destroyOnHidden
        onClose={() => setRecords(false)}
      >
        <GivenForm of={of} onDone={() => setRecords(false)} />
      </Drawer>
      <Drawer
        open={decides !== undefined}
        title={decides && `${t(`compensation.${decides}`)} · #${String(of.caseNumber)}`}
        size={420}
        destroyOnHidden
        onClose={() => setDecides(undefined)}
      >
        {decides && (
          <DecisionForm of={of} decision={decides} onDone={() => setDecides(undefined)} />
        )}
      </Drawer>
    </span>
  );
}
