import { readFileSync } from "node:fs";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { SegmentService } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { until } from "../../support/web/deployment.ts";
import { expect, test } from "../support/journey.ts";

test("A segment that is opened is counted anew, and its members are exported", async ({
  language,
  logIn,
  say,
  shop,
}, info) => {
  const add = (nick: string) =>
    shop.as("integration", CustomerService).upsertCustomer({
      requestId: `segment:${encodeURIComponent(nick).replaceAll("%", ".")}`,
      platform: "segmentmarket",
      nick,
    });
  const segments = shop.as("supervisor", SegmentService);
  const segmentCode = "of_the_market";
  const untilMembers = (count: number) =>
    until(
      async () => (await segments.listSegmentMembers({ segmentCode })).members.length === count,
    );
  await add("member one");
  await add("=2+3");
  await segments.setSegment({
    requestId: `segment:${shop.shopId}`,
    segmentCode,
    nameZh: "市场买家",
    nameEn: "Buyers of the market",
    expression: 'platform = "segmentmarket"',
  });
  await untilMembers(2);
  await segments.getSegment({ segmentCode });

  const page = await logIn("supervisor");
  await page.goto("/care/segments");
  const row = page.getByRole("row", { name: /of_the_market/ });
  await expect(row.getByRole("cell", { name: "2", exact: true })).toBeVisible();
  await add('third, "quoted"');
  await untilMembers(3);
  await row.getByRole("button", { name: say("segment.show") }).click();
  const drawer = page.getByRole("dialog", {
    name: say("segment.membersOf", {
      name: language === "zh" ? "市场买家" : "Buyers of the market",
    }),
  });
  await expect(drawer.getByRole("status")).toContainText(say("segmentCount.exact", { count: 3 }));
  await page.screenshot({ path: info.outputPath("segment.png") });

  const download = page.waitForEvent("download");
  await drawer.getByRole("button", { name: say("segment.export") }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("of_the_market.csv");
  const lines = readFileSync(await file.path(), "utf8").split("\r\n");
  expect(lines[0]).toBe("\uFEFFcustomer_id,platform,nick,joined");
  // One line each, the last one empty; no nick is a formula, and none breaks its line.
  expect(lines).toHaveLength(5);
  for (const nick of ["member one", "'=2+3", '"third, ""quoted"""']) {
    expect(lines.some((line) => line.includes(`,segmentmarket,${nick},`))).toBe(true);
  }
});
