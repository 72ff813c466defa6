import { expect, test } from "../support/journey.ts";

test("An agent writes an order's memo in the shared format and finds what it said in the changes", async ({
  logIn,
  say,
  shop,
}, info) => {
  const order = await shop.pushOrder(33_00n);
  const agent = await logIn("agent");
  await agent.goto(`/orders/${order.orderId}`);
  await expect(agent.getByText(say("memo.none"))).toBeVisible();
  await agent.keyboard.press("m");
  const memo = agent.getByRole("region", { name: say("memo.title") });
  await memo.getByLabel(say("memo.what"), { exact: true }).fill("a|b");
  await expect(memo.getByText(say("memo.separator"))).toBeVisible();
  await memo.getByLabel(say("memo.what"), { exact: true }).fill("M → L");
  await agent.screenshot({ path: info.outputPath("memo_form.png") });
  await memo.getByRole("button", { name: say("common.save") }).click();
  await expect(memo).toContainText("事:M → L");
  await agent.screenshot({ path: info.outputPath("order.png"), fullPage: true });
});

test("What waits about orders has its tabs", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  for (const [path, title] of [
    ["unpaid", "orderDesk.unpaidTitle"],
    ["stuck", "orderDesk.stuckTitle"],
    ["notices", "orderDesk.noticesTitle"],
    ["products", "product.title"],
  ] as const) {
    await agent.goto(`/orders/${path}`);
    await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say(title));
    await expect(agent.getByRole("alert")).toHaveCount(0);
  }
});
