import { createBrowserRouter, Navigate } from "react-router";
import { LogInPage } from "../session/LogInPage";
import { SignedIn } from "../session/SignedIn";
import { useWork } from "../session/work";
import { PageSkeleton } from "./PageSkeleton";
import { BrokenPage, MissingPage } from "./PageFailures";
import { sectionsOf, startOf } from "./sections";
import { Shell } from "./Shell";

function Start() {
  const { shop } = useWork();
  return <Navigate to={startOf(shop.roles) ?? "/nothing"} replace />;
}

function NothingHere() {
  const { shop } = useWork();
  return <MissingPage hasSections={sectionsOf(shop.roles).length > 0} />;
}

// Every section is a chunk of its own.
export function makeRouter() {
  return createBrowserRouter([
    { path: "/log-in", Component: LogInPage },
    {
      element: (
        <SignedIn>
          <Shell />
        </SignedIn>
      ),
      HydrateFallback: PageSkeleton,
      ErrorBoundary: BrokenPage,
      children: [
        { index: true, Component: Start },
        { path: "workbench/:caseKey?", lazy: () => import("../workbench/WorkbenchPage") },
        { path: "cases/:caseId", lazy: () => import("../workbench/CaseById") },
        { path: "customers", lazy: () => import("../customers/CustomersPage") },
        { path: "customers/duplicates", lazy: () => import("../duplicates/DuplicatesPage") },
        {
          path: "customers/conversations",
          lazy: () => import("../conversations/ConversationsPage"),
        },
        { path: "customers/:customerId", lazy: () => import("../timeline/CustomerPage") },
        { path: "orders", lazy: () => import("../orders/OrdersPage") },
        { path: "orders/unpaid", lazy: () => import("../orders/UnpaidPage") },
        { path: "orders/stuck", lazy: () => import("../orders/StuckPage") },
        { path: "orders/notices", lazy: () => import("../orders/NoticesPage") },
        { path: "orders/rules", lazy: () => import("../orders/RulesPage") },
        { path: "orders/products", lazy: () => import("../products/ProductsPage") },
        { path: "orders/:orderId", lazy: () => import("../orders/OrderPage") },
        { path: "warehouse", lazy: () => import("../warehouse/WarehousePage") },
        { path: "settlements", lazy: () => import("../finance/SettlementsPage") },
        { path: "settlements/runs", lazy: () => import("../finance/BankRunsPage") },
        { path: "settlements/runs/:runId", lazy: () => import("../finance/BankRunPage") },
        { path: "compensations", lazy: () => import("../compensation/CompensationsPage") },
        { path: "compensations/limits", lazy: () => import("../compensation/LimitsPage") },
        { path: "messages", lazy: () => import("../messages/MessagesPage") },
        { path: "messages/phrases", lazy: () => import("../messages/PhrasesPage") },
        { path: "messages/rules", lazy: () => import("../messages/RulesPage") },
        { path: "care", lazy: () => import("../care/CarePage") },
        { path: "care/rules", lazy: () => import("../care/CareRulesPage") },
        { path: "care/tags", lazy: () => import("../tags/TagsPage") },
        { path: "care/tag-rules", lazy: () => import("../tags/TagRulesPage") },
        { path: "care/segments", lazy: () => import("../segments/SegmentsPage") },
        { path: "team", lazy: () => import("../team/TeamPage") },
        { path: "deadlines", lazy: () => import("../deadlines/RulesPage") },
        { path: "deadlines/calendars", lazy: () => import("../deadlines/CalendarsPage") },
        { path: "platform", lazy: () => import("../platform/PlatformPage") },
        { path: "webhooks", lazy: () => import("../webhooks/WebhooksPage") },
        { path: "webhooks/:webhookId", lazy: () => import("../webhooks/WebhookPage") },
        { path: "privacy", lazy: () => import("../privacy/RevealsPage") },
        { path: "privacy/erasures", lazy: () => import("../privacy/ErasuresPage") },
        { path: "privacy/keys", lazy: () => import("../privacy/KeysPage") },
        { path: "privacy/retention", lazy: () => import("../privacy/RetentionPage") },
        { path: "figures", lazy: () => import("../figures/FiguresPage") },
        { path: "figures/funnel", lazy: () => import("../funnel/FunnelPage") },
        { path: "*", Component: NothingHere },
      ],
    },
  ]);
}
