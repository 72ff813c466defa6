import { create } from "@bufbuild/protobuf";
import {
  InterceptOutcome,
  TaskKind,
  WarehouseTaskSchema,
} from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { describe, expect, test } from "vitest";

import {
  meaningOfCancel,
  meaningOfDelivery,
  meaningOfReturn,
} from "../../../../clients/web/qimen/src/mapping/receipts.ts";
import {
  readCancel,
  readDelivery,
  readReturn,
  UnusableMessage,
} from "../../../../clients/web/qimen/src/protocol/confirmations.ts";
import { parseXml } from "../../../../clients/web/qimen/src/protocol/xml.ts";

const task = create(WarehouseTaskSchema, {
  taskId: "7",
  kind: TaskKind.INBOUND_RETURN,
  sku: "MUG",
  quantity: 2,
});
const outbound = create(WarehouseTaskSchema, {
  taskId: "8",
  kind: TaskKind.OUTBOUND_REPLACEMENT,
  sku: "MUG",
  quantity: 1,
});

type Line = [itemCode: string, inventoryType: string, actualQty: string];

function returned(lines: Line[], outBizCode = "OZ1") {
  const text =
    `<request><returnOrder><returnOrderCode>7</returnOrderCode><outBizCode>${outBizCode}</outBizCode>` +
    "<logisticsCode>SF</logisticsCode><expressCode>YD1</expressCode></returnOrder><orderLines>" +
    lines
      .map(
        ([item, type, units]) =>
          `<orderLine><itemCode>${item}</itemCode><inventoryType>${type}</inventoryType>` +
          `<actualQty>${units}</actualQty></orderLine>`,
      )
      .join("") +
    "</orderLines></request>";
  return readReturn(parseXml(text), Buffer.from(text));
}

function reportsOf(lines: Line[]) {
  return meaningOfReturn(returned(lines), task).reports.map(({ wmsReference, report }) => [
    wmsReference,
    report.value,
  ]);
}

describe("Return", () => {
  test("ThatIsWholeIsReceivedAndPassed", () => {
    expect(reportsOf([["MUG", "ZP", "2"]])).toEqual([
      ["OZ1:received", { quantity: 2 }],
      ["OZ1:inspected", { quantityGood: 2, reason: "" }],
    ]);
  });

  test.each<[string, Line[], number, number, string]>([
    ["short", [["MUG", "ZP", "1"]], 1, 1, "short"],
    ["over", [["MUG", "ZP", "3"]], 3, 3, ""],
    [
      "defective",
      [
        ["MUG", "ZP", "1"],
        ["MUG", "CC", "1"],
      ],
      2,
      1,
      "defective",
    ],
    ["damaged by machine", [["MUG", "JS", "2"]], 2, 0, "machine_damage"],
    ["with a damaged box", [["MUG", "XS", "2"]], 2, 0, "box_damage"],
    ["damaged in a way of its own", [["MUG", "DJ", "2"]], 2, 0, "other_damage"],
    [
      "damaged in two ways",
      [
        ["MUG", "CC", "1"],
        ["MUG", "XS", "3"],
      ],
      4,
      0,
      "box_damage",
    ],
    [
      "over and damaged, with enough good ones",
      [
        ["MUG", "ZP", "2"],
        ["MUG", "CC", "1"],
      ],
      3,
      2,
      "",
    ],
    ["without a type", [["MUG", "", "2"]], 2, 2, ""],
    ["with decimals", [["MUG", "ZP", "2.00"]], 2, 2, ""],
  ])("ThatIs %s", (_what, lines, quantity, quantityGood, reason) => {
    expect(reportsOf(lines)).toEqual([
      ["OZ1:received", { quantity }],
      ["OZ1:inspected", { quantityGood, reason }],
    ]);
  });

  test.each<[string, Line[]]>([
    ["empty", []],
    ["of nothing", [["MUG", "ZP", "0"]]],
  ])("ThatIs %s HasNothingToInspect", (_what, lines) => {
    expect(reportsOf(lines)).toEqual([["OZ1:received", { quantity: 0 }]]);
  });

  test("WithAnotherArticleRecordsItBesides", () => {
    const meaning = meaningOfReturn(
      returned([
        ["CUP", "ZP", "1"],
        ["MUG", "ZP", "2"],
      ]),
      task,
    );
    expect(meaning.unexpected).toEqual([
      {
        wmsReference: "OZ1:goods:1",
        carrier: "SF",
        trackingNumber: "YD1",
        sku: "CUP",
        quantity: 1,
      },
    ]);
    expect(meaning.reports[0]?.report.value).toEqual({ quantity: 2 });
    expect(meaning.otherwise.map((goods) => goods.wmsReference)).toEqual(["OZ1:goods:2"]);
  });

  test.each([
    ["nobody announced", undefined],
    ["is for another kind of work", outbound],
  ])("That %s IsAllUnexpected", (_what, named) => {
    const meaning = meaningOfReturn(returned([["MUG", "ZP", "2"]]), named);
    expect(meaning.reports).toEqual([]);
    expect(meaning.unexpected.map((goods) => goods.sku)).toEqual(["MUG"]);
  });

  test("IsTheSameMessageByItsOutBizCode", () => {
    const first = returned([["MUG", "ZP", "2"]], "");
    expect(first.key).toMatch(/^body-[0-9a-f]{32}$/);
    expect(returned([["MUG", "ZP", "2"]], "").key).toBe(first.key);
    expect(returned([["MUG", "ZP", "1"]], "").key).not.toBe(first.key);
    expect(returned([], "单 1").key).toMatch(/^code-[0-9a-f]{32}$/);
    expect(returned([], "单 1").key).not.toBe(returned([], "单 2").key);
  });

  test.each(["", "-1", "1.5", "two", "1000001", "1e3"])("IsRefusedWithUnits '%s'", (units) => {
    expect(() => returned([["MUG", "ZP", units]])).toThrow(/orderLines.orderLine\[0\].actualQty/);
  });

  test("IsRefusedWithMoreLinesThanCanBeRecorded", () => {
    const lines = (count: number): Line[] =>
      Array.from({ length: count }, () => ["MUG", "ZP", "1"]);
    expect(returned(lines(1_000)).lines).toHaveLength(1_000);
    expect(() => returned(lines(1_001))).toThrow(UnusableMessage);
  });

  test("QuotesOnlyTheBeginningOfWhatItRefuses", () => {
    expect(() => returned([["MUG", "ZP", "9".repeat(5_000)]])).toThrow(/is "9{40}"/);
  });

  test("IsRefusedWithoutItsOrder", () => {
    expect(() => readReturn(parseXml("<request/>"), Buffer.alloc(0))).toThrow(UnusableMessage);
  });
});

function delivered(status: string, packages: string, more = "") {
  const text =
    `<request><deliveryOrder><deliveryOrderCode>8</deliveryOrderCode><status>${status}</status>` +
    `<outBizCode>WB1</outBizCode>${more}</deliveryOrder>` +
    `<packages>${packages}</packages></request>`;
  return readDelivery(parseXml(text), Buffer.from(text));
}
const parcel = (code: string) =>
  `<package><logisticsCode>SF</logisticsCode><expressCode>${code}</expressCode></package>`;

describe("Delivery", () => {
  test.each([TaskKind.OUTBOUND_REPLACEMENT, TaskKind.SEND_BACK])("IsShipped %i", (kind) => {
    const meaning = meaningOfDelivery(delivered("DELIVERED", parcel("YD1") + parcel("YD2")), {
      ...outbound,
      kind,
    });
    expect(meaning.reports).toEqual([
      {
        wmsReference: "WB1:shipped",
        report: { case: "shipped", value: { carrier: "SF", trackingNumber: "YD1" } },
        text: "SF YD2",
      },
    ]);
  });

  test.each(["REJECT", "EXCEPTION", "CANCELED", "CLOSED"])("IsGivenUp %s", (status) => {
    const [report] = meaningOfDelivery(delivered(status, ""), outbound).reports;
    expect(report?.report).toEqual({
      case: "failed",
      value: { reason: `wms_${status.toLowerCase()}` },
    });
  });

  test.each(["NEW", "ACCEPT", "PARTDELIVERED"])("IsOnlyOnItsWay %s", (status) => {
    expect(meaningOfDelivery(delivered(status, ""), outbound).reports).toEqual([]);
  });

  test("IsOnlyOnItsWayWhileMoreConfirmationsCome", () => {
    const message = delivered("DELIVERED", parcel("YD1"), "<confirmType>1</confirmType>");
    expect(meaningOfDelivery(message, outbound)).toEqual({
      reports: [],
      unexpected: [],
      otherwise: [],
    });
  });

  test("OfAnOrderThatNobodyGaveIsForAPerson", () => {
    const { reports, unexpected } = meaningOfDelivery(
      delivered("DELIVERED", parcel("YD1")),
      undefined,
    );
    expect(reports).toEqual([]);
    expect(unexpected.map((goods) => goods.trackingNumber)).toEqual(["YD1"]);
  });

  test("IsRefusedWithoutATrackingNumber", () => {
    expect(() => delivered("DELIVERED", "")).toThrow(UnusableMessage);
  });
});

describe("Cancellation", () => {
  test.each([
    ["SUCCESS", InterceptOutcome.CAUGHT],
    ["FAIL", InterceptOutcome.MISSED],
  ])("IsAnswered %s", (status, outcome) => {
    const text = `<request><orderCode>9</orderCode><status>${status}</status></request>`;
    const [report] = meaningOfCancel(readCancel(parseXml(text), Buffer.from(text))).reports;
    expect(report?.report).toEqual({ case: "intercepted", value: { outcome } });
  });

  test("IsNotAnsweredByAnyOtherWord", () => {
    expect(meaningOfCancel({ key: "k", orderCode: "9", status: "WAIT" }).reports).toEqual([]);
  });
});
