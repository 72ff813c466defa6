import type { TFunction } from "i18next";

interface Problem {
  field: string;
  description: string;
  refused: boolean;
}

// What is wrong with a part of an address, in the reader's language: the part, and whether it is
// refused, tell what it is. A problem that the console has no words for stays as the service says it.
export function problemOf({ field, description, refused }: Problem, t: TFunction): string {
  return t(`${refused ? "addressRefused" : "addressOdd"}.${field}`, { defaultValue: description });
}
