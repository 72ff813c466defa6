// What the platform takes of a memo, bytes of UTF-8.
export const mostBytes = 1000;

const encoder = new TextEncoder();

// The grammar is order's docs/memo.md. The time stands for itself: it is always as long.
export function bytesLeft(memo: { what: string; who: string; nextStep: string }): number {
  const next = memo.nextStep.trim();
  const text = `【售前】事:${memo.what.trim()}|人:${memo.who.trim()}|时:2024-05-06 14:30${
    next ? `|下:${next}` : ""
  }`;
  return mostBytes - encoder.encode(text).length;
}

// Bars and line breaks part the fields, and cannot stand in one.
export function holdsSeparator(text: string): boolean {
  return /[|｜\p{Cc}]/u.test(text);
}
