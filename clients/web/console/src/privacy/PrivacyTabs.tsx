import { NavLink } from "react-router";
import { useWork } from "../session/work";
import { useWords } from "../shared/words";

// Who saw personal data, whose was erased, how it is sealed and how long it is kept.
export function PrivacyTabs() {
  const { t } = useWords();
  const { can } = useWork();
  return (
    <div className="page-tabs" role="group" aria-label={t("section.privacy")}>
      <NavLink to="/privacy" end>
        {t("privacy.reveals")}
      </NavLink>
      <NavLink to="/privacy/erasures">{t("privacy.erasures")}</NavLink>
      {can("ROLE_ADMIN") && <NavLink to="/privacy/keys">{t("privacy.keys")}</NavLink>}
      {can("ROLE_ADMIN", "ROLE_AUDITOR") && (
        <NavLink to="/privacy/retention">{t("privacy.retention")}</NavLink>
      )}
    </div>
  );
}
