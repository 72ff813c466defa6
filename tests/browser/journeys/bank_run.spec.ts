import { readFile } from "node:fs/promises";
import type { Page, Route } from "@playwright/test";
import { BankRunService } from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { expect, expectState, test } from "../support/journey.ts";
import type { Say } from "../support/words.ts";

async function newRun(page: Page, say: Say): Promise<void> {
  await page.getByRole("link", { name: say("bankRun.title") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say("bankRun.title"));
  // By keyboard alone: n opens the form, Enter makes the run.
  await page.keyboard.press("n");
  await expect(page.getByLabel(say("bankRun.currency"))).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settlements\/runs\/\d+$/);
}

// The file that the console saves.
async function download(page: Page, key: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.keyboard.press(key);
  const file = await waiting;
  expect(file.suggestedFilename()).toMatch(/^bank-run-\d+-[A-Z]{3}\.csv$/);
  return readFile(await file.path(), "utf8");
}

test("Refunds are paid by a bank run", async ({ logIn, say, shop }) => {
  const [paid, rejected] = [await shop.openCase(41_00n), await shop.openCase(42_00n)];
  for (const one of [paid, rejected]) await shop.approve(one);

  const finance = await logIn("finance");
  await newRun(finance, say);
  await expect(finance.getByText(say("bankRun.next.export"))).toBeVisible();
  const file = await download(finance, "e");
  await expect(finance.getByText(say("bankRun.next.handOver"))).toBeVisible();
  expect(await download(finance, "e")).toBe(file);
  const lineOf = (caseId: string) =>
    file
      .split("\n")
      .find((line) => line.startsWith(`payment,${caseId}-1,`))
      ?.split(",") ?? [];
  const [, reference = "", amount = "", currency = ""] = lineOf(paid.caseId);
  expect(lineOf(rejected.caseId)[1]).toBe(`${rejected.caseId}-1`);
  expect(file).not.toContain("13800138000");

  await finance.getByRole("button", { name: say("bankRun.handOver") }).click();
  await finance
    .getByRole("tooltip")
    .getByRole("button", { name: say("bankRun.handOver") })
    .click();
  await expect(finance.getByText(say("bankRun.next.import"))).toBeVisible();

  const results = [
    "reference,amount,currency,result,bank_reference,reason",
    `${reference},${amount},${currency},accepted,BANK-1,`,
    `${rejected.caseId}-1,${lineOf(rejected.caseId)[2] ?? ""},${currency},rejected,,closed`,
    `${reference},one,${currency},accepted,BANK-1,`,
    `404-1,1.00,${currency},accepted,BANK-2,`,
    "",
  ].join("\n");
  await finance
    .locator("input[type=file]")
    .setInputFiles({ name: "results.csv", mimeType: "text/csv", buffer: Buffer.from(results) });
  const report = finance.getByRole("region", { name: say("bankRun.report") });
  await expect(report.getByRole("status")).toHaveText(
    say("bankRun.imported", { applied: 2, repeated: 0, others: 2 }),
  );
  await expect(report).toContainText("amount");
  const payments = finance.getByRole("region", { name: say("bankRun.payments") });
  const rowOf = (caseNumber: bigint) =>
    payments.locator(".ant-table-row").filter({
      has: finance.getByRole("link", { name: `#${caseNumber}`, exact: true }),
    });
  await expect(rowOf(paid.caseNumber)).toContainText("BANK-1");
  await expect(rowOf(rejected.caseNumber)).toContainText("closed");
  await expect(finance.getByRole("region", { name: say("bankRun.strange") })).toContainText(
    "404-1",
  );

  const agent = await logIn("agent");
  await agent.goto(`/workbench/${paid.caseNumber}`);
  await expectState(agent, say, "FollowingUp");
});

test("A run that the bank does not have is dissolved", async ({ logIn, say, shop }) => {
  await shop.approve(await shop.openCase(43_00n));
  const finance = await logIn("finance");
  await newRun(finance, say);
  await finance.getByRole("button", { name: say("bankRun.dissolve") }).click();
  await finance
    .getByRole("tooltip")
    .getByRole("button", { name: say("bankRun.dissolve") })
    .click();
  await expect(finance.getByText(say("bankRun.next.dissolved"))).toBeVisible();
});

test("A run whose answer is lost is asked for again and made once", async ({
  logIn,
  say,
  shop,
}) => {
  await shop.approve(await shop.openCase(44_00n));
  const count = async () => {
    const { runs } = await shop.as("finance", BankRunService).listBankRuns({ pageSize: 200 });
    return runs.length;
  };
  const before = await count();
  const finance = await logIn("finance");
  await finance.goto("/settlements/runs");
  await expect(finance.getByRole("heading", { level: 1 })).toHaveText(say("bankRun.title"));
  await finance.keyboard.press("n");
  await expect(finance.getByLabel(say("bankRun.currency"))).toBeFocused();
  const lose = async (route: Route) => {
    await route.fetch();
    await route.abort();
  };
  await finance.route(/CreateBankRun/, lose, { times: 1 });
  await finance.keyboard.press("Enter");
  await expect(finance.getByRole("dialog").getByRole("alert")).toBeVisible();
  await finance.keyboard.press("Enter");
  await expect(finance).toHaveURL(/\/settlements\/runs\/\d+$/);
  expect(await count()).toBe(before + 1);
});

test("Supervisors read runs and cannot make them", async ({ logIn, say }) => {
  const supervisor = await logIn("supervisor");
  await supervisor.goto("/settlements/runs");
  await expect(supervisor.getByRole("heading", { level: 1 })).toHaveText(say("bankRun.title"));
  await expect(supervisor.getByRole("button", { name: say("bankRun.new") })).toHaveCount(0);
});
