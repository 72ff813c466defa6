import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { TimelineService } from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { until } from "../../support/web/deployment.ts";
import { expect, test } from "../support/journey.ts";

test("An agent reads on a buyer's page how the net, the refunds and the reviews came about", async ({
  logIn,
  say,
  shop,
}, info) => {
  await shop.complete(await shop.openCase(45_00n));
  const { customers } = await shop.as("agent", CustomerService).findCustomer({
    key: { case: "phone", value: "13800138000" },
  });
  const customerId = customers[0]?.customerId ?? "";
  const read = async () => {
    const key = { case: "customerId", value: customerId } as const;
    return (await shop.as("agent", TimelineService).getTimeline({ key })).figures;
  };
  await until(async () => ((await read())?.refunds ?? 0) > 0);
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}`);
  const ask = async (figure: string) => {
    await agent.locator(`[data-why=${figure}]`).first().click();
    return agent.getByRole("tooltip");
  };
  const lifetime = await ask("lifetime");
  await expect(lifetime).toContainText(say("whyFigure.lifetime"));
  await expect(lifetime).toContainText(say("whyFigure.fromAdjustments"));
  const one = (await read())?.money.find(({ currencyCode }) => currencyCode === "CNY");
  const net = Number(one?.lifetimeMinor ?? 0n) / 100;
  await expect(lifetime).toContainText(net.toLocaleString("en-GB", { minimumFractionDigits: 2 }));
  await agent.screenshot({ path: info.outputPath("why_lifetime.png") });
  await agent.keyboard.press("Escape");

  await agent.reload();
  await expect(await ask("refunds")).toContainText(say("whyFigure.fromPlatform"));
  await agent.screenshot({ path: info.outputPath("why_refunds.png") });
  await agent.reload();
  const reviews = await ask("reviews");
  await expect(reviews).toContainText(say("whyFigure.maliciousCount"));
  await expect(reviews).toContainText(say("whyFigure.revisedCount"));
  await agent.screenshot({ path: info.outputPath("why_reviews.png") });
});
