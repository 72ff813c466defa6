import { expect, test } from "../support/journey.ts";

test("An agent begins a shift and is given a case; a supervisor sees and sets how they work", async ({
  logIn,
  say,
  shop,
}, info) => {
  const agent = await shop.hire("agent", shop.language === "zh" ? "孙新到" : "New Hand");
  await shop.untilAdmitted(agent);
  const page = await logIn(agent);
  const shift = page.getByRole("switch", { name: say("team.myShift") });
  await expect(shift).not.toBeChecked();
  await expect(shift).toBeEnabled();
  // By keyboard: g b.
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(shift).toBeChecked();
  const opened = await shop.openCase(41_00n);
  await page.goto(`/workbench/${opened.caseNumber}`);
  await expect(page.locator(".assignee")).toContainText(agent.displayName, { timeout: 30_000 });

  const supervisor = await logIn("supervisor");
  await supervisor.getByRole("link", { name: say("section.team"), exact: true }).click();
  const row = supervisor.getByRole("row").filter({ hasText: agent.displayName });
  await expect(row.getByRole("switch")).toBeChecked();
  await row.getByRole("button", { name: say("team.edit") }).click();
  const dialog = supervisor.getByRole("dialog");
  const team = shop.language === "zh" ? "夜班组" : "Night team";
  await dialog.getByLabel(say("team.team")).fill(team);
  await dialog.getByLabel(say("team.mostOpenCases")).fill("1");
  await supervisor.screenshot({ path: info.outputPath("agent_form.png") });
  await dialog.getByRole("button", { name: say("team.save") }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText(team);
  await supervisor.screenshot({ path: info.outputPath("team.png") });

  await row.getByRole("link", { name: team }).click();
  await expect(
    supervisor.locator(".queue-row", { hasText: `#${opened.caseNumber}` }),
  ).toBeVisible();
  await supervisor.screenshot({ path: info.outputPath("team_queue.png") });

  await shift.click();
  await expect(shift).not.toBeChecked();
});
