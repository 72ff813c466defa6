import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// The two desks of finance: payments one by one, and files of them for the bank.
export function FinanceTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("finance.desks")}>
      <NavLink to="/settlements" end>
        {t("finance.payments")}
      </NavLink>
      <NavLink to="/settlements/runs">{t("bankRun.title")}</NavLink>
    </div>
  );
}
