import { describe, expect, test } from "vitest";

import { parseXml, writeXml, XmlError } from "../../../../clients/web/qimen/src/protocol/xml.ts";

describe("ParseXml", () => {
  test("ReadsTextListsAndCdata", () => {
    const root = parseXml(
      '\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<!-- a > b -->\n<request kind="x">' +
        "<orderCode> R&amp;1 </orderCode><remark><![CDATA[<b>&amp;</b>]]></remark>" +
        "<orderLines><orderLine><n>1</n></orderLine><orderLine><n>2</n></orderLine></orderLines>" +
        "<empty/></request>\n",
    );
    expect(root.name).toBe("request");
    expect(root.text("orderCode")).toBe("R&1");
    expect(root.text("remark")).toBe("<b>&amp;</b>");
    expect(root.list("orderLines", "orderLine").map((line) => line.text("n"))).toEqual(["1", "2"]);
    expect([root.text("empty"), root.text("absent"), root.list("absent", "x")]).toEqual([
      "",
      "",
      [],
    ]);
  });

  test("ReadsEntitiesOfEveryKind", () => {
    expect(parseXml("<a>&lt;&gt;&quot;&apos;&#36864;&#x8d27;</a>").ownText).toBe("<>\"'退货");
  });

  test.each([
    ["a declared entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ["an entity that is not declared", "<a>&x;</a>"],
    ["a bare ampersand", "<a>R&D</a>"],
    ["a character that is none", "<a>&#0;</a>"],
    ["a wrong end", "<a><b></a></b>"],
    ["no end", "<a><b></b>"],
    ["two roots", "<a/><b/>"],
    ["text beside the root", "<a/>text"],
    ["nothing", ""],
    ["JSON", '{"a": 1}'],
    ["an attribute without quotes", "<a b=c/>"],
    ["a closed file that is cut", "<a>1</a"],
    ["too much depth", "<a>".repeat(17) + "</a>".repeat(17)],
    ["too many elements", `<a>${"<b/>".repeat(20_001)}</a>`],
  ])("Refuses %s", (_what, text) => {
    expect(() => parseXml(text)).toThrow(XmlError);
  });
});

describe("WriteXml", () => {
  test("IsReadBackAsItWas", () => {
    const text = writeXml(["request", [["a", "<&> 退货 \u0007"], undefined, ["b", [["c", 2]]]]]);
    const root = parseXml(text);
    expect(root.text("a")).toBe("<&> 退货");
    expect(root.child("b")?.text("c")).toBe("2");
    expect(root.children).toHaveLength(2);
  });
});
