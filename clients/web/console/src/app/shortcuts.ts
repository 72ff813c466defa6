import type { Section } from "./sections";

// A key and the word for what it does.
type Key = [key: string, word: string];

// What single keys do in a section, on top of what they do everywhere.
export const keysIn: Partial<Record<Section["name"], Key[]>> = {
  workbench: [
    ["j", "help.next"],
    ["k", "help.previous"],
    ["Enter", "help.open"],
    ["x", "help.choose"],
    ["a", "help.actions"],
    ["w", "help.why"],
    ["m", "help.memo"],
  ],
  customers: [["t", "help.tagChosen"]],
  orders: [
    ["m", "help.memo"],
    ["f", "help.products"],
  ],
  finance: [
    ["n", "bankRun.new"],
    ["e", "bankRun.export"],
    ["i", "bankRun.import"],
  ],
  messages: [
    ["j", "help.nextOne"],
    ["k", "help.previousOne"],
    ["c", "help.copyMessage"],
    ["s", "help.markSent"],
    ["x", "help.cancelMessage"],
    ["r", "help.resend"],
  ],
  care: [
    ["j", "help.nextOne"],
    ["k", "help.previousOne"],
    ["c", "help.claimTask"],
    ["d", "help.finishTask"],
    ["s", "help.skipTask"],
    ["r", "help.releaseTask"],
    ["n", "help.newCare"],
    ["t", "help.tagChosen"],
  ],
  platform: [
    ["d", "help.differing"],
    ["k", "help.kinds"],
  ],
  deadlines: [["n", "help.newDeadline"]],
  webhooks: [
    ["n", "webhook.new"],
    ["t", "webhook.test"],
    ["e", "help.editWebhook"],
  ],
};
