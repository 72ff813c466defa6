import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { positionOf, problemOf } from "../../../../clients/web/console/src/conditions/check";
import { nearestName } from "../../../../clients/web/console/src/conditions/nearest";

const source = new URL("../../../../services/customer/domain/rules/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, source), "utf8");

const typeNames: Record<string, string> = {
  kTruth: "true or false",
  kCount: "a count",
  kShare: "a share",
  kMoney: "an amount of money",
  kDate: "a date",
  kText: "a text",
  kTexts: "a set of texts",
};

// The facts as the service defines them.
const facts = [
  ...read("fact_catalogue.cpp").matchAll(/\{(?:"(\w+)"|k(Tag|Segment)Fact), Type::(\w+), (\w+),/g),
].map(([, name, named = "", type = "", takesText]) => ({
  name: name ?? named.toLowerCase(),
  type: typeNames[type] ?? "",
  takesText: takesText === "true",
}));

const examples = /```condition\n([^`]*)```/.exec(read("GRAMMAR.md"))?.[1]?.trim().split("\n") ?? [];

const why = (condition: string) => problemOf(condition, facts)?.why;

test("The catalogue and the grammar's examples were found", () => {
  expect(facts.length).toBeGreaterThan(30);
  expect(examples.length).toBeGreaterThan(8);
});

test.each(examples)("The grammar's example is read: %s", (example) => {
  expect(problemOf(example, facts)).toBeUndefined();
});

describe("What keeps a condition from being read", () => {
  test.each([
    ["paid_orders >= 2 and", "operand"],
    ["paid_orders >= 2 paid_orders", "more"],
    ["(paid_orders >= 2", "close"],
    ["paid_orders", "alone"],
    ["paid_orders >= 2.5", "whole"],
    ["paid_orders >= 30%", "alike"],
    ["lifetime_value >= lifetime_paid", "alike"],
    ["last_order_at >= 2026-02-30", "day"],
    ["days_since(paid_orders) < 3", "date"],
    ["tag(loyal)", "quoted"],
    ["tag", "takesText"],
    ['refunds("a") > 1', "takesNone"],
    ['platform < "taobao"', "textOnly"],
    ['"a" in platform', "inTexts"],
    ["1 = 2", "twoValues"],
    ['tag("loyal', "text"],
    ["paid_orders ≥ 2", "sign"],
    [`${"(".repeat(30)}true${")".repeat(30)}`, "deep"],
  ])("%s: %s", (condition, expected) => {
    expect(why(condition)).toBe(expected);
  });
});

test("An unknown fact names the nearest one, and where it stands", () => {
  const condition = 'tag("好评") and paid_order >= 2';
  const problem = problemOf(condition, facts);
  expect(problem?.nearest).toBe("paid_orders");
  expect(positionOf(condition, problem?.at ?? 0)).toBe(15);
});

test("Nothing is near to what is far from all", () => {
  expect(nearestName("zzzzzzzz", ["orders", "refunds"])).toBeUndefined();
});
