import i18next, { type TFunction } from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { en } from "./en";
import { zh } from "./zh";

export type Language = "zh" | "en";
const storageKey = "redress.language";

function firstLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  if (stored === "zh" || stored === "en") return stored;
  const wished = navigator.languages.find((tag) => /^(zh|en)\b/.test(tag));
  return wished?.startsWith("en") ? "en" : "zh";
}

function announce(language: string): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  announce(i18next.language);
  i18next.on("languageChanged", announce);
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  void i18next.changeLanguage(language);
}

// A name that the services gave (a state, an event, a code) in words; the name itself where the
// console has no word for it.
export function nameIn(t: TFunction, group: string, name: string): string {
  return t(`${group}.${name}`, { defaultValue: name });
}

export interface Say {
  t: TFunction;
  language: Language;
  // BCP 47, for Intl.
  locale: string;
  name: (group: string, name: string) => string;
}

// The same object until the language changes, so that an effect may depend on it.
export function useWords(): Say {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === "en" ? "en" : "zh";
  return useMemo(
    () => ({
      t,
      language,
      locale: language === "zh" ? "zh-CN" : "en-GB",
      name: (group, name) => nameIn(t, group, name),
    }),
    [t, language],
  );
}
