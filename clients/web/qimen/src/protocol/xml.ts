// The part of XML that Qimen's messages use: elements, text, CDATA and the five named entities.
// Attributes are read over, since no message has meaning in one. A document type is refused, so
// that no entity can be declared; depth and number of elements are bounded.

export class XmlError extends Error {
  override name = "XmlError";
}

const MOST_DEPTH = 16;
const MOST_ELEMENTS = 20_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};
const OPENING = /<([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const CLOSING = /<\/([A-Za-z_][\w.-]*)\s*>/y;
const PASSED_OVER = /<\?[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->/y;
const CDATA = /<!\[CDATA\[((?:(?!\]\]>)[\s\S])*)\]\]>/y;
const TEXT = /[^<]+/y;

export class Element {
  readonly name: string;
  readonly children: Element[] = [];
  ownText = "";

  constructor(name: string) {
    this.name = name;
  }

  /** The first child of that name. */
  child(name: string): Element | undefined {
    return this.children.find((one) => one.name === name);
  }

  /** The trimmed text of a child; "" when there is none. */
  text(name: string): string {
    return this.child(name)?.ownText.trim() ?? "";
  }

  /** `orderLines/orderLine`: the items of a list, none when the list is absent. */
  list(name: string, item: string): Element[] {
    return this.child(name)?.children.filter((one) => one.name === item) ?? [];
  }
}

/** The root element. Throws XmlError. */
export function parseXml(text: string): Element {
  const document = new Element("");
  const open = [document];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let elements = 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    const parent = open.at(-1) ?? document;
    let match: RegExpExecArray | null;
    if ((match = next(TEXT)) !== null) {
      parent.ownText += decoded(match[0]);
    } else if ((match = next(OPENING)) !== null) {
      const element = new Element(match[1] ?? "");
      parent.children.push(element);
      if (++elements > MOST_ELEMENTS) throw new XmlError(`more than ${MOST_ELEMENTS} elements`);
      if (match[3] === "/") continue;
      if (open.push(element) > MOST_DEPTH) throw new XmlError(`deeper than ${MOST_DEPTH}`);
    } else if ((match = next(CLOSING)) !== null) {
      if (open.length === 1 || parent.name !== match[1]) {
        throw new XmlError(`</${match[1] ?? ""}> closes nothing that is open`);
      }
      open.pop();
    } else if ((match = next(CDATA)) !== null) {
      parent.ownText += match[1] ?? "";
    } else if (next(PASSED_OVER) === null) {
      throw new XmlError(`not understood at character ${at}`);
    }
  }
  const [root, second] = document.children;
  if (open.length > 1) throw new XmlError(`<${open.at(-1)?.name ?? ""}> is not closed`);
  if (root === undefined || second !== undefined || document.ownText.trim() !== "") {
    throw new XmlError("there has to be exactly one element around all");
  }
  return root;
}

function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}))?(;?)/g,
    (whole, ...found) => {
      const [decimal, hex, name, end] = found as (string | undefined)[];
      const code = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
      const plain = name === undefined ? characterOf(code) : ENTITIES[name];
      if (plain === undefined || end !== ";") throw new XmlError(`${whole} stands for nothing`);
      return plain;
    },
  );
}

function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** What is written: a name and either text or parts; parts that are undefined are left out. */
export type Part = readonly [
  name: string,
  content: string | number | readonly (Part | undefined)[],
];

export function writeXml(root: Part): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${written(root)}`;
}

function written([name, content]: Part): string {
  const inside =
    typeof content === "object"
      ? content.map((part) => (part === undefined ? "" : written(part))).join("")
      : encoded(String(content));
  return `<${name}>${inside}</${name}>`;
}

// What XML cannot carry at all is left out.
function encoded(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
}
