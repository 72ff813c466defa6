import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebhookService } from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { expect, test } from "../support/journey.ts";

// Somebody else's system; answers what it is told to.
class System {
  status = 200;
  requests = 0;
  readonly #server: Server = createServer((request, response) => {
    this.requests++;
    request.resume();
    request.on("end", () => response.writeHead(this.status).end());
  });

  static async listen(): Promise<System> {
    const system = new System();
    await new Promise<void>((resolve) => {
      system.#server.listen(0, "127.0.0.1", resolve);
    });
    return system;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

test("An admin sets up a webhook, tests it, sees why it was paused and has it go on", async ({
  logIn,
  say,
  shop,
}, info) => {
  test.setTimeout(120_000);
  const system = await System.listen();
  const admin = await logIn(shop.account("admin"));
  // By keyboard: g e, then n.
  await admin.keyboard.press("g");
  await admin.keyboard.press("e");
  await expect(admin).toHaveURL(/\/webhooks$/);
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText(say("webhook.title"));
  await expect(admin.getByText(say("webhook.empty"))).toBeVisible();
  await admin.keyboard.press("n");
  const form = admin.getByRole("dialog");
  await form.getByLabel(say("webhook.name"), { exact: true }).fill("WMS");
  await form.getByLabel(say("webhook.url"), { exact: true }).fill("http://shop.example/");
  await form.getByLabel(say("webhook.events"), { exact: true }).fill("refund.*");
  await admin.keyboard.press("Enter");
  await admin.keyboard.press("Escape");
  await form.getByRole("button", { name: say("webhook.create") }).click();
  await expect(form.getByText(say("webhook.urlWrong"))).toBeVisible();
  await form.getByLabel(say("webhook.url"), { exact: true }).fill(system.url);
  await admin.screenshot({ path: info.outputPath("webhook_form.png") });
  await form.getByRole("button", { name: say("webhook.create") }).click();

  await expect(admin.getByTestId("secret")).toHaveText(/^whsec_[0-9a-f]{64}$/);
  await admin.screenshot({
    path: info.outputPath("webhook_secret.png"),
    animations: "disabled",
  });
  await admin.getByRole("button", { name: say("webhook.secretKept") }).click();
  await expect(admin).toHaveURL(/\/webhooks\/\d+$/);
  await expect(admin.getByTestId("secret")).toHaveCount(0);
  await expect(admin.getByRole("heading", { level: 1 })).toHaveText("WMS");
  await admin.keyboard.press("t");
  await expect(admin.getByRole("status").filter({ hasText: "HTTP 200" })).toBeVisible();

  system.status = 410;
  await shop.openCase(41_00n);
  const alert = admin.getByRole("alert").filter({
    hasText: say("webhookPauseReason.WEBHOOK_PAUSE_REASON_GONE"),
  });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  const rows = admin.locator(".ant-table-row", { hasText: "refund.open" });
  await expect(rows.first()).toContainText(
    say("webhookDeliveryState.WEBHOOK_DELIVERY_STATE_WAITING"),
  );
  await expect(rows.first()).toContainText("HTTP 410");
  await admin.screenshot({ path: info.outputPath("webhook_paused.png") });

  system.status = 200;
  await admin.getByRole("button", { name: say("webhook.resume"), exact: true }).click();
  await expect(rows.first()).toContainText(
    say("webhookDeliveryState.WEBHOOK_DELIVERY_STATE_DELIVERED"),
    { timeout: 40_000 },
  );
  const before = system.requests;
  await rows.first().getByRole("button").click();
  await expect.poll(() => system.requests, { timeout: 30_000 }).toBeGreaterThan(before);
  await admin.screenshot({ path: info.outputPath("webhook.png") });

  await admin.getByRole("button", { name: say("webhook.delete") }).click();
  await admin
    .getByRole("tooltip")
    .getByRole("button", { name: say("webhook.delete"), exact: true })
    .click();
  await expect(admin).toHaveURL(/\/webhooks$/);
  await expect(admin.getByText(say("webhook.empty"))).toBeVisible();
  system.close();
});

test("A form that was open before a colleague's change does not undo it", async ({
  logIn,
  say,
  shop,
}) => {
  const service = shop.as("admin", WebhookService);
  const settings = { title: "ERP", url: "http://127.0.0.1:9/hook", eventTypes: ["refund.*"] };
  const { webhook } = await service.createWebhook({
    requestId: `hook:${shop.shopId}`,
    ...settings,
  });
  const webhookId = webhook?.webhookId ?? "";
  const admin = await logIn(shop.account("admin"));
  await admin.goto(`/webhooks/${webhookId}`);
  const title = admin.getByRole("heading", { level: 1 });
  await expect(title).toHaveText("ERP");
  await admin.keyboard.press("e");
  const form = admin.getByRole("dialog");
  const name = form.getByLabel(say("webhook.name"), { exact: true });
  await name.fill("Mine");

  await service.updateWebhook({
    ...settings,
    requestId: `hook:${webhookId}`,
    webhookId,
    version: webhook?.version ?? 0,
    title: "Theirs",
  });
  // The page has read it behind the form.
  await expect(title).toHaveText("Theirs");
  await form.getByRole("button", { name: say("common.save") }).click();
  await expect(form.getByRole("alert")).toContainText(say("tag.changed"));
  await expect(name).toHaveValue("Mine");
  await form.getByRole("button", { name: say("tag.load") }).click();
  await expect(name).toHaveValue("Theirs");
  await name.fill("Ours");
  await form.getByRole("button", { name: say("common.save") }).click();
  await expect(form).toBeHidden();
  await expect(title).toHaveText("Ours");

  const read = await service.getWebhook({ webhookId });
  const version = read.webhook?.version ?? 0;
  await service.deleteWebhook({ requestId: `gone:${webhookId}`, webhookId, version });
});

test("Agents have no webhooks", async ({ logIn, say }) => {
  const agent = await logIn("agent");
  await expect(agent.getByRole("link", { name: say("section.webhooks") })).toHaveCount(0);
});
