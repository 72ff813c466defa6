// A thousand known persons come in by every door; then nothing that the deployment wrote – data
// files, redo and binary logs, the bus, the services' own logs, a dump – tells one of them in
// clear.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/import_service.pb.h>
#include <redress/aftersales/v1/platform_service.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/note_service.pb.h>
#include <redress/customer/v1/person_service.pb.h>
#include <redress/desk/v1/conversation_service.pb.h>
#include <redress/desk/v1/message_service.pb.h>
#include <redress/desk/v1/phrase_service.pb.h>
#include <redress/order/v1/change_service.pb.h>
#include <redress/order/v1/memo_service.pb.h>
#include <redress/order/v1/receiver_service.pb.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/shop.h"
#include "tests/support/figure.h"
#include "tests/support/gbk.h"

namespace redress::e2e {
namespace {

namespace customer = redress::customer::v1;
namespace desk = redress::desk::v1;
namespace fs = std::filesystem;

constexpr int kPersons = 1000;
constexpr int kWithContact = 150;  // are customers with contact data of their own
constexpr int kWithCase = 25;      // complain, in words that name them

// Each text of a person begins alike, so that one search finds all of a kind.
constexpr char kPhoneStem[] = "1397531";
constexpr char kNameStem[] = "欧阳寻常";
constexpr char kStreetStem[] = "无名泉路";

std::string Four(int number) {
  char digits[8];
  std::snprintf(digits, sizeof digits, "%04d", number);
  return digits;
}
std::string PhoneOf(int person) { return kPhoneStem + Four(person); }
std::string NameOf(int person) { return kNameStem + Four(person); }
std::string AddressOf(int person) {
  return "浙江省杭州市西湖区" + (kStreetStem + Four(person)) + "弄";
}

std::string Utf16(const std::string& utf8) {
  std::string wide;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    unsigned value = lead;
    std::size_t length = 1;
    if (lead >= 0xE0) {
      length = 3;
      value = (lead & 0x0Fu) << 12 | (static_cast<unsigned char>(utf8[at + 1]) & 0x3Fu) << 6 |
              (static_cast<unsigned char>(utf8[at + 2]) & 0x3Fu);
    }
    wide.push_back(static_cast<char>(value & 0xFF));
    wide.push_back(static_cast<char>(value >> 8));
    at += length;
  }
  return wide;
}

// Texts in one spelling, found by their common stem and told apart behind it.
struct Needles {
  std::string stem = {};
  std::set<std::string> whole = {};
  std::size_t length = 0;
};

std::vector<Needles> AllNeedles() {
  const std::vector<std::pair<std::string, std::function<std::string(int)>>> kinds = {
      {kPhoneStem, PhoneOf}, {kNameStem, NameOf}, {kStreetStem, [](int person) {
                                                     return kStreetStem + Four(person);
                                                   }}};
  const std::vector<std::function<std::string(const std::string&)>> spellings = {
      [](const std::string& text) { return text; },
      [](const std::string& text) { return test::Gbk(text); }, Utf16};
  std::vector<Needles> all;
  std::set<std::string> stems;  // digits are spelled alike in some
  for (const auto& [stem, text_of] : kinds) {
    for (const auto& spelling : spellings) {
      Needles needles{.stem = spelling(stem)};
      if (!stems.insert(needles.stem).second) continue;
      for (int person = 0; person < kPersons; ++person) {
        needles.whole.insert(spelling(text_of(person)));
      }
      needles.length = needles.whole.begin()->size();
      all.push_back(std::move(needles));
    }
  }
  return all;
}

// How often one of the texts stands in the bytes.
std::uint64_t CountIn(const std::string& bytes, const std::vector<Needles>& all) {
  std::uint64_t found = 0;
  for (const Needles& needles : all) {
    const std::boyer_moore_horspool_searcher search(needles.stem.begin(), needles.stem.end());
    for (auto at = bytes.begin();;) {
      at = std::search(at, bytes.end(), search);
      if (at == bytes.end()) break;
      const auto left = static_cast<std::size_t>(bytes.end() - at);
      if (left >= needles.length &&
          needles.whole.contains(std::string(at, at + static_cast<long>(needles.length)))) {
        ++found;
      }
      ++at;
    }
  }
  return found;
}

std::string Bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Scanned {
  std::uint64_t leaks = 0;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::string where;
};

// Every file below the deployment's folder.
Scanned ScanAll(const fs::path& folder) {
  const std::vector<Needles> needles = AllNeedles();
  Scanned scanned;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    std::error_code gone;
    if (!entry.is_regular_file(gone) || gone) continue;
    const std::string bytes = Bytes(entry.path());
    const std::uint64_t found = CountIn(bytes, needles);
    ++scanned.files;
    scanned.bytes += bytes.size();
    scanned.leaks += found;
    if (found > 0) scanned.where += entry.path().string() + "\n";
  }
  return scanned;
}

class PrivacyLeaks : public testing::Test {
 protected:
  order::OrderInput OrderOf(int person) {
    order::OrderInput input;
    const std::int64_t paid_at_s = stack_.NowUs() / 1'000'000 - 3600;
    input.set_platform("direct");
    input.set_order_number("L" + Four(person));
    input.set_buyer_nick("leak-" + Four(person));
    input.set_status(order::ORDER_STATUS_TRADE_FINISHED);
    input.set_currency_code("CNY");
    input.mutable_order_time()->set_seconds(paid_at_s);
    input.mutable_pay_time()->set_seconds(paid_at_s);
    order::OrderLineInput& line = *input.add_lines();
    line.set_line_number("1");
    line.set_sku("SKU-1");
    line.set_title("mug");
    line.set_quantity(2);
    line.set_unit_price("50.00");
    line.set_paid_minor(kLinePaid);
    order::ShipmentInput& shipment = *input.add_shipments();
    shipment.set_carrier("SF");
    shipment.set_tracking_number("SF" + Four(person));
    shipment.mutable_ship_time()->set_seconds(paid_at_s);
    shipment.mutable_receive_time()->set_seconds(paid_at_s);
    input.mutable_receiver()->set_name(NameOf(person));
    input.mutable_receiver()->set_phone(PhoneOf(person));
    input.mutable_receiver()->set_address(AddressOf(person));
    input.set_buyer_message("请给 " + NameOf(person) + " 打 " + PhoneOf(person));
    input.set_memo("送到 " + AddressOf(person));
    return input;
  }

  void ImportOrders() {
    constexpr int kAtOnce = 250;
    for (int from = 0; from < kPersons; from += kAtOnce) {
      order::ImportOrdersRequest request;
      for (int person = from; person < from + kAtOnce; ++person) {
        *request.add_orders() = OrderOf(person);
      }
      const auto answer = shop_.As("integration").Call<order::ImportOrdersResponse>(request);
      for (const auto& result : answer.orders()) {
        ASSERT_EQ(result.outcome(), order::IMPORT_OUTCOME_CREATED) << result.problem();
      }
    }
  }

  void UpsertCustomers() {
    for (int person = 0; person < kWithContact; ++person) {
      customer::UpsertCustomerRequest request;
      request.set_platform("direct");
      request.set_nick("contact-" + Four(person));
      request.mutable_contact()->set_name(NameOf(person));
      request.mutable_contact()->set_phone(PhoneOf(person));
      request.mutable_contact()->set_address(AddressOf(person));
      shop_.As("agent").Call<customer::UpsertCustomerResponse>(request);
    }
  }

  // Complaints that say who and where, and messages that repeat it.
  void Complain() {
    for (int person = 0; person < kWithCase; ++person) {
      const auto order = shop_.As("integration")
                             .Call<order::PushOrderResponse>([&] {
                               order::PushOrderRequest request;
                               *request.mutable_order() = OrderOf(person);
                               return request;
                             }())
                             .order();
      aftersales::OpenRefundRequest open;
      open.set_order_id(order.order_id());
      open.set_line_id(order.lines(0).line_id());
      open.set_quantity(2);
      open.mutable_amount_asked()->set_currency_code("CNY");
      open.mutable_amount_asked()->set_minor_units(kLinePaid);
      open.set_variant(aftersales::REFUND_VARIANT_REFUND_ONLY);
      open.set_reason("damaged");
      open.set_text(WordsOf(person));
      shop_.As("agent").Call<aftersales::OpenRefundResponse>(open);
      // A search by phone must leave no trace of the phone, either.
      customer::FindCustomerRequest find;
      find.set_phone(PhoneOf(person));
      shop_.As("agent").Call<customer::FindCustomerResponse>(find);
    }
  }

  // What agents write and change of a person.
  void WriteOf(int person) {
    order::PushOrderRequest push;
    *push.mutable_order() = OrderOf(person);
    push.mutable_order()->set_order_number("W" + Four(person));
    push.mutable_order()->set_status(order::ORDER_STATUS_WAIT_SELLER_SEND_GOODS);
    push.mutable_order()->clear_shipments();
    push.mutable_order()->clear_memo();
    const auto pushed = shop_.As("integration").Call<order::PushOrderResponse>(push).order();

    customer::AddNoteRequest note;
    note.set_customer_id(pushed.customer_id());
    note.set_text(WordsOf(person));
    shop_.As("agent").Call<customer::AddNoteResponse>(note);

    order::WriteMemoRequest memo;
    memo.set_order_id(pushed.order_id());
    memo.set_etag("0");
    memo.mutable_fields()->set_stage(order::MEMO_STAGE_PRE_SALE);
    memo.mutable_fields()->set_what(WordsOf(person));
    memo.mutable_fields()->set_who("Leo");
    memo.mutable_fields()->set_next_step("打 " + PhoneOf(person));
    shop_.As("agent").Call<order::WriteMemoResponse>(memo);

    order::GetOrderRequest now;
    now.set_order_id(pushed.order_id());
    order::ChangeAddressRequest change;
    change.set_order_id(pushed.order_id());
    change.set_etag(shop_.As("agent").Call<order::GetOrderResponse>(now).order().etag());
    change.set_reason(WordsOf(person));
    change.mutable_address()->set_name(NameOf(person));
    change.mutable_address()->set_phone(PhoneOf(person + 1));
    change.mutable_address()->set_province("浙江省");
    change.mutable_address()->set_city("杭州市");
    change.mutable_address()->set_district("西湖区");
    change.mutable_address()->set_detail(kStreetStem + Four(person) + "弄");
    shop_.As("agent").Call<order::ChangeAddressResponse>(change);

    order::RevealReceiverRequest reveal;
    reveal.set_order_id(pushed.order_id());
    reveal.set_reason(WordsOf(person));
    EXPECT_EQ(shop_.As("agent").Call<order::RevealReceiverResponse>(reveal).receiver().phone(),
              PhoneOf(person + 1));
  }

  void MergeTwo(int one, int other) {
    const auto found = [&](int person) {
      customer::FindCustomerRequest find;
      find.mutable_nick()->set_platform("direct");
      find.mutable_nick()->set_nick("contact-" + Four(person));
      return shop_.As("agent").Call<customer::FindCustomerResponse>(find).customers(0);
    };
    customer::MergeCustomersRequest merge;
    merge.set_customer_id(found(one).customer_id());
    merge.set_etag(found(one).etag());
    merge.set_into_customer_id(found(other).customer_id());
    merge.set_into_etag(found(other).etag());
    merge.set_reason(WordsOf(one));
    shop_.As("supervisor").Call<customer::MergeCustomersResponse>(merge);
  }

  // What other systems tell of a person: the platform's own bodies, conversations, closed cases.
  void TellOf(int person) {
    const std::string contact = R"("receiver_name":")" + NameOf(person) +
                                R"(","receiver_mobile":")" + PhoneOf(person) +
                                R"(","receiver_address":")" + AddressOf(person) +
                                R"(","a_field_of_theirs":")" + WordsOf(person) + R"(")";
    order::PushTradesRequest trades;
    trades.set_platform("taobao");
    trades.add_bodies(R"({"tid":)" + std::to_string(88'000 + person) +
                      R"(,"status":"WAIT_SELLER_SEND_GOODS","created":"2024-05-06 08:00:00",)"
                      R"("pay_time":"2024-05-06 08:01:00","buyer_nick":"trade-)" +
                      Four(person) + R"(","payment":"10.00",)" + contact +
                      R"(,"orders":{"order":[{"oid":1,"num":1,"price":"10.00","title":"mug",)"
                      R"("payment":"10.00"}]}})");
    shop_.As("integration").Call<order::PushTradesResponse>(trades);
    aftersales::PushRefundsRequest refunds;
    refunds.set_platform("taobao");
    refunds.add_bodies(R"({"refund_id":)" + std::to_string(99'000 + person) + R"(,"tid":)" +
                       std::to_string(88'000 + person) +
                       R"(,"modified":"2024-05-07 08:00:00","desc":")" + WordsOf(person) + R"(",)" +
                       contact + "}");
    // Refused, and with a value that is a person's.
    refunds.add_bodies(R"({"refund_id":1,"modified":")" + PhoneOf(person) + R"("})");
    shop_.As("integration").Call<aftersales::PushRefundsResponse>(refunds);

    desk::ImportConversationsRequest conversations;
    desk::ImportedConversation& held = *conversations.add_conversations();
    held.set_source("elsewhere");
    held.set_source_number("chat-" + Four(person));
    held.set_channel("chat");
    held.set_platform("direct");
    held.set_buyer_nick("leak-" + Four(person));
    desk::ImportedMessage& message = *held.add_messages();
    message.set_side(desk::MESSAGE_SIDE_CUSTOMER);
    message.mutable_send_time()->set_seconds(1'700'000'000);
    message.set_text(WordsOf(person));
    shop_.As("admin").Call<desk::ImportConversationsResponse>(conversations);

    aftersales::ImportCasesRequest cases;
    aftersales::ImportedCase& past = *cases.add_cases();
    past.set_source("elsewhere");
    past.set_source_number("ticket-" + Four(person));
    past.set_kind("dispute");
    past.set_platform("direct");
    past.set_buyer_nick("leak-" + Four(person));
    aftersales::ImportedStep& step = *past.add_steps();
    step.set_activity("closed");
    step.mutable_apply_time()->set_seconds(1'700'000'000);
    step.set_text(WordsOf(person));
    shop_.As("admin").Call<aftersales::ImportCasesResponse>(cases);
  }

  static std::string WordsOf(int person) {
    return "我是 " + NameOf(person) + "，电话 " + PhoneOf(person) + "，住 " + AddressOf(person);
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(PrivacyLeaks, NothingThatWasWrittenTellsAPerson) {
  ImportOrders();
  UpsertCustomers();
  Complain();
  for (int person = 0; person < kWithCase; ++person) {
    WriteOf(person);
    TellOf(person);
  }
  MergeTwo(0, 1);
  // Refused requests reach the logs more easily than others.
  customer::UpsertCustomerRequest bad;
  bad.set_platform("NOT A PLATFORM");
  bad.set_nick("x");
  bad.mutable_contact()->set_phone(PhoneOf(1));
  EXPECT_ANY_THROW(shop_.As("agent").Call<customer::UpsertCustomerResponse>(bad));

  const Finished dump = e2e::Run({"mariadb-dump", "--no-defaults",
                                  "--socket=" + (stack_.state() / "run/mysql.sock").string(),
                                  "--user=root", "--all-databases", "--skip-lock-tables"});
  ASSERT_EQ(dump.exit_code, 0) << dump.output.substr(0, 500);
  ASSERT_NE(dump.output.find("INSERT INTO `order_contacts`"), std::string::npos);
  const std::uint64_t in_dump = CountIn(dump.output, AllNeedles());
  const Scanned scanned = ScanAll(stack_.state());
  EXPECT_EQ(in_dump, 0u);
  EXPECT_EQ(scanned.leaks, 0u) << scanned.where;
  EXPECT_GT(scanned.files, 100u);
  test::Figure("privacy_leaks", static_cast<double>(scanned.leaks + in_dump), "count");
  test::Figure("privacy_scanned_bytes", static_cast<double>(scanned.bytes), "bytes");

  // The search finds what is there: in a row that the database wrote, and in each spelling.
  stack_.Sql(
      "CREATE TABLE redress_order.planted (text VARCHAR(200)) ENGINE = InnoDB;"
      " INSERT INTO redress_order.planted VALUES ('" +
      NameOf(7) + " " + PhoneOf(7) + "')");
  EXPECT_GE(ScanAll(stack_.state()).leaks, 2u);
  stack_.Sql("DROP TABLE redress_order.planted");
  for (const std::string& spelled :
       {PhoneOf(8), NameOf(8), AddressOf(8), test::Gbk(NameOf(8)), Utf16(NameOf(8))}) {
    EXPECT_EQ(CountIn("before " + spelled + " after", AllNeedles()), 1u);
  }
}

}  // namespace
}  // namespace redress::e2e
