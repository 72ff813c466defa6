import type { FactDefinition } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { Unreadable, wordsOf, type Problem, type Word } from "./lexer";
import { nearestName } from "./nearest";

// Reads a condition while it is typed, by the grammar of the customer service, which has the last
// word: nothing is refused here that it takes.

type Fact = Pick<FactDefinition, "name" | "type" | "takesText">;

// The names of the service; "a number" and "days" have no fact of their own.
type Type = string;

interface Operand {
  type: Type;
  isValue: boolean;
  at: number;
  end: number;
}

const mostDepth = 24;
const operators = ["=", "!=", "<", "<=", ">", ">=", "in"];
const truth = "true or false";
const date = "a date";
const text = "a text";
const texts = "a set of texts";
const money = "an amount of money";

function isCounted(type: Type): boolean {
  return type === "a count" || type === "a number of days";
}

function areAlike(left: Operand, right: Operand): boolean {
  if (left.type === money && right.type === money) return left.isValue !== right.isValue;
  if (left.type === "a number") return isCounted(right.type);
  if (right.type === "a number") return isCounted(left.type);
  return left.type === right.type && left.type !== truth && left.type !== texts;
}

function isDay(written: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false;
  const millis = Date.parse(`${written}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(written);
}

class Reader {
  readonly #words: Word[];
  readonly #facts: Map<string, Fact>;
  #at = 0;
  #depth = 0;

  constructor(source: string, facts: Fact[]) {
    this.#words = wordsOf(source);
    this.#facts = new Map(facts.map((fact) => [fact.name, fact]));
  }

  whole(): void {
    this.#alternatives();
    if (this.#now.kind !== "end") this.#fail(this.#now, "more");
  }

  get #now(): Word {
    return this.#words[this.#at] ?? { kind: "end", text: "", at: 0, end: 0 };
  }

  #take(): Word {
    const word = this.#now;
    if (word.kind !== "end") this.#at++;
    return word;
  }

  #accept(...written: string[]): boolean {
    const word = this.#now;
    if (word.kind === "text" || word.kind === "end" || !written.includes(word.text)) return false;
    this.#at++;
    return true;
  }

  #fail(
    at: { at: number; end: number; text?: string },
    why: string,
    more: Partial<Problem> = {},
  ): never {
    throw new Unreadable({ at: at.at, end: at.end, why, found: at.text ?? "", ...more });
  }

  #alternatives(): void {
    do {
      do this.#one();
      while (this.#accept("and"));
    } while (this.#accept("or"));
  }

  #one(): void {
    if (++this.#depth > mostDepth) this.#fail(this.#now, "deep");
    if (this.#accept("not")) {
      this.#one();
    } else if (this.#accept("(")) {
      this.#alternatives();
      if (!this.#accept(")")) this.#fail(this.#now, "close");
    } else {
      this.#comparison();
    }
    this.#depth--;
  }

  #comparison(): void {
    const left = this.#operand();
    const operator = this.#now;
    if (operator.kind === "text" || !operators.includes(operator.text)) {
      if (left.type !== truth) this.#fail(left, "alone");
      return;
    }
    this.#take();
    this.#pair(left, operator.text, this.#operand());
  }

  #pair(left: Operand, operator: string, right: Operand): void {
    if (operator === "in") {
      if (left.type !== text) this.#fail(left, "inText");
      if (right.type !== texts) this.#fail(right, "inTexts");
      return;
    }
    if (left.isValue && right.isValue) this.#fail(right, "twoValues");
    if (!areAlike(left, right)) this.#fail(right, "alike");
    if (left.type === text && !["=", "!="].includes(operator)) this.#fail(right, "textOnly");
  }

  #operand(): Operand {
    const word = this.#take();
    const { at, end } = word;
    if (word.kind === "number") return this.#number(word);
    if (word.kind === "date") {
      if (!isDay(word.text)) this.#fail(word, "day");
      return { type: date, isValue: true, at, end };
    }
    if (word.kind === "text") return { type: text, isValue: true, at, end };
    if (word.kind === "name" && !["and", "or", "not", "in"].includes(word.text)) {
      return this.#named(word);
    }
    return this.#fail(word, "operand");
  }

  #number(word: Word): Operand {
    if (!/^\d+(\.\d+)?$/.test(word.text)) this.#fail(word, "number");
    const value = { isValue: true, at: word.at, end: word.end };
    if (this.#accept("%")) return { ...value, type: "a share" };
    if (this.#now.kind === "name" && /^[A-Z]{3}$/.test(this.#now.text)) {
      this.#take();
      return { ...value, type: money };
    }
    if (!/^\d+(\.0+)?$/.test(word.text)) this.#fail(word, "whole");
    return { ...value, type: "a number" };
  }

  #named(word: Word): Operand {
    const { at, end } = word;
    if (word.text === "true" || word.text === "false") {
      return { type: truth, isValue: true, at, end };
    }
    const isAround = ["known", "days_since", "days_until"].includes(word.text);
    if (!isAround || !this.#accept("(")) return this.#fact(word);
    const inner = this.#take();
    if (inner.kind !== "name") this.#fail(inner, "factInside");
    const fact = this.#fact(inner);
    if (!this.#accept(")")) this.#fail(this.#now, "close");
    if (word.text === "known") return { type: truth, isValue: false, at, end };
    if (fact.type !== date) this.#fail(inner, "date");
    return { type: "a number of days", isValue: false, at, end };
  }

  #fact(word: Word): Operand {
    const { at, end } = word;
    const hasText = this.#accept("(");
    if (hasText) {
      if (this.#now.kind !== "text") this.#fail(this.#now, "quoted");
      this.#take();
      if (!this.#accept(")")) this.#fail(this.#now, "close");
    }
    const fact = this.#facts.get(word.text);
    if (!fact) {
      this.#fail(word, "fact", { nearest: nearestName(word.text, [...this.#facts.keys()]) });
    }
    if (fact.takesText !== hasText) {
      this.#fail(word, fact.takesText ? "takesText" : "takesNone", { name: fact.name });
    }
    return { type: fact.type, isValue: false, at, end };
  }
}

// The first thing that keeps the condition from being read; undefined where it can be.
export function problemOf(source: string, facts: Fact[]): Problem | undefined {
  try {
    new Reader(source, facts).whole();
    return undefined;
  } catch (error) {
    if (error instanceof Unreadable) return error.problem;
    throw error;
  }
}

// Characters as people count them, from 1, as the service counts them.
export function positionOf(source: string, at: number): number {
  return Array.from(source.slice(0, at)).length + 1;
}
