// A condition split into words, as the customer service splits it (rules/GRAMMAR.md there).

export type Word =
  | { kind: "name" | "sign" | "number" | "date" | "text"; text: string; at: number; end: number }
  | { kind: "end"; text: ""; at: number; end: number };

// What keeps a condition from being read: where (offset into the text), and why, as the words of
// the group `conditionProblem` know it.
export interface Problem {
  at: number;
  end: number;
  why: string;
  // What stands there; empty at the end.
  found: string;
  nearest?: string | undefined;
  // The name that the words speak of.
  name?: string;
}

export class Unreadable extends Error {
  constructor(readonly problem: Problem) {
    super(problem.why);
  }
}

const mostWords = 400;
const pattern =
  /(?<blank>[ \t\n\r]+)|(?<name>[A-Za-z_][A-Za-z_0-9]*)|(?<number>[0-9][0-9.-]*)|(?<sign><=|>=|!=|[<>=()%,])/uy;

function textAt(source: string, at: number): Word {
  let text = "";
  for (let index = at + 1; index < source.length; index++) {
    const character = source.charAt(index);
    if (character === '"') return { kind: "text", text, at, end: index + 1 };
    if (character === "\\" && index + 1 < source.length) index++;
    text += source.charAt(index);
  }
  throw new Unreadable({ at, end: source.length, why: "text", found: source.slice(at) });
}

function kindOf(groups: Record<string, string | undefined>, text: string) {
  if (groups["name"]) return "name" as const;
  if (groups["sign"]) return "sign" as const;
  return text.includes("-") ? ("date" as const) : ("number" as const);
}

export function wordsOf(source: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < source.length) {
    if (words.length >= mostWords) {
      throw new Unreadable({ at, end: source.length, why: "words", found: "" });
    }
    if (source.charAt(at) === '"') {
      const word = textAt(source, at);
      words.push(word);
      at = word.end;
      continue;
    }
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (!match) {
      const found = String.fromCodePoint(source.codePointAt(at) ?? 0);
      throw new Unreadable({ at, end: at + found.length, why: "sign", found });
    }
    const [text] = match;
    const end = at + text.length;
    if (!match.groups?.["blank"]) {
      words.push({ kind: kindOf(match.groups ?? {}, text), text, at, end });
    }
    at = end;
  }
  words.push({ kind: "end", text: "", at: source.length, end: source.length });
  return words;
}
