import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// What decides when cases are due: rules, and the hours that they count.
export function DeadlineTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("deadlines.tabs")}>
      <NavLink to="/deadlines" end>
        {t("deadlines.rules")}
      </NavLink>
      <NavLink to="/deadlines/calendars">{t("deadlines.calendars")}</NavLink>
    </div>
  );
}
