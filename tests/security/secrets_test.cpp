// What must not be readable where it lies: contact data, passwords and tokens in logs, in the
// database's files, in the bus's store; and files with secrets by anybody else.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/platform_service.pb.h>
#include <redress/aftersales/v1/webhook_service.pb.h>
#include <redress/customer/v1/customer_service.pb.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/security/two_shops.h"
#include "tests/support/process.h"

namespace redress::security {
namespace {

namespace fs = std::filesystem;

// What Shop::PushOrder and Shop::Open say of the buyer.
const std::vector<std::string> kContact = {"13800138000", "李小明", "浙江省杭州市文一西路969号",
                                           "杯子碎了"};

std::vector<std::string> Secrets(TwoShops& shops) {
  std::vector<std::string> secrets = kContact;
  for (e2e::Shop* shop : {&shops.ours(), &shops.theirs()}) {
    for (const std::string& role : kRoles) secrets.push_back(shop->PasswordOf(role));
  }
  secrets.insert(secrets.end(), shops.GivenOut().begin(), shops.GivenOut().end());
  for (const auto& entry : fs::directory_iterator(shops.stack().state() / "passwords")) {
    std::string password = test::ReadFile(entry.path());
    while (!password.empty() && password.back() == '\n') password.pop_back();
    secrets.push_back(password);
  }
  return secrets;
}

// The files below the folder in which one of the words stands in clear.
std::string FilesWith(const std::vector<std::string>& words, const fs::path& folder) {
  std::string lines;
  for (const std::string& word : words) lines += word + "\n";
  // Through standard input: arguments are everybody's to read.
  const e2e::Finished found =
      e2e::Run({"grep", "-rlaF", "-f", "-", folder.string()}, lines, {"LC_ALL=C"});
  EXPECT_LE(found.exit_code, 1) << found.output;
  return found.output;
}

// In fields that are mapped, in one that nothing maps, and in one that is refused.
void PushRefundOfABuyer(e2e::Shop& shop) {
  redress::aftersales::v1::PushRefundsRequest request;
  request.set_platform("taobao");
  request.add_bodies(
      R"({"refund_id":9007199254740993,"tid":9007199254740995,"modified":"2024-05-06 08:00:00",)"
      R"("buyer_nick":"李小明","address":"浙江省杭州市文一西路969号","desc":"杯子碎了",)"
      R"("call_me_at":"13800138000","status":"13800138000"})");
  request.add_bodies(R"({"refund_id":1,"modified":"13800138000"})");
  const auto answer =
      shop.As("integration").Call<redress::aftersales::v1::PushRefundsResponse>(request);
  ASSERT_EQ(answer.results_size(), 2);
  EXPECT_EQ(answer.results(1).problem().find("13800138000"), std::string::npos);
}

// What a webhook's requests are signed with; it has signed one.
std::string SecretOfAWebhook(e2e::Shop& shop) {
  redress::aftersales::v1::CreateWebhookRequest create;
  create.set_title("Theirs");
  create.set_url("http://127.0.0.1:9/hook");
  create.add_event_types("*");
  const auto made = shop.As("admin").Call<redress::aftersales::v1::CreateWebhookResponse>(create);
  redress::aftersales::v1::SendTestEventRequest test;
  test.set_webhook_id(made.webhook().webhook_id());
  shop.As("admin").Call<redress::aftersales::v1::SendTestEventResponse>(test);
  redress::aftersales::v1::DeleteWebhookRequest forget;
  forget.set_webhook_id(made.webhook().webhook_id());
  forget.set_version(made.webhook().version());
  shop.As("admin").Call<redress::aftersales::v1::DeleteWebhookResponse>(forget);
  return made.secret();
}

TEST(Secrets, StandInNoLogNoTableAndNoMessage) {
  TwoShops& shops = TwoShops::Shared();
  shops.ours().Open(shops.ours().PushOrder(), redress::aftersales::v1::REFUND_VARIANT_REFUND_ONLY);
  PushRefundOfABuyer(shops.ours());
  auto secrets = Secrets(shops);
  secrets.push_back(SecretOfAWebhook(shops.theirs()));
  const fs::path state = shops.stack().state();
  for (const char* folder : {"log", "mysql", "nats", "run"}) {
    EXPECT_EQ(FilesWith(secrets, state / folder), "") << "in " << folder;
  }
  // The search does find what is there.
  EXPECT_NE(FilesWith(secrets, state / "passwords"), "");
  EXPECT_NE(FilesWith({shops.ours().AccountNameOf("agent")}, state / "mysql"), "");
}

TEST(Secrets, AreReadableByTheirOwnerAlone) {
  const fs::path state = TwoShops::Shared().stack().state();
  std::vector<fs::path> files = {state / "endpoints.json", state / "nats.conf"};
  for (const char* folder : {"keys", "passwords", "tls", "log"}) {
    for (const auto& entry : fs::directory_iterator(state / folder)) files.push_back(entry);
  }
  for (const fs::path& file : files) {
    const auto others =
        fs::status(file).permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << file;
  }
  for (const char* folder : {"keys", "passwords", "tls", "log", "run", "mysql", "nats"}) {
    const auto others =
        fs::status(state / folder).permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << folder;
  }
}

}  // namespace
}  // namespace redress::security
