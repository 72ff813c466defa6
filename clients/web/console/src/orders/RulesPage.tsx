import { useWork } from "../session/work";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { OrderTabs } from "./OrderTabs";
import { RulesForm } from "./RulesForm";
import { useOrderRules } from "./ruleQueries";
import { SaltForm } from "./SaltForm";

// What the shop settles about its orders. Everybody reads it; supervisors and admins change it.
export function Component() {
  const { t } = useWords();
  const { can } = useWork();
  const read = useOrderRules();
  return (
    <div className="page">
      <OrderTabs />
      <header className="page-title">
        <h1>{t("orderRules.title")}</h1>
      </header>
      <Loaded of={read} rows={8}>
        {(rules) => (
          <>
            <RulesForm of={rules} mayChange={can("ROLE_SUPERVISOR", "ROLE_ADMIN")} />
            <SaltForm isKept={rules.hasCarrierSalt} mayChange={can("ROLE_ADMIN")} />
          </>
        )}
      </Loaded>
    </div>
  );
}
