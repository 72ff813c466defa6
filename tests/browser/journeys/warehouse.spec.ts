import { RefundVariant } from "@redress/contract/redress/aftersales/v1/case_pb";
import { WarehouseService } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { expect, test } from "../support/journey.ts";

test("A parcel that no task announced is recorded, and the next one is scanned", async ({
  logIn,
  say,
  shop,
}) => {
  const parcel = `UX${shop.shopId}77`;
  const page = await logIn("warehouse");
  const scan = page.getByRole("textbox", { name: say("warehouse.scanLabel"), exact: true });
  await expect(scan).toBeFocused();
  await page.keyboard.type(parcel);
  await page.keyboard.press("Enter");
  const unknown = page.getByText(say("warehouse.noMatch", { number: parcel }));
  await expect(unknown).toBeVisible();
  await page.getByRole("button", { name: say("warehouse.asUnexpected") }).click();

  const pane = page.getByRole("tabpanel", { name: say("warehouse.unexpected") });
  await expect(pane.getByLabel(say("field.tracking_number"))).toHaveValue(parcel);
  await pane.getByLabel(say("field.carrier")).fill("YTO");
  await pane.getByLabel(say("field.sku")).fill("CUP-77");
  const record = pane.getByRole("button", { name: say("warehouse.unexpectedNew") });
  await pane.getByLabel(say("field.quantity")).fill("-1");
  await record.click();
  await expect(pane.locator(".ant-form-item-explain-error")).toBeVisible();
  await pane.getByLabel(say("field.quantity")).fill("3");
  await record.click();

  const row = pane.locator(".ant-table-row", { hasText: parcel });
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("YTO");
  await expect(row).toContainText("CUP-77");
  await expect(row.getByRole("cell").last()).toHaveText("3");
  // Nothing of the parcel is left to be recorded twice; a scanner goes on with the next one.
  await expect(unknown).toBeHidden();
  await expect(pane.getByLabel(say("field.tracking_number"))).toHaveValue("");
  await expect(scan).toBeFocused();
  await page.keyboard.type(`${parcel}-2`);
  await expect(scan).toHaveValue(`${parcel}-2`);
});

test("Unexpected goods that a WMS reported are listed, too", async ({ logIn, say, shop }) => {
  const page = await logIn("warehouse");
  await page.getByRole("tab", { name: say("warehouse.unexpected") }).click();
  const parcel = `WMS${shop.shopId}78`;
  await shop.as("integration", WarehouseService).reportUnexpectedGoods({
    wmsReference: `wms:${shop.shopId}:78`,
    trackingNumber: parcel,
    sku: "CUP-78",
    quantity: 1,
  });
  await expect(page.locator(".ant-table-row", { hasText: parcel })).toBeVisible();
});

test("A supervisor sees what the warehouse has to do, and what nobody announced", async ({
  logIn,
  say,
  shop,
}) => {
  const parcel = `WMS${shop.shopId}79`;
  await shop.as("integration", WarehouseService).reportUnexpectedGoods({
    wmsReference: `wms:${shop.shopId}:79`,
    carrier: "YTO",
    trackingNumber: parcel,
    sku: "CUP-79",
    quantity: 4,
  });
  const one = await shop.openCase(9_00n, RefundVariant.RETURN_AND_REFUND);
  const tracking = await shop.returnParcel(one);
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.warehouse") }).click();
  const goods = page.locator(".ant-table-row", { hasText: parcel });
  await expect(goods).toContainText("CUP-79");
  await expect(goods.getByRole("cell").last()).toHaveText("4");
  const task = page.locator(".ant-table-row", { hasText: tracking });
  await expect(task).toContainText(say("taskState.TASK_STATE_QUEUED"));
  // Nothing here claims or reports: that is the warehouse's.
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await task.getByRole("link").click();
  await expect(page).toHaveURL(/workbench/);
});
