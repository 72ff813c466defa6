import { createClient, type Client, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { AgentService } from "@redress/contract/redress/aftersales/v1/agent_service_pb";
import { BankRunService } from "@redress/contract/redress/aftersales/v1/bank_run_service_pb";
import { CaseService } from "@redress/contract/redress/aftersales/v1/case_service_pb";
import { CategoryService } from "@redress/contract/redress/aftersales/v1/category_service_pb";
import { CompensationService } from "@redress/contract/redress/aftersales/v1/compensation_service_pb";
import { DeadlineService } from "@redress/contract/redress/aftersales/v1/deadline_service_pb";
import { LateReportService } from "@redress/contract/redress/aftersales/v1/late_report_service_pb";
import { PlatformService } from "@redress/contract/redress/aftersales/v1/platform_service_pb";
import { QueueService } from "@redress/contract/redress/aftersales/v1/queue_service_pb";
import { SettlementService } from "@redress/contract/redress/aftersales/v1/settlement_service_pb";
import { WarehouseService } from "@redress/contract/redress/aftersales/v1/warehouse_service_pb";
import { WebhookService } from "@redress/contract/redress/aftersales/v1/webhook_service_pb";
import { WorkflowService } from "@redress/contract/redress/aftersales/v1/workflow_service_pb";
import { CustomerService } from "@redress/contract/redress/customer/v1/customer_service_pb";
import { NoteService } from "@redress/contract/redress/customer/v1/note_service_pb";
import { PersonService } from "@redress/contract/redress/customer/v1/person_service_pb";
import { PrivacyService } from "@redress/contract/redress/customer/v1/privacy_service_pb";
import { RfmService } from "@redress/contract/redress/customer/v1/rfm_service_pb";
import { SearchService as CustomerSearch } from "@redress/contract/redress/customer/v1/search_service_pb";
import { TagService } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { TimelineService } from "@redress/contract/redress/customer/v1/timeline_service_pb";
import { CareService } from "@redress/contract/redress/customer/v1/care_service_pb";
import { SegmentService } from "@redress/contract/redress/customer/v1/segment_service_pb";
import { TagRuleService } from "@redress/contract/redress/customer/v1/tag_rule_service_pb";
import { ConversationService } from "@redress/contract/redress/desk/v1/conversation_service_pb";
import { MessageService } from "@redress/contract/redress/desk/v1/message_service_pb";
import { NotificationService } from "@redress/contract/redress/desk/v1/notification_service_pb";
import { PhraseService } from "@redress/contract/redress/desk/v1/phrase_service_pb";
import { ShopService } from "@redress/contract/redress/identity/v1/shop_service_pb";
import { OrderService } from "@redress/contract/redress/order/v1/order_service_pb";
import { SearchService as OrderSearch } from "@redress/contract/redress/order/v1/search_service_pb";
import { KeyService } from "@redress/contract/redress/privacy/v1/key_service_pb";
import { PersonalDataService } from "@redress/contract/redress/privacy/v1/personal_data_service_pb";
import { ChangeService } from "@redress/contract/redress/order/v1/change_service_pb";
import { MemoService } from "@redress/contract/redress/order/v1/memo_service_pb";
import { ParcelService } from "@redress/contract/redress/order/v1/parcel_service_pb";
import { ProductService } from "@redress/contract/redress/order/v1/product_service_pb";
import { ReceiverService } from "@redress/contract/redress/order/v1/receiver_service_pb";
import { ReminderService } from "@redress/contract/redress/order/v1/reminder_service_pb";
import { RulesService } from "@redress/contract/redress/order/v1/rules_service_pb";
import { FigureService } from "@redress/contract/redress/scoring/v1/figure_service_pb";
import { FunnelService } from "@redress/contract/redress/scoring/v1/funnel_service_pb";
import { isSessionOver } from "./refusal";

// The services as one shop's member calls them.
export interface Api {
  cases: Client<typeof CaseService>;
  queue: Client<typeof QueueService>;
  agents: Client<typeof AgentService>;
  categories: Client<typeof CategoryService>;
  compensations: Client<typeof CompensationService>;
  deadlines: Client<typeof DeadlineService>;
  settlements: Client<typeof SettlementService>;
  bankRuns: Client<typeof BankRunService>;
  platform: Client<typeof PlatformService>;
  warehouse: Client<typeof WarehouseService>;
  webhooks: Client<typeof WebhookService>;
  workflows: Client<typeof WorkflowService>;
  customers: Client<typeof CustomerService>;
  customerSearch: Client<typeof CustomerSearch>;
  timelines: Client<typeof TimelineService>;
  notes: Client<typeof NoteService>;
  persons: Client<typeof PersonService>;
  tags: Client<typeof TagService>;
  rfm: Client<typeof RfmService>;
  privacy: Client<typeof PrivacyService>;
  // These are served by many: calls name the service by `at`.
  keys: Client<typeof KeyService>;
  personalData: Client<typeof PersonalDataService>;
  care: Client<typeof CareService>;
  segments: Client<typeof SegmentService>;
  tagRules: Client<typeof TagRuleService>;
  changes: Client<typeof ChangeService>;
  memos: Client<typeof MemoService>;
  parcels: Client<typeof ParcelService>;
  products: Client<typeof ProductService>;
  receivers: Client<typeof ReceiverService>;
  reminders: Client<typeof ReminderService>;
  orderRules: Client<typeof RulesService>;
  shops: Client<typeof ShopService>;
  orders: Client<typeof OrderService>;
  orderSearch: Client<typeof OrderSearch>;
  phrases: Client<typeof PhraseService>;
  conversations: Client<typeof ConversationService>;
  messages: Client<typeof MessageService>;
  notifications: Client<typeof NotificationService>;
  figures: Client<typeof FigureService>;
  funnel: Client<typeof FunnelService>;
  lateReports: Client<typeof LateReportService>;
}

export interface Caller {
  csrfToken: string;
  shopId: string;
  onSessionEnded: () => void;
}

function asCaller(caller: Caller): Interceptor {
  return (next) => async (request) => {
    request.header.set("x-redress-csrf", caller.csrfToken);
    request.header.set("x-redress-shop", caller.shopId);
    request.header.set("accept-language", document.documentElement.lang);
    const judge = (error: unknown) => {
      if (isSessionOver(error)) caller.onSessionEnded();
      return error;
    };
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: judged(response.message, judge) };
    } catch (error) {
      throw judge(error);
    }
  };
}

// The refusal of a stream comes at its end, also when it was refused at once.
async function* judged<T>(messages: AsyncIterable<T>, judge: (error: unknown) => unknown) {
  try {
    yield* messages;
  } catch (error) {
    throw judge(error);
  }
}

export function makeApi(caller: Caller): Api {
  const transport = createConnectTransport({
    baseUrl: location.origin,
    useBinaryFormat: true,
    interceptors: [asCaller(caller)],
    defaultTimeoutMs: 15_000,
  });
  return {
    cases: createClient(CaseService, transport),
    queue: createClient(QueueService, transport),
    agents: createClient(AgentService, transport),
    categories: createClient(CategoryService, transport),
    compensations: createClient(CompensationService, transport),
    deadlines: createClient(DeadlineService, transport),
    settlements: createClient(SettlementService, transport),
    bankRuns: createClient(BankRunService, transport),
    platform: createClient(PlatformService, transport),
    warehouse: createClient(WarehouseService, transport),
    webhooks: createClient(WebhookService, transport),
    workflows: createClient(WorkflowService, transport),
    customers: createClient(CustomerService, transport),
    customerSearch: createClient(CustomerSearch, transport),
    timelines: createClient(TimelineService, transport),
    notes: createClient(NoteService, transport),
    persons: createClient(PersonService, transport),
    tags: createClient(TagService, transport),
    rfm: createClient(RfmService, transport),
    privacy: createClient(PrivacyService, transport),
    keys: createClient(KeyService, transport),
    personalData: createClient(PersonalDataService, transport),
    care: createClient(CareService, transport),
    segments: createClient(SegmentService, transport),
    tagRules: createClient(TagRuleService, transport),
    changes: createClient(ChangeService, transport),
    memos: createClient(MemoService, transport),
    parcels: createClient(ParcelService, transport),
    products: createClient(ProductService, transport),
    receivers: createClient(ReceiverService, transport),
    reminders: createClient(ReminderService, transport),
    orderRules: createClient(RulesService, transport),
    shops: createClient(ShopService, transport),
    orders: createClient(OrderService, transport),
    orderSearch: createClient(OrderSearch, transport),
    phrases: createClient(PhraseService, transport),
    conversations: createClient(ConversationService, transport),
    messages: createClient(MessageService, transport),
    notifications: createClient(NotificationService, transport),
    figures: createClient(FigureService, transport),
    funnel: createClient(FunnelService, transport),
    lateReports: createClient(LateReportService, transport),
  };
}

// Every service that keeps personal data.
export const keepers = ["customer", "order", "aftersales", "desk"];

// Which of the services that serve a method a call is for.
export function at(service: string): { headers: Record<string, string> } {
  return { headers: { "x-redress-service": service } };
}

// A name for one intended change; kept over retries of the same form, so that it happens once.
export function newRequestId(): string {
  return `console:${crypto.randomUUID()}`;
}
