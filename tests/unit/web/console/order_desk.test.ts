import { create } from "@bufbuild/protobuf";
import { OrderHitSchema, OrderMatch } from "@redress/contract/redress/order/v1/search_service_pb";
import { createInstance } from "i18next";
import { expect, test } from "vitest";
import { problemOf } from "../../../../clients/web/console/src/orders/addressProblems";
import { bytesLeft, holdsSeparator } from "../../../../clients/web/console/src/orders/memo/bytes";
import { numbered } from "../../../../clients/web/console/src/orders/numbered";
import { csvOf } from "../../../../clients/web/console/src/segments/csv";
import { zh } from "../../../../clients/web/console/src/shared/words/zh";

test("A memo's bytes are those of the text that the platform takes", () => {
  const text = "【售后】事:杯口有裂，补发一只|人:李敏|时:2024-05-07 09:05|下:仓库补发";
  const left = bytesLeft({ what: " 杯口有裂，补发一只", who: "李敏", nextStep: "仓库补发" });
  expect(left).toBe(1000 - new TextEncoder().encode(text).length);
});

test("A memo without a next step has no bar for it", () => {
  const memo = { what: "a", who: "b", nextStep: "" };
  expect(bytesLeft(memo) - bytesLeft({ ...memo, nextStep: "c" })).toBe("|下:c".length + 2);
});

test("Bars and line breaks are not taken into a memo's fields", () => {
  expect(["a|b", "a｜b", "a\nb"].map(holdsSeparator)).toEqual([true, true, true]);
  expect(holdsSeparator("a, b")).toBe(false);
});

test("A cell that a spreadsheet would calculate is a text", () => {
  expect(csvOf([["=1+1", "-5", "@x", "a,b", 'say "hi"']])).toBe(
    `\uFEFF'=1+1,'-5,'@x,"a,b","say ""hi"""\r\n`,
  );
});

test("Who types a whole number means the orders that have it, of whatever platform", () => {
  const hit = (orderId: string, matched: OrderMatch) =>
    create(OrderHitSchema, { order: { orderId, orderNumber: "1001" }, matched });
  const hits = [
    hit("1", OrderMatch.NUMBER),
    hit("2", OrderMatch.NUMBER),
    hit("3", OrderMatch.TRACKING_NUMBER),
    hit("4", OrderMatch.NUMBER_START),
  ];
  expect(numbered(hits).map((order) => order.orderId)).toEqual(["1", "2"]);
  expect(numbered(hits.slice(2))).toEqual([]);
});

test("A problem of an address is told in the console's words, an unknown one in the service's", async () => {
  const words = createInstance();
  await words.init({ lng: "zh", resources: { zh: { translation: zh } } });
  const told = (field: string, refused: boolean) =>
    problemOf({ field, refused, description: "as the service says" }, words.t);
  expect(told("district", true)).toBe(zh.addressRefused.district);
  expect(told("district", false)).toBe(zh.addressOdd.district);
  expect(told("city", false)).toBe("as the service says");
});
