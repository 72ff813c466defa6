import { WorkflowService } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { FigureService } from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { expect, test } from "../support/journey.ts";

test("Every state, event and deadline rule of the running workflows has a word", async ({
  say,
  shop,
}) => {
  for (const kind of ["refund", "dispute", "review"]) {
    const { workflow } = await shop.as("agent", WorkflowService).describeWorkflow({ kind });
    expect(workflow?.states.length).toBeGreaterThan(0);
    for (const state of workflow?.states ?? []) {
      say(`state.${state.name}`);
      if (state.deadlineRule) say(`deadlineRule.${state.deadlineRule}`);
    }
    for (const event of workflow?.events ?? []) say(`event.${event}`);
  }
});

test("Every figure is shown with its name and its formula", async ({
  language,
  logIn,
  say,
  shop,
}) => {
  const { definitions } = await shop.as("supervisor", FigureService).listFigureDefinitions({});
  const page = await logIn("supervisor");
  await page.getByRole("link", { name: say("section.figures") }).click();
  for (const one of definitions) {
    const card = page.locator(`[data-figure=${one.figureId}]`);
    await expect(card).toContainText(language === "zh" ? one.nameZh : one.nameEn);
    await expect(card).toContainText(language === "zh" ? one.formulaZh : one.formulaEn);
  }
});
