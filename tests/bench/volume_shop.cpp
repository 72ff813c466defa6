#include "tests/bench/volume_shop.h"

#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/tag_rule_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "clients/cpp/call_error.h"
#include "tests/e2e/shop.h"
#include "tests/support/wait_for.h"

namespace redress::bench {
namespace {

namespace fs = std::filesystem;
namespace identity = redress::identity::v1;
using redress::common::v1::Role;

fs::path KeptState() {
  const char* state = std::getenv("REDRESS_BENCH_STATE");
  return state != nullptr ? fs::path(state) : fs::path();
}

// A server that holds this many orders has more memory than a test's.
std::vector<std::string> Environment() {
  const auto setting = [](const std::string& name, const std::string& standard) {
    const char* given = std::getenv(name.c_str());
    return name + "=" + (given != nullptr ? given : standard);
  };
  return {setting("REDRESS_BUFFER_POOL", "4G"), setting("REDRESS_REDO_LOG", "2G")};
}

fs::path ShopFile(const e2e::Stack& stack) { return stack.state() / "bench_shop"; }
fs::path LoadFile(const e2e::Stack& stack) { return stack.state() / "bench_loaded"; }

}  // namespace

VolumeShop::VolumeShop() : stack_(Environment(), KeptState()) {
  const bool is_new = !FindShop();
  if (is_new) MakeShop();
  integration_ = LogIn("integration");
  agent_ = LogIn("agent");
  if (!is_new) return;
  SwitchOnShippedRules();
  KeepShop();
}

bool VolumeShop::FindShop() {
  std::ifstream file(ShopFile(stack_));
  return static_cast<bool>(file >> shop_id_ >> name_ >> password_);
}

void VolumeShop::MakeShop() {
  name_ = e2e::Unique("volume");
  password_ = e2e::Unique("a-long-password");
  identity::CreateShopRequest request;
  request.set_name(name_);
  request.set_time_zone("Asia/Shanghai");
  request.set_currency_code("CNY");
  request.mutable_first_admin()->set_account_name(name_ + ".admin");
  request.mutable_first_admin()->set_display_name("admin");
  request.mutable_first_admin()->set_password(password_);
  shop_id_ = stack_.operator_client()
                 .Call<identity::CreateShopResponse>(std::move(request))
                 .shop()
                 .shop_id();
  const auto admin = LogIn("admin");
  for (const auto& [account, role] :
       {std::pair("integration", Role::ROLE_INTEGRATION), std::pair("agent", Role::ROLE_AGENT)}) {
    identity::CreateMemberRequest member;
    member.set_account_name(name_ + "." + account);
    member.set_display_name(account);
    member.set_password(password_);
    member.add_roles(role);
    admin->Call<identity::CreateMemberResponse>(std::move(member));
  }
}

// As in most shops, whoever buys is judged.
void VolumeShop::SwitchOnShippedRules() {
  const auto admin = LogIn("admin");
  const auto adopted = admin->Call<customer::v1::AdoptShippedRulesResponse>(
      customer::v1::AdoptShippedRulesRequest());
  for (const customer::v1::TagRule& rule : adopted.rules()) {
    customer::v1::TryTagRuleRequest trial;
    trial.set_request_id(e2e::Unique("try"));
    trial.set_tag_code(rule.tag_code());
    trial.set_version(rule.version());
    admin->Watch<customer::v1::TryTagRuleResponse>(
        trial, [](const customer::v1::TryTagRuleResponse& item) { return !item.done(); });
    customer::v1::SwitchTagRuleRequest on;
    on.set_tag_code(rule.tag_code());
    on.set_version(rule.version());
    on.set_on(true);
    admin->Call<customer::v1::SwitchTagRuleResponse>(std::move(on));
  }
}

void VolumeShop::KeepShop() const {
  std::ofstream(ShopFile(stack_)) << shop_id_ << ' ' << name_ << ' ' << password_ << '\n';
}

std::unique_ptr<client::Client> VolumeShop::LogIn(const std::string& account) {
  auto channels = std::make_shared<client::Channels>(stack_.endpoints(), "bench/1");
  auto session =
      std::make_shared<client::Session>(channels, std::make_shared<client::SessionMemory>());
  session->LogIn(name_ + "." + account, password_, shop_id_);
  auto made = std::make_unique<client::Client>(
      channels, session, shop_id_,
      client::CallOptions{.timeout = std::chrono::seconds(120), .attempts = 20});
  // The membership reaches each service within seconds.
  const auto known = [&] {
    try {
      made->Call<customer::v1::ListCustomersResponse>(customer::v1::ListCustomersRequest());
      made->Call<order::v1::ListOrdersResponse>(order::v1::ListOrdersRequest());
      return true;
    } catch (const client::CallError& error) {
      if (error.reason() == "NOT_A_MEMBER") return false;
      throw;
    }
  };
  if (account != "admin" && !test::WaitFor(known, std::chrono::seconds(60))) {
    throw std::runtime_error("the services do not know " + account);
  }
  return made;
}

std::uint64_t VolumeShop::LoadedOrders() const {
  std::uint64_t orders = 0;
  std::ifstream(LoadFile(stack_)) >> orders;
  return orders;
}

void VolumeShop::KeepLoadedOrders(std::uint64_t orders) const {
  const fs::path fresh = LoadFile(stack_).string() + ".new";
  std::ofstream(fresh) << orders << '\n';
  fs::rename(fresh, LoadFile(stack_));
}

}  // namespace redress::bench
