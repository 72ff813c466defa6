import {
  create,
  getOption,
  ScalarType,
  type DescField,
  type DescMessage,
  type Message,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { rules, type FieldRules } from "@redress/contract/redress/common/v1/rules_pb";
import { decimalsOf, decimalToMinor, minorToDecimal } from "../format/money";

// A form is planned from its message's descriptor: the contract's field kinds and rules decide what
// is asked for, and nothing here knows any message by name.

export type FieldKind = "money" | "integer" | "text" | "choice" | "flag";

export interface FieldPlan {
  // As the contract spells it, e.g. `amount_minor`.
  name: string;
  kind: FieldKind;
  required: boolean;
  minimum: bigint | undefined;
  maximum: bigint | undefined;
  minLength: number;
  // 0: unbounded.
  maxLength: number;
  pattern: string;
  // Of an enum, without its zero value.
  choices: { name: string; number: number }[];
  field: DescField;
}

// What an input holds; money and integers as the text that was typed.
export type Entered = string | number | boolean | undefined;
export type Entries = Record<string, Entered>;

export interface Problem {
  // Of the words, under `form`.
  key: string;
  values: Record<string, string | number>;
}

const integers = new Set<ScalarType>([
  ScalarType.INT32,
  ScalarType.INT64,
  ScalarType.UINT32,
  ScalarType.UINT64,
]);

function kindOf(field: DescField): FieldKind | undefined {
  if (field.fieldKind === "enum") return "choice";
  if (field.fieldKind !== "scalar") return undefined;
  if (field.scalar === ScalarType.BOOL) return "flag";
  if (field.scalar === ScalarType.STRING) return "text";
  // The contract's convention: *_minor is an amount in minor units of the shop's currency.
  if (integers.has(field.scalar)) return field.name.endsWith("_minor") ? "money" : "integer";
  return undefined;
}

function planOf(field: DescField, kind: FieldKind): FieldPlan {
  const rule: FieldRules = getOption(field, rules);
  const values = field.fieldKind === "enum" ? field.enum.values : [];
  return {
    name: field.name,
    kind,
    // A number, an amount and a yes or no are always said, since 0 and no are answers.
    required: rule.required || kind === "money" || kind === "integer" || kind === "flag",
    minimum: rule.minimum,
    maximum: rule.maximum,
    minLength: rule.minLength,
    maxLength: rule.maxLength,
    pattern: rule.pattern,
    choices: values
      .filter((value) => value.number !== 0)
      .map(({ name, number }) => ({ name, number })),
    field,
  };
}

// Throws for a field that no input is known for: the build's tests meet it before a person does.
export function planFields(message: DescMessage, skip: string[] = []): FieldPlan[] {
  return message.fields
    .filter((field) => !skip.includes(field.name))
    .map((field) => {
      const kind = kindOf(field);
      if (!kind) throw new Error(`${message.typeName}.${field.name} has no input`);
      return planOf(field, kind);
    });
}

function textProblem(plan: FieldPlan, text: string): Problem | undefined {
  const { length } = Array.from(text);
  if (length < plan.minLength) return { key: "tooShort", values: { count: plan.minLength } };
  if (plan.maxLength > 0 && length > plan.maxLength) {
    return { key: "tooLong", values: { count: plan.maxLength } };
  }
  if (plan.pattern && !new RegExp(`^(?:${plan.pattern})$`, "u").test(text)) {
    return { key: "pattern", values: {} };
  }
  return undefined;
}

function boundProblem(plan: FieldPlan, value: bigint, currency: string): Problem | undefined {
  const shown = (bound: bigint) =>
    plan.kind === "money" ? minorToDecimal(bound, currency) : bound.toString();
  if (plan.minimum !== undefined && value < plan.minimum) {
    return { key: "atLeast", values: { bound: shown(plan.minimum) } };
  }
  if (plan.maximum !== undefined && value > plan.maximum) {
    return { key: "atMost", values: { bound: shown(plan.maximum) } };
  }
  return undefined;
}

export function integerOf(entered: Entered): bigint | undefined {
  const text = String(entered ?? "")
    .normalize("NFKC")
    .trim();
  return /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}

// What is wrong with an entry, judged by the contract's own rules.
export function problemOf(
  plan: FieldPlan,
  entered: Entered,
  currency: string,
): Problem | undefined {
  const isMissing = entered === undefined || entered === "";
  if (isMissing) {
    if (!plan.required) return undefined;
    const isChosen = plan.kind === "choice" || plan.kind === "flag";
    return { key: isChosen ? "choose" : "required", values: {} };
  }
  if (plan.kind === "text") return textProblem(plan, String(entered));
  if (plan.kind === "money") {
    const minor = decimalToMinor(String(entered), currency);
    if (minor === undefined) return { key: "notMoney", values: { digits: decimalsOf(currency) } };
    return boundProblem(plan, minor, currency);
  }
  if (plan.kind === "integer") {
    const value = integerOf(entered);
    return value === undefined
      ? { key: "notNumber", values: {} }
      : boundProblem(plan, value, currency);
  }
  return undefined;
}

function valueOf(plan: FieldPlan, entered: Entered, currency: string) {
  if (plan.kind === "choice") return Number(entered);
  if (plan.kind === "flag") return entered === true;
  if (plan.kind === "text") return String(entered);
  const value =
    plan.kind === "money" ? decimalToMinor(String(entered), currency) : integerOf(entered);
  const scalar = plan.field.fieldKind === "scalar" ? plan.field.scalar : ScalarType.INT64;
  const isLong = scalar === ScalarType.INT64 || scalar === ScalarType.UINT64;
  return isLong ? (value ?? 0n) : Number(value ?? 0n);
}

// The message that the entries say; they have no problems.
export function messageOf(
  message: DescMessage,
  plans: FieldPlan[],
  entries: Entries,
  currency: string,
): Message {
  const made = reflect(message, create(message));
  for (const plan of plans) {
    const entered = entries[plan.name];
    if (entered === undefined || entered === "") continue;
    made.set(plan.field, valueOf(plan, entered, currency));
  }
  return made.message;
}
