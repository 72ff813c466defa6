import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { CasePane } from "../case/CasePane";
import { caseQuery } from "../case/queries";
import { CustomerPane } from "../customer/CustomerPane";
import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { Nothing } from "../shared/ui/Nothing";
import { useWords } from "../shared/words";
import { QueuePane } from "./QueuePane";

// The agents' desk: the queue, the case, the customer. The address names the case.
export function Component() {
  const { caseKey } = useParams();
  const number = caseKey && /^\d{1,18}$/.test(caseKey) ? caseKey : undefined;
  return (
    <div className="workbench">
      <QueuePane selected={number} />
      {number ? <Selected key={number} number={number} /> : <NothingSelected />}
    </div>
  );
}

function NothingSelected() {
  const { t } = useWords();
  return (
    <section className="pane case empty">
      <Nothing what={t("queue.select")} hint={t("queue.selectHint")} />
    </section>
  );
}

function Selected({ number }: { number: string }) {
  const { t } = useWords();
  const read = useQuery(caseQuery(useWork(), { number }));
  return (
    <>
      <section className="pane case" aria-label={`${t("case.number")} #${number}`}>
        <Loaded of={read} rows={12}>
          {(data) => (
            <CasePane
              of={data.case}
              actions={data.actions}
              reasons={data.reasons}
              links={data.links}
              asks={data.asks}
              caseKey={{ number }}
            />
          )}
        </Loaded>
      </section>
      <section className="pane customer" aria-label={t("customer.title")}>
        <Loaded of={read} rows={6}>
          {(data) => <CustomerPane customerId={data.case.customerId} />}
        </Loaded>
      </section>
    </>
  );
}
