import { formatMoney } from "../shared/format/money";

interface Words {
  name: (group: string, name: string) => string;
  memberName: (accountId: string) => string;
  locale: string;
  currency: string;
}

const groupsOfValues = [
  "enumValue",
  "reasonCode",
  "warehouseReason",
  "rootCause",
  "needsPerson",
  "deadlineRule",
  "report",
  "state",
];

function valueText(key: string, value: string | number | boolean, words: Words): string {
  if (typeof value === "boolean") return words.name("common", value ? "yes" : "no");
  if (key.endsWith("_minor")) {
    const amount = { currencyCode: words.currency, minorUnits: BigInt(value) };
    return formatMoney(amount, words.locale);
  }
  const text = String(value);
  for (const group of groupsOfValues) {
    const known = words.name(group, text);
    if (known !== text) return known;
  }
  return text;
}

// A step's event as label and value pairs, of the fields that the console has names for; ids and
// what only machines read stay out.
export function detailsOf(eventJson: string, words: Words): [string, string][] {
  let event: unknown;
  try {
    event = JSON.parse(eventJson || "{}");
  } catch {
    return [];
  }
  if (typeof event !== "object" || event === null) return [];
  const details: [string, string][] = [];
  for (const [key, value] of Object.entries(event)) {
    const label = words.name("field", key);
    if (key === "assignee_id" && typeof value === "string") {
      details.push([
        "→",
        value === "0" || !value ? words.name("common", "nobody") : words.memberName(value),
      ]);
    } else if (label !== key && ["string", "number", "boolean"].includes(typeof value)) {
      details.push([label, valueText(key, value as string | number | boolean, words)]);
    }
  }
  return details;
}
