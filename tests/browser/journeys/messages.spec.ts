import { expect, expectOption, test } from "../support/journey.ts";

test("Rules are switched on, a phrase is written with its preview, and a message is worked off by keyboard", async ({
  logIn,
  say,
  shop,
}, info) => {
  const supervisor = await logIn("supervisor");
  await supervisor.goto("/messages/rules");
  await supervisor.getByRole("button", { name: say("messages.useDefaults") }).click();
  const refundSent = supervisor
    .getByRole("row")
    .filter({ hasText: say("notificationRule.refund_sent") });
  await expect(refundSent.getByRole("switch")).toBeChecked();
  await supervisor.screenshot({ path: info.outputPath("rules.png") });

  // A phrase, with what is wrong said as it is typed.
  await supervisor.goto("/messages/phrases");
  await supervisor.getByRole("button", { name: say("messages.newPhrase") }).click();
  const editor = supervisor.getByRole("dialog");
  const phraseName = shop.language === "zh" ? "浏览器里的话术" : "A browser's phrase";
  await editor.getByLabel(say("messages.name")).fill(phraseName);
  const text = editor.getByLabel(say("messages.phraseText"));
  await text.fill("{{case_numbr}}");
  await expect(editor.getByRole("alert")).toContainText("case_number");
  await text.fill("");
  await editor
    .getByRole("button", { name: say("phraseVariable.case_number"), exact: true })
    .click();
  await expect(text).toHaveValue("{{case_number}}");
  await expect(editor.getByRole("region", { name: say("messages.preview") })).toContainText("128");
  await supervisor.screenshot({ path: info.outputPath("phrase_editor.png") });
  await editor.getByRole("button", { name: say("messages.save") }).click();
  await expect(editor).toBeHidden();
  await expect(supervisor.getByRole("row").filter({ hasText: phraseName })).toBeVisible();

  // The case to its end: its buyer is to be told of the money.
  const opened = await shop.openCase(27_00n);
  await shop.complete(opened);
  const agent = await logIn("agent");
  await agent.goto("/messages");
  const row = agent
    .locator(".message-row")
    .filter({ hasText: `#${opened.caseNumber}` })
    .filter({ hasText: say("notificationRule.refund_sent") });
  await expect(row).toBeVisible({ timeout: 60_000 });
  await row.click();
  await expect(row).toHaveAttribute("aria-current", "true");
  await agent.screenshot({ path: info.outputPath("messages.png") });
  await agent.keyboard.press("s");
  await expect(row).toBeHidden();

  // The case knows of it; another phrase is sent from there by hand.
  await agent.goto(`/workbench/${opened.caseNumber}`);
  await agent.getByRole("tab", { name: say("messages.ofCase") }).click();
  const told = agent.locator(".case-messages");
  await expect(told).toContainText(say("messageState.MESSAGE_STATE_SENT"));
  await told.getByRole("combobox").fill(phraseName);
  await expectOption(agent, phraseName);
  await agent.keyboard.press("Enter");
  await told.getByRole("button", { name: say("messages.send"), exact: true }).click();
  await expect(told).toContainText(String(opened.caseNumber), { timeout: 30_000 });
  await expect(told).toContainText(say("messages.byHand"));
  await agent.screenshot({ path: info.outputPath("case_messages.png") });
});
