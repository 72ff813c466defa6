import { NavLink } from "react-router";
import { useMayReadConversations } from "../conversations/queries";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";

export function CustomerTabs() {
  const { t } = useWords();
  const { can } = useWork();
  const mayRead = useMayReadConversations();
  const mayMerge = can("ROLE_SUPERVISOR", "ROLE_ADMIN");
  if (!mayRead && !mayMerge) return null;
  return (
    <div className="page-tabs" role="group" aria-label={t("section.customers")}>
      <NavLink to="/customers" end>
        {t("customers.list")}
      </NavLink>
      {mayRead && <NavLink to="/customers/conversations">{t("conversation.listTitle")}</NavLink>}
      {mayMerge && <NavLink to="/customers/duplicates">{t("duplicates.title")}</NavLink>}
    </div>
  );
}
