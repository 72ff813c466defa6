import { NavLink } from "react-router";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";

export function CustomerTabs() {
  const { t } = useWords();
  const { can } = useWork();
  if (!can("ROLE_SUPERVISOR", "ROLE_ADMIN")) return null;
  return (
    <div className="page-tabs" role="group" aria-label={t("section.customers")}>
      <NavLink to="/customers" end>
        {t("customers.list")}
      </NavLink>
      <NavLink to="/customers/duplicates">{t("duplicates.title")}</NavLink>
    </div>
  );
}
