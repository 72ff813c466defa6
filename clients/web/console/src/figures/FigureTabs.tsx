import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// What the shop's numbers are seen by: figures, and how cases move.
export function FigureTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("funnel.tabs")}>
      <NavLink to="/figures" end>
        {t("funnel.figures")}
      </NavLink>
      <NavLink to="/figures/funnel">{t("funnel.tab")}</NavLink>
    </div>
  );
}
