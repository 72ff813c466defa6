import type { identitiesZh } from "./identities_zh";

export const identitiesEn: typeof identitiesZh = {
  identity: {
    title: "Other names",
    none: "Known by no other name",
    kind: "Kind",
    platform: "Marketplace",
    platformForm: "Small letters, digits and underscores, e.g. taobao",
    name: "The name itself",
    link: "Link a name",
    unlink: "Unlink",
    unlinkOf: "Unlink {{name}}",
    unlinkAsk: "Unlink “{{name}}”?",
    unlinkHint: "The buyer is not found by it any more.",
    found: "By another name",
    hint: "Also a whole open id, union id or former nick; where no buyer is from its marketplace, that and a colon before it, e.g. wechat:o6_bmjrPTlm6.",
  },
  identityKind: { open_id: "Open id", union_id: "Union id", nick: "Former nick" },
  identityRefusal: {
    IDENTITY_ALREADY_EXISTS:
      "Another buyer is called so; merge the two if they are one person, or unlink it there first",
    IDENTITY_NOT_FOUND: "The buyer is not called so any more",
    TOO_MANY_IDENTITIES: "The buyer has as many names as one can have; unlink one first",
  },
  whyFigure: {
    lifetimeTitle: "Where the net comes from",
    refundsTitle: "Where the refunds come from",
    reviewsTitle: "Where the reviews come from",
    lifetime:
      "Net = what paid orders brought − what the buyer got back, for each currency by itself.",
    lifetimeSum: "{{paid}} − {{refunded}} = {{net}}",
    averageSum: "Per order: {{paid}} ÷ {{count}} = {{average}}",
    paidCounts: "Paid is what was paid for the lines of paid orders; unpaid ones do not count.",
    refundedCounts: "Refunds have three sources, and none counts twice:",
    fromCases: "settled after-sales cases, by what was settled",
    fromPlatform: "what the marketplace refunded itself, without a case",
    fromAdjustments: "adjustments recorded as refunds; corrections of the books do not count",
    refunds: "Refunds: {{count}}",
    refundShare:
      "Share = orders with a refund ({{refunded}}) ÷ paid orders ({{paid}}) = {{share}}%",
    reviews: "Reviews that a case was opened for; withdrawn ones do not count.",
    reviewsCount: "Review cases",
    badCount: "Of these, bad: one or two stars, or rated bad",
    maliciousCount:
      "Of these, confirmed malicious: judged so by the shop and removed by the marketplace",
    revisedCount: "Of these, revised or removed since",
    wholePerson: "All buyers who were merged into the person count.",
  },
};
