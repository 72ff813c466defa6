import { Button } from "antd";
import { chooseLanguage, useWords } from "../words";

export function LanguageSwitch() {
  const { t, language } = useWords();
  return (
    <Button
      type="text"
      size="small"
      aria-label={t("app.languageLabel")}
      onClick={() => chooseLanguage(language === "zh" ? "en" : "zh")}
    >
      {t("app.language")}
    </Button>
  );
}
