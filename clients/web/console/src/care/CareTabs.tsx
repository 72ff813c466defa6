import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// Who is cared for: the queue, what makes it, and the tags and segments that say whom it means.
export function CareTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("care.tabs")}>
      <NavLink to="/care" end>
        {t("care.queue")}
      </NavLink>
      <NavLink to="/care/rules">{t("care.rules")}</NavLink>
      <NavLink to="/care/tags">{t("tag.title")}</NavLink>
      <NavLink to="/care/tag-rules">{t("tagRule.title")}</NavLink>
      <NavLink to="/care/segments">{t("segment.title")}</NavLink>
    </div>
  );
}
