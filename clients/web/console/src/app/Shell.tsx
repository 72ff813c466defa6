import { QuestionCircleOutlined } from "@ant-design/icons";
import { Alert, App, Button, Select, Tooltip } from "antd";
import { Suspense, useState } from "react";
import { NavLink, Outlet, useNavigate } from "react-router";
import { ConversationDrawer } from "../conversations/ConversationDrawer";
import { GlobalSearch } from "../customers/GlobalSearch";
import { MentionsBell } from "../notes/MentionsBell";
import { useWork } from "../session/work";
import { useShortcuts, type Shortcuts } from "../shared/keyboard/useShortcuts";
import { ShiftSwitch } from "../team/ShiftSwitch";
import { LanguageSwitch } from "../shared/ui/LanguageSwitch";
import { useIsOnline } from "../shared/ui/useIsOnline";
import { refusalOf, refusalText } from "../shared/api/refusal";
import { chooseLanguage, useWords } from "../shared/words";
import { PageSkeleton } from "./PageSkeleton";
import { sectionsOf, startOf, type Section } from "./sections";
import { ShortcutHelp } from "./ShortcutHelp";

export function Shell() {
  const { t, language } = useWords();
  const { shop } = useWork();
  const navigate = useNavigate();
  const [helping, setHelping] = useState(false);
  const isOnline = useIsOnline();
  const shown = sectionsOf(shop.roles);
  const keys: Shortcuts = {
    "?": () => setHelping(true),
    "g l": () => chooseLanguage(language === "zh" ? "en" : "zh"),
  };
  for (const section of shown) keys[`g ${section.key}`] = () => void navigate(section.path);
  useShortcuts(keys);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("app.skip")}
      </a>
      <Header sections={shown} onHelp={() => setHelping(true)} />
      {!isOnline && <Alert banner type="warning" role="status" title={t("app.offline")} />}
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet key={shop.shopId} />
        </Suspense>
      </main>
      <ConversationDrawer />
      <ShortcutHelp open={helping} sections={shown} onClose={() => setHelping(false)} />
    </div>
  );
}

function Header({ sections, onHelp }: { sections: Section[]; onHelp: () => void }) {
  const { t } = useWords();
  return (
    <header className="header">
      <img src="/mark.svg" alt="Redress" width="24" height="24" />
      <nav aria-label={t("app.name")}>
        {sections.map((section) => (
          <NavLink key={section.name} to={section.path}>
            {t(`section.${section.name}`)}
          </NavLink>
        ))}
      </nav>
      <div className="header-tools">
        {sections.some((section) => section.name === "customers") && <GlobalSearch />}
        <MentionsBell />
        <ShopSwitch />
        <ShiftSwitch />
        <Account />
        <Tooltip title={`${t("app.help")} (?)`}>
          <Button
            type="text"
            size="small"
            aria-label={t("app.help")}
            icon={<QuestionCircleOutlined />}
            onClick={onHelp}
          />
        </Tooltip>
        <LanguageSwitch />
      </div>
    </header>
  );
}

function ShopSwitch() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { session, shop, chooseShop } = useWork();
  if (session.memberships.length < 2) return <span className="shop-name">{shop.shopName}</span>;
  return (
    <Select
      aria-label={t("app.switchShop")}
      size="small"
      className="shop-switch"
      value={shop.shopId}
      popupMatchSelectWidth={false}
      options={session.memberships.map((one) => ({ value: one.shopId, label: one.shopName }))}
      onChange={(chosen: string) => {
        const next = session.memberships.find((one) => one.shopId === chosen);
        chooseShop(chosen);
        void navigate(startOf(next?.roles ?? []) ?? "/");
      }}
    />
  );
}

function Account() {
  const { t, name } = useWords();
  const { message } = App.useApp();
  const { session, shop, leave } = useWork();
  const go = () => {
    leave().catch((error: unknown) => message.error(refusalText(refusalOf(error), t)));
  };
  return (
    <span className="account">
      <span title={session.accountName}>{session.displayName}</span>
      <span className="quiet">{shop.roles.map((role) => name("role", role)).join(" · ")}</span>
      <Button type="text" size="small" onClick={go}>
        {t("app.logOut")}
      </Button>
    </span>
  );
}
