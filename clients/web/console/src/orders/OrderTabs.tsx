import { NavLink } from "react-router";
import { useWords } from "../shared/words";

// Orders, and what waits about them.
export function OrderTabs() {
  const { t } = useWords();
  return (
    <div className="page-tabs" role="group" aria-label={t("order.title")}>
      <NavLink to="/orders" end>
        {t("orderDesk.all")}
      </NavLink>
      <NavLink to="/orders/unpaid">{t("orderDesk.unpaid")}</NavLink>
      <NavLink to="/orders/stuck">{t("orderDesk.stuck")}</NavLink>
      <NavLink to="/orders/notices">{t("orderDesk.notices")}</NavLink>
      <NavLink to="/orders/products">{t("product.title")}</NavLink>
      <NavLink to="/orders/rules">{t("orderRules.title")}</NavLink>
    </div>
  );
}
