import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// What buyers are told, from which texts, and when.
export function MessageTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("messages.tabs")}>
      <NavLink to="/messages" end>
        {t("messages.queue")}
      </NavLink>
      <NavLink to="/messages/phrases">{t("messages.phrases")}</NavLink>
      <NavLink to="/messages/rules">{t("messages.rules")}</NavLink>
    </div>
  );
}
