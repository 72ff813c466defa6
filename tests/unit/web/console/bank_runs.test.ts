import { describe, expect, it } from "vitest";
import { decodeFile, piecesOf } from "../../../../clients/web/console/src/finance/runs";

const header = "reference,amount,currency,result";

function linesOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${at}-1,1.00,CNY,rejected`);
}

describe("A file of results", () => {
  it("goes up in pieces that begin with its header and know their line", () => {
    const lines = linesOf(1201);
    const pieces = piecesOf([header, ...lines, ""].join("\n"));
    expect(pieces.map((piece) => piece.firstLine)).toEqual([2, 502, 1002]);
    expect(pieces.every((piece) => piece.text.startsWith(`${header}\n`))).toBe(true);
    const sent = pieces.flatMap((piece) => piece.text.trim().split("\n").slice(1));
    expect(sent).toEqual(lines);
  });

  it("needs no end of its last line", () => {
    expect(piecesOf(`${header}\n${linesOf(1).join("\n")}`)).toHaveLength(1);
  });

  it("may be empty behind its header", () => {
    expect(piecesOf(`${header}\n`)).toEqual([{ text: `${header}\n`, firstLine: 2 }]);
  });

  it("is read as GBK where it is no UTF-8", () => {
    const gbk = new Uint8Array([0xd5, 0xcb, 0xba, 0xc5]);
    expect(decodeFile(gbk.buffer)).toBe("账号");
    expect(decodeFile(new TextEncoder().encode("账号").buffer)).toBe("账号");
  });
});
