import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { PersonService } from "@redress/contract/redress/customer/v1/person_service_pb";
import { expect, test } from "../support/journey.ts";
import type { Shop } from "../support/shop.ts";

async function addCustomer(shop: Shop, nick: string): Promise<string> {
  const { customer } = await shop.as("integration", CustomerService).upsertCustomer({
    requestId: `identities:${nick}`,
    platform: "direct",
    nick,
  });
  return customer?.customerId ?? "";
}

test("An agent links a buyer's open id, finds them by it from anywhere, and unlinks it", async ({
  logIn,
  say,
  shop,
}, info) => {
  const customerId = await addCustomer(shop, "namedbuyer1");
  await shop.as("agent", PersonService).linkIdentity({
    requestId: `link:${customerId}`,
    customerId: await addCustomer(shop, "namedbuyer2"),
    identity: { kind: "open_id", platform: "direct", name: "oTakenAlready" },
  });
  const agent = await logIn("agent");
  await agent.goto(`/customers/${customerId}`);
  const names = agent.getByRole("region", { name: say("identity.title") });
  await expect(names).toContainText(say("identity.none"));
  await names.getByRole("button", { name: say("identity.link") }).click();
  const name = names.getByLabel(say("identity.name"), { exact: true });
  await expect(name).toBeFocused();
  await name.fill("oTakenAlready");
  await agent.keyboard.press("Enter");
  await expect(names.getByRole("alert")).toContainText(say("refusal.IDENTITY_ALREADY_EXISTS"));
  await name.fill("oQ9xWholeOpenId");
  await agent.screenshot({ path: info.outputPath("identity_form.png") });
  await agent.keyboard.press("Enter");
  await expect(name).toHaveCount(0);
  await expect(names).toContainText("oQ9xWholeOpenId");

  // A part of it finds nobody: the match is exact.
  await agent.goto("/customers");
  await expect(agent.getByRole("heading", { level: 1 })).toHaveText(say("customers.title"));
  await agent.keyboard.press("/");
  await expect(agent.getByLabel(say("search.label"))).toBeFocused();
  const results = agent.locator(".global-search-results");
  await agent.keyboard.type("oQ9xWhole");
  await expect(results).toContainText(say("search.nothingShort", { words: "oQ9xWhole" }));
  await agent.keyboard.type("OpenId");
  await expect(results).toContainText("namedbuyer1");
  await agent.screenshot({ path: info.outputPath("identity_search.png") });
  await agent.keyboard.press("Enter");
  await expect(agent).toHaveURL(new RegExp(`/customers/${customerId}$`));

  await names.getByRole("button", { name: say("identity.unlink") }).click();
  await agent
    .getByRole("tooltip")
    .getByRole("button", { name: say("identity.unlink") })
    .click();
  await expect(names).toContainText(say("identity.none"));

  // The page of results tells it, too, and that nobody is called so now.
  await agent.goto("/customers");
  await agent.getByLabel(say("search.words")).fill("oTakenAlready");
  await agent.keyboard.press("Enter");
  await expect(agent.getByRole("link", { name: "namedbuyer2" })).toBeVisible();
  await agent.getByLabel(say("search.words")).fill("oQ9xWholeOpenId");
  await agent.keyboard.press("Enter");
  await expect(agent.getByText(say("search.noCustomers"))).toBeVisible();

  const finance = await logIn("finance");
  await finance.goto(`/customers/${customerId}`);
  const seen = finance.getByRole("region", { name: say("identity.title") });
  await expect(seen).toContainText(say("identity.none"));
  await expect(seen.getByRole("button")).toHaveCount(0);
});

test("A name of a merged buyer is unlinked on the page of the person", async ({
  logIn,
  say,
  shop,
}) => {
  const head = await addCustomer(shop, "mergedname1");
  const other = await addCustomer(shop, "mergedname2");
  const customers = shop.as("supervisor", CustomerService);
  const etagOf = async (customerId: string) =>
    (await customers.getCustomer({ customerId })).customer?.etag ?? "";
  const persons = shop.as("supervisor", PersonService);
  await persons.linkIdentity({
    requestId: `link:${other}`,
    customerId: other,
    identity: { kind: "union_id", platform: "direct", name: "uOfTheOther" },
  });
  await persons.mergeCustomers({
    requestId: `merge:${other}`,
    customerId: other,
    intoCustomerId: head,
    etag: await etagOf(other),
    intoEtag: await etagOf(head),
    reason: "one person",
  });
  const agent = await logIn("agent");
  await agent.goto(`/customers/${head}`);
  const names = agent.getByRole("region", { name: say("identity.title") });
  await expect(names).toContainText("uOfTheOther");
  await names.getByRole("button", { name: say("identity.unlink") }).click();
  await agent
    .getByRole("tooltip")
    .getByRole("button", { name: say("identity.unlink") })
    .click();
  await expect(names).toContainText(say("identity.none"));
});
