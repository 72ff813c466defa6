import { NavLink } from "react-router";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";

// What is given outside refunds, and how much of it people may give.
export function CompensationTabs() {
  const { t } = useWords();
  const { can } = useWork();
  return (
    <div className="page-tabs" role="group" aria-label={t("compensation.title")}>
      <NavLink to="/compensations" end>
        {t("compensation.list")}
      </NavLink>
      {can("ROLE_SUPERVISOR", "ROLE_ADMIN", "ROLE_AUDITOR") && (
        <NavLink to="/compensations/limits">{t("compensation.limits")}</NavLink>
      )}
    </div>
  );
}
