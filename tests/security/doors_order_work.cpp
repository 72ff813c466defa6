// What people work with on orders: memos, changes, parcels, reminders, products, rules.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <redress/order/v1/change_service.pb.h>
#include <redress/order/v1/memo_service.pb.h>
#include <redress/order/v1/parcel_service.pb.h>
#include <redress/order/v1/product_service.pb.h>
#include <redress/order/v1/reminder_service.pb.h>
#include <redress/order/v1/rules_service.pb.h>

#include <array>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace order = redress::order::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "agent supervisor finance admin auditor integration";
constexpr char kWorkers[] = "agent supervisor";
constexpr char kImporters[] = "admin integration";
constexpr char kSalt[] = "salt of a subscription";
constexpr auto kNothing = [](Shop&, const std::string&, auto&) {};

order::Order PushUnpaid(Shop& shop) {
  order::PushOrderRequest request;
  request.set_request_id(Unique("push"));
  order::OrderInput& input = *request.mutable_order();
  input.set_platform("direct");
  input.set_order_number(Unique("unpaid"));
  input.set_buyer_nick("buyer-1");
  input.set_status(order::ORDER_STATUS_WAIT_BUYER_PAY);
  input.set_currency_code("CNY");
  input.mutable_order_time()->set_seconds(1'700'000'000);
  input.set_total_minor(100'00);
  return shop.As("integration").Call<order::PushOrderResponse>(request).order();
}

order::Product ImportProduct(Shop& shop) {
  order::ImportProductsRequest request;
  order::ProductInput& input = *request.add_products();
  input.set_platform("direct");
  input.set_item_number(Unique("item"));
  input.set_code(Unique("code"));
  input.set_title("玻璃杯");
  input.set_currency_code("CNY");
  shop.As("integration").Call<order::ImportProductsResponse>(request);
  order::GetProductRequest get;
  get.set_code(input.code());
  return shop.As("agent").Call<order::GetProductResponse>(get).product();
}

void FillAddress(order::Address& address) {
  address.set_name("李小明");
  address.set_phone("13800138000");
  address.set_province("浙江省");
  address.set_city("杭州市");
  address.set_district("西湖区");
  address.set_detail("文三路 1 号");
}

std::string Md5(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), bytes.data(), &length, EVP_md5(), nullptr);
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4U];
    hex += "0123456789abcdef"[byte & 15U];
  }
  return hex;
}

void FillPushTracks(Shop& shop, const std::string&, order::PushTracksRequest& request) {
  order::SetCarrierSaltRequest salt;
  salt.set_request_id(Unique("salt"));
  salt.set_salt(kSalt);
  shop.As("admin").Call<order::SetCarrierSaltResponse>(salt);
  request.set_param(R"({"status":"polling","lastResult":{"nu":"SF1","state":"0","data":[]}})");
  request.set_sign(Md5(request.param() + kSalt));
}

void FillSetRules(Shop& shop, const std::string&, order::SetOrderRulesRequest& request) {
  request.set_request_id(Unique("rules"));
  request.mutable_rules()->set_stuck_after_hours(48);
  request.set_etag(shop.As("admin")
                       .Call<order::GetOrderRulesResponse>(order::GetOrderRulesRequest())
                       .rules()
                       .etag());
}

void ExpectStored(const google::protobuf::Message& response) {
  const auto& results = dynamic_cast<const order::ImportProductsResponse&>(response).results();
  ASSERT_EQ(results.size(), 1);
  EXPECT_EQ(results[0].outcome(), order::IMPORT_OUTCOME_CREATED) << results[0].problem();
}

auto OfOrder() {
  return [](Shop& shop, auto&, auto& request) {
    request.set_order_id(shop.PushUnshippedOrder().order_id());
  };
}

std::vector<Door> MemoDoors() {
  const auto fields = [](order::MemoFields& fields) {
    fields.set_stage(order::MEMO_STAGE_PRE_SALE);
    fields.set_what("改地址");
    fields.set_who("小王");
  };
  return {DoorOf<order::GetMemoRequest>({.roles = kReaders}, OfOrder()),
          DoorOf<order::ListMemoVersionsRequest>({.roles = kReaders}, OfOrder()),
          DoorOf<order::CheckMemoRequest>(
              {.roles = kWorkers},
              [fields](Shop&, auto&, auto& request) { fields(*request.mutable_fields()); }),
          DoorOf<order::WriteMemoRequest>(
              {.roles = kWorkers}, [fields](Shop& shop, auto&, auto& request) {
                request.set_request_id(Unique("memo"));
                request.set_order_id(shop.PushUnshippedOrder().order_id());
                request.set_etag("0");
                fields(*request.mutable_fields());
              })};
}

std::vector<Door> ChangeDoors() {
  return {
      DoorOf<order::CheckAddressRequest>({.roles = "agent supervisor integration"}, OfOrder()),
      DoorOf<order::ListOrderChangesRequest>({.roles = "agent supervisor finance admin auditor"},
                                             OfOrder()),
      DoorOf<order::ListAddressChangesRequest>(
          {.roles = "agent supervisor warehouse admin auditor integration"}, OfOrder()),
      DoorOf<order::AcknowledgeAddressChangeRequest>(
          {.roles = "warehouse supervisor integration"},
          [](Shop& shop, auto&, auto& request) {
            const auto pushed = shop.PushUnshippedOrder();
            order::ChangeAddressRequest change;
            change.set_request_id(Unique("address"));
            change.set_order_id(pushed.order_id());
            change.set_etag(pushed.etag());
            change.set_reason("the buyer moved");
            FillAddress(*change.mutable_address());
            shop.As("agent").Call<order::ChangeAddressResponse>(change);
            request.set_request_id(Unique("acknowledge"));
            request.set_order_id(pushed.order_id());
            request.set_receiver_version(1);
          }),
      DoorOf<order::ChangeAddressRequest>({.roles = kWorkers},
                                          [](Shop& shop, auto&, auto& request) {
                                            const auto pushed = shop.PushUnshippedOrder();
                                            request.set_request_id(Unique("address"));
                                            request.set_order_id(pushed.order_id());
                                            request.set_etag(pushed.etag());
                                            request.set_reason("the buyer moved");
                                            FillAddress(*request.mutable_address());
                                          }),
      DoorOf<order::ChangePriceRequest>({.roles = kWorkers}, [](Shop& shop, auto&, auto& request) {
        const auto pushed = PushUnpaid(shop);
        request.set_request_id(Unique("price"));
        request.set_order_id(pushed.order_id());
        request.set_etag(pushed.etag());
        request.set_reason("a regular");
        auto& line = *request.add_lines();
        line.set_line_id(pushed.lines(0).line_id());
        line.set_payable_minor(90'00);
      })};
}

std::vector<Door> ParcelDoors() {
  return {DoorOf<order::PushTracksRequest>({.roles = kImporters, .services = "gateway"},
                                           FillPushTracks),
          DoorOf<order::ListTracksRequest>({.roles = kReaders}, OfOrder()),
          DoorOf<order::ListStuckParcelsRequest>({.roles = kReaders}, kNothing),
          DoorOf<order::ListUntoldParcelsRequest>({.roles = kReaders}, kNothing),
          DoorOf<order::MarkParcelToldRequest>(
              {.roles = "agent supervisor integration"}, [](Shop& shop, auto&, auto& request) {
                const auto shipped = shop.PushShipped(shop.PushUnshippedOrder());
                request.set_request_id(Unique("told"));
                request.set_order_id(shipped.order_id());
                request.set_tracking_number(shipped.shipments(0).tracking_number());
              })};
}

std::vector<Door> ReminderDoors() {
  return {DoorOf<order::ListUnpaidOrdersRequest>({.roles = kReaders}, kNothing),
          DoorOf<order::RecordReminderRequest>({.roles = kWorkers},
                                               [](Shop& shop, auto&, auto& request) {
                                                 request.set_request_id(Unique("remind"));
                                                 request.set_order_id(PushUnpaid(shop).order_id());
                                                 request.set_channel(order::REMINDER_CHANNEL_CHAT);
                                               }),
          DoorOf<order::ListRemindersRequest>({.roles = "agent supervisor finance admin auditor"},
                                              [](Shop& shop, auto&, auto& request) {
                                                request.set_account_id(shop.AccountOf("agent"));
                                              }),
          DoorOf<order::SummariseRemindersRequest>(
              {.roles = "supervisor finance admin auditor"}, [](Shop&, auto&, auto& request) {
                request.mutable_from()->set_seconds(1'700'000'000);
                request.mutable_until()->set_seconds(1'700'086'400);
              })};
}

std::vector<Door> ProductDoors() {
  Door import =
      DoorOf<order::ImportProductsRequest>({.roles = kImporters}, [](Shop&, auto&, auto& request) {
        auto& product = *request.add_products();
        product.set_platform("direct");
        product.set_item_number(Unique("item"));
        product.set_title("玻璃杯");
        product.set_currency_code("CNY");
      });
  import.check = ExpectStored;
  return {
      std::move(import),
      DoorOf<order::PushItemsRequest>({.roles = kImporters},
                                      [](Shop&, auto&, auto& request) {
                                        request.set_platform("taobao");
                                        request.add_bodies(
                                            R"({"num_iid":7001,"title":"玻璃杯","price":"1.00"})");
                                      }),
      DoorOf<order::SearchProductsRequest>({.roles = kReaders}, kNothing),
      DoorOf<order::GetProductRequest>({.roles = kReaders},
                                       [](Shop& shop, auto&, auto& request) {
                                         request.set_product_id(ImportProduct(shop).product_id());
                                       }),
      DoorOf<order::CompareProductsRequest>(
          {.roles = kReaders},
          [](Shop& shop, auto&, auto& request) {
            request.add_product_ids(ImportProduct(shop).product_id());
            request.add_product_ids(ImportProduct(shop).product_id());
          }),
      DoorOf<order::RecommendProductsRequest>(
          {.roles = kReaders}, [](Shop& shop, auto&, auto& request) {
            request.set_product_id(ImportProduct(shop).product_id());
          })};
}

std::vector<Door> RuleDoors() {
  return {DoorOf<order::GetOrderRulesRequest>({.roles = kReaders}, kNothing),
          DoorOf<order::SetOrderRulesRequest>({.roles = "supervisor admin"}, FillSetRules),
          DoorOf<order::SetCarrierSaltRequest>({.roles = "admin"}, [](Shop&, auto&, auto& request) {
            request.set_request_id(Unique("salt"));
            request.set_salt(kSalt);
          })};
}

}  // namespace

std::vector<Door> OrderWorkDoors() {
  std::vector<Door> all;
  for (auto* part :
       {&MemoDoors, &ChangeDoors, &ParcelDoors, &ReminderDoors, &ProductDoors, &RuleDoors}) {
    for (Door& door : part()) all.push_back(std::move(door));
  }
  return all;
}

}  // namespace redress::security
