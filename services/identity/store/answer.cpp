#include "services/identity/store/answer.h"

#include <charconv>
#include <initializer_list>
#include <stdexcept>

namespace redress::identity {
namespace {

std::string Join(std::initializer_list<std::string> fields) {
  std::string out;
  for (const std::string& field : fields) {
    out += std::to_string(field.size()) + ":" + field;
  }
  return out;
}

class Fields {
 public:
  explicit Fields(std::string_view answer) : rest_(answer) {}

  std::string Text() {
    const auto colon = rest_.find(':');
    const auto size = NumberOf<std::size_t>(rest_.substr(0, colon));
    if (colon == std::string_view::npos || rest_.size() - colon - 1 < size) throw Broken();
    std::string field(rest_.substr(colon + 1, size));
    rest_.remove_prefix(colon + 1 + size);
    return field;
  }

  template <class Number>
  Number Next() {
    return NumberOf<Number>(Text());
  }

 private:
  static std::runtime_error Broken() {
    return std::runtime_error("a remembered answer has another form than this version wrote");
  }

  template <class Number>
  static Number NumberOf(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) throw Broken();
    return number;
  }

  std::string_view rest_;
};

}  // namespace

std::string ToAnswer(const CreatedShop& created) {
  const Shop& shop = created.shop;
  return Join({std::to_string(shop.id.value), shop.name, shop.time_zone, shop.currency_code,
               std::to_string(shop.created_at), std::to_string(created.admin.value)});
}

CreatedShop CreatedShopOf(std::string_view answer) {
  Fields fields(answer);
  CreatedShop created;
  created.shop.id = ShopId{fields.Next<std::uint32_t>()};
  created.shop.name = fields.Text();
  created.shop.time_zone = fields.Text();
  created.shop.currency_code = fields.Text();
  created.shop.created_at = fields.Next<std::int64_t>();
  created.admin = AccountId{fields.Next<std::uint64_t>()};
  return created;
}

std::string ToAnswer(const ShopSetting& setting) {
  return Join({setting.name, setting.value, std::to_string(setting.effective_at)});
}

ShopSetting SettingOf(std::string_view answer) {
  Fields fields(answer);
  ShopSetting setting;
  setting.name = fields.Text();
  setting.value = fields.Text();
  setting.effective_at = fields.Next<std::int64_t>();
  return setting;
}

std::string ToAnswer(const Member& member) {
  const auto& limit = member.approval_limit_minor;
  return Join({std::to_string(member.account.value), member.account_name, member.display_name,
               std::to_string(member.roles.bits()), limit ? std::to_string(*limit) : "",
               std::to_string(member.version)});
}

Member MemberOf(std::string_view answer) {
  Fields fields(answer);
  Member member;
  member.account = AccountId{fields.Next<std::uint64_t>()};
  member.account_name = fields.Text();
  member.display_name = fields.Text();
  member.roles = RoleSet::FromBits(fields.Next<std::uint32_t>());
  if (const std::string limit = fields.Text(); !limit.empty()) {
    member.approval_limit_minor = std::stoll(limit);
  }
  member.version = fields.Next<std::uint32_t>();
  return member;
}

}  // namespace redress::identity
