import {
  test as base,
  expect,
  type BrowserContext,
  type Locator,
  type Page,
} from "@playwright/test";
import type { Deployment } from "../../support/web/deployment.ts";
import { deploymentOfJourneys } from "./deployment.ts";
import { Shop, type Account, type RoleName } from "./shop.ts";
import { wordsOf, type Language, type Say } from "./words.ts";

export { expect };

// That what is typed or opened has something to choose: Enter before that chooses nothing.
export async function expectOption(page: Page, name = ""): Promise<void> {
  const options = page.locator(".ant-select-dropdown:visible .ant-select-item-option");
  await expect(options.filter({ hasText: name }).first()).toBeVisible();
}

export interface Options {
  language: Language;
}

interface Worker {
  deployment: Deployment;
  shop: Shop;
}

interface Journey {
  say: Say;
  // A browser of a member's own, logged in through the page.
  logIn: (who: RoleName | Account) => Promise<Page>;
  // A browser of nobody's yet, at the deployment's time.
  newPage: () => Promise<Page>;
}

// Failed requests are told by the browser itself; a refused call is an answer, not a defect.
const answer = "Failed to load resource";

function watch(page: Page, problems: string[]): void {
  page.on("console", (message) => {
    const isProblem = message.type() === "error" || message.type() === "warning";
    if (isProblem && !message.text().includes(answer)) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(`${error.name}: ${error.message}`));
}

async function reportViolations(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/* eslint no-empty-pattern: off -- a fixture without needs is told so by an empty pattern */
export const test = base.extend<Journey & Options, Worker & { workerLanguage: Language }>({
  language: ["zh", { option: true }],
  workerLanguage: [
    async ({}, use, worker) => {
      await use(worker.project.name as Language);
    },
    { scope: "worker" },
  ],
  deployment: [
    async ({}, use) => {
      await use(deploymentOfJourneys());
    },
    { scope: "worker" },
  ],
  shop: [
    async ({ deployment, workerLanguage }, use) => {
      await use(await Shop.open(deployment, workerLanguage));
    },
    { scope: "worker", timeout: 120_000 },
  ],
  say: async ({ language }, use) => {
    await use(wordsOf(language));
  },
  newPage: async ({ browser, deployment, language, locale, timezoneId, viewport }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({
        baseURL: deployment.url,
        ignoreHTTPSErrors: true,
        locale: locale ?? "zh-CN",
        timezoneId: timezoneId ?? "Asia/Shanghai",
        viewport,
      });
      contexts.push(context);
      await context.addInitScript((chosen) => {
        localStorage.setItem("redress.language", chosen);
      }, language);
      await context.addInitScript((offset) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + offset;
      }, deployment.clockOffsetMs);
      await reportViolations(context);
      const page = await context.newPage();
      watch(page, problems);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(problems, "what the browser complained about").toEqual([]);
  },
  logIn: async ({ newPage, shop, say }, use) => {
    await use(async (who) => {
      const page = await newPage();
      await page.goto("/");
      await enter(page, say, typeof who === "string" ? shop.account(who) : who);
      await expect(page.getByRole("navigation")).toBeVisible();
      return page;
    });
  },
});

export async function enter(
  page: Page,
  say: Say,
  { accountName, password }: Omit<Account, "displayName">,
) {
  await page.getByLabel(say("login.account")).fill(accountName);
  await page.getByLabel(say("login.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: say("login.submit") }).click();
}

export function casePane(page: Page): Locator {
  return page.locator(".pane.case");
}

export async function expectState(page: Page, say: Say, state: string): Promise<void> {
  await expect(page.locator(".case-header .state-tag")).toHaveText(say(`state.${state}`));
}

// Opens the form of an event; what it asks for is filled in by the journey.
export async function openAction(page: Page, event: string): Promise<Locator> {
  await page.locator(`.action-buttons [data-event="${event}"]`).click();
  return page.locator(".action-form");
}

export async function submit(form: Locator): Promise<void> {
  await form.locator("button[type=submit]").click();
}
