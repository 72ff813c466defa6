import { expect, test } from "vitest";
import { keysIn } from "../../../../clients/web/console/src/app/shortcuts";
import { en } from "../../../../clients/web/console/src/shared/words/en";
import { zh } from "../../../../clients/web/console/src/shared/words/zh";

function wordIn(words: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words);
}

test.each(Object.entries(keysIn))("The keys of %s are explained, each once", (_, keys) => {
  for (const [, word] of keys) {
    for (const words of [zh, en]) expect(wordIn(words, word), word).toBeTypeOf("string");
  }
  expect(new Set(keys.map(([key]) => key)).size).toBe(keys.length);
});
