import { en } from "../../../clients/web/console/src/shared/words/en.ts";
import { zh } from "../../../clients/web/console/src/shared/words/zh.ts";

export type Language = "zh" | "en";
// What the console calls things, from its own words: say("case.take").
export type Say = (key: string, values?: Record<string, string | number>) => string;

export function wordsOf(language: Language): Say {
  return (key, values = {}) => {
    let at: unknown = language === "zh" ? zh : en;
    for (const part of key.split(".")) at = (at as Record<string, unknown>)[part];
    if (typeof at !== "string") throw new Error(`the console has no word ${key}`);
    return at.replace(/{{(\w+)}}/g, (_, name: string) => String(values[name]));
  };
}
