import { expect, expectState, test } from "../support/journey.ts";

test("A case is found, opened and decided by the keyboard alone", async ({ logIn, say, shop }) => {
  const one = await shop.openCase(25_00n);
  const page = await logIn("agent");
  const keys = page.keyboard;
  await keys.press("g");
  await keys.press("o");
  await expect(page).toHaveURL(/\/orders$/);
  await expect(page.getByLabel(say("order.number"))).toBeVisible();
  await keys.press("/");
  await expect(page.getByLabel(say("search.label"))).toBeFocused();
  await page.getByLabel(say("search.label")).blur();
  await keys.press("g");
  await keys.press("w");
  await expect(page.locator(".queue-row").first()).toBeVisible();

  // j moves the focus down the queue until it is on the case.
  const row = page.locator(".queue-row", { hasText: `#${one.caseNumber}` });
  await expect(row).toBeVisible();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await keys.press("j");
  await keys.press("j");
  await keys.press("k");
  await expect(page.locator(".queue-row").first()).toBeFocused();
  for (let moves = 0; !(await focused()).includes(`#${one.caseNumber}`); moves++) {
    expect(moves).toBeLessThan(50);
    await keys.press("j");
  }
  await keys.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/workbench/${one.caseNumber}`));

  await expect(page.locator(".action-buttons button").first()).toBeVisible();
  await keys.press("a");
  await expect(page.locator(".action-buttons button").first()).toBeFocused();
  await keys.press("Enter");
  await expect(page.locator(".action-form input").first()).toBeFocused();
  await keys.press("Escape");
  await expect(page.locator(".action-form")).toBeHidden();
  await expect(page.locator(".action-buttons button").first()).toBeFocused();
  await keys.press("Enter");
  await expect(page.locator(".action-form input").first()).toBeFocused();
  await keys.press("Enter");
  await expectState(page, say, "Settling");
});

test("The shortcuts are shown at ? and closed by Esc", async ({ logIn, say }) => {
  const page = await logIn("agent");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: say("help.title") });
  await expect(help).toContainText(say("help.next"));
  await expect(help).toContainText(say("help.claimTask"));
  await expect(help).toContainText(say("help.copyMessage"));
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("Keys go on working after one of several is chosen with the mouse, and arrows still choose", async ({
  logIn,
  say,
}) => {
  const page = await logIn("agent");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  const kinds = page.getByRole("radiogroup", { name: say("rating.kinds") });
  const [refunds, ratings] = [
    kinds.getByRole("radio", { name: say("rating.refunds") }),
    kinds.getByRole("radio", { name: say("rating.ratings") }),
  ];
  await kinds.getByText(say("rating.ratings")).click();
  await expect(ratings).toBeChecked();
  await page.keyboard.press("ArrowLeft");
  await expect(refunds).toBeChecked();
  await page.keyboard.press("k");
  await expect(ratings).toBeChecked();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/\/orders$/);
});
