import { registry } from "@redress/contract";
import { describe, expect, test } from "vitest";

import { servedMethods } from "../../../../clients/web/gateway/src/rpc/methods.ts";

const served = new Map(
  servedMethods(registry).map((one) => [`${one.method.parent.name}.${one.method.name}`, one]),
);

describe("ServedMethods", () => {
  test("AreThoseForPeopleOfEveryArea", () => {
    expect(served.get("CaseService.ApplyStep")?.area).toBe("aftersales");
    expect(served.get("OrderService.GetOrder")?.area).toBe("order");
    expect(served.get("FigureService.WatchFigures")?.area).toBe("scoring");
  });

  test("LeaveOutWhatIsForServicesAlone", () => {
    for (const name of ["ShopService.CreateShop", "EventsService.ReadEvents", "Health.Check"]) {
      expect(served.has(name)).toBe(false);
    }
  });

  test("AreSharedWhereEveryServiceServesThem", () => {
    expect(served.get("KeyService.RotateKeys")?.shared).toBe(true);
    expect(served.get("PersonalDataService.ExportPersonalData")?.shared).toBe(true);
    expect(served.get("PrivacyService.EraseCustomer")?.shared).toBe(false);
  });

  test("KnowWhatNeedsNoLogIn", () => {
    expect(served.get("SessionService.LogIn")?.anyone).toBe(true);
    expect(served.get("SessionService.LogOut")?.anyone).toBe(false);
  });
});
