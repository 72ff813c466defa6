#include "services/customer/domain/customers.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "services/platform/base/errors.h"

namespace redress::customer {
namespace {

constexpr std::size_t kMostFound = 50;

std::uint32_t ParseEtag(const std::string& etag) {
  std::uint32_t version = 0;
  const char* end = etag.data() + etag.size();
  const auto [stop, problem] = std::from_chars(etag.data(), end, version);
  if (problem != std::errc() || stop != end) {
    throw platform::InvalidField("etag", "is none that a customer has; send back the one answered");
  }
  return version;
}

// Creates or changes the customer; answers as stored after.
Customer Apply(CustomerTransaction& transaction, ShopId shop, const UpsertRequest& request,
               platform::IdSource& ids, std::int64_t now_us) {
  std::optional<Customer> known = transaction.LockByNick(shop, request.platform, request.nick);
  const std::optional<std::uint32_t> seen =
      request.etag.empty() ? std::nullopt : std::optional(ParseEtag(request.etag));
  if (!known) {
    if (seen) throw platform::NotFound("customer", request.nick);
    Customer created{.id = ids.New<CustomerId>(),
                     .platform = request.platform,
                     .nick = request.nick,
                     .version = 1,
                     .created_at = now_us};
    transaction.Create(shop, created);
    if (request.contact && !request.contact->empty()) {
      transaction.WriteContact(shop, created.id, *request.contact);
    }
    return created;
  }
  const bool changes =
      request.contact && *request.contact != transaction.ReadContact(shop, known->id);
  if (seen ? *seen != known->version : changes) {
    throw platform::VersionConflict(seen.value_or(0), known->version);
  }
  if (changes) {
    transaction.WriteContact(shop, known->id, *request.contact);
    transaction.SetVersion(shop, known->id, ++known->version);
  }
  return *known;
}

}  // namespace

std::string Customers::Upsert(ShopId shop, const UpsertRequest& request,
                              const std::function<std::string(const Customer&)>& encode) {
  const platform::Digest digest = platform::Sha256(
      std::string(platform::AsBytes(request.digest)) +
      (request.contact ? store_.ContactHash(shop, *request.contact) : std::string()));
  std::string answer;
  store_.InTransaction([&](CustomerTransaction& transaction) {
    if (auto known = transaction.FindAnswer(shop, request.request_id, digest)) {
      answer = std::move(*known);
      return;
    }
    answer = encode(Apply(transaction, shop, request, ids_, clock_.NowUs()));
    transaction.RememberAnswer(shop, request.request_id, digest, answer);
  });
  return answer;
}

std::vector<CustomerId> Customers::Ensure(ShopId shop, const std::string& platform,
                                          std::span<const std::string> nicks) {
  std::vector<std::string> distinct(nicks.begin(), nicks.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const std::vector<CustomerId> ids = store_.Ensure(shop, platform, distinct);
  std::unordered_map<std::string_view, CustomerId> by_nick;
  for (std::size_t i = 0; i < distinct.size(); ++i) by_nick.emplace(distinct[i], ids.at(i));
  std::vector<CustomerId> result;
  result.reserve(nicks.size());
  for (const std::string& nick : nicks) result.push_back(by_nick.at(nick));
  return result;
}

CustomerView Customers::Get(ShopId shop, CustomerId customer) {
  std::vector<CustomerView> found = store_.Read(shop, {&customer, 1});
  if (found.empty()) throw platform::NotFound("customer", platform::ToString(customer));
  return std::move(found.front());
}

std::vector<CustomerView> Customers::FindByNick(ShopId shop, const std::string& platform,
                                                const std::string& nick) {
  const CustomerId found = store_.FindByNick(shop, platform, nick);
  if (!found) return {};
  return store_.Read(shop, {&found, 1});
}

std::vector<CustomerView> Customers::FindByPhone(ShopId shop, const std::string& phone) {
  const std::string hash = store_.PhoneHash(shop, phone);
  if (hash.empty()) {
    throw platform::InvalidField("phone", "holds no phone number; give one in any usual spelling");
  }
  return store_.Read(shop, store_.FindByPhoneHash(shop, hash, kMostFound));
}

CustomerPage Customers::List(ShopId shop, std::optional<CustomerId> before, std::size_t size) {
  // One more than the page tells whether another page follows.
  std::vector<CustomerId> ids = store_.List(shop, before, size + 1);
  CustomerPage page;
  if (ids.size() > size) {
    ids.resize(size);
    page.next = ids.back();
  }
  page.customers = store_.Read(shop, ids);
  return page;
}

Contact Customers::RevealContact(ShopId shop, const RevealRequest& request) {
  Get(shop, request.customer);
  Contact contact;
  store_.InTransaction([&](CustomerTransaction& transaction) {
    if (auto known = transaction.FindAnswer(shop, request.request_id, request.digest)) {
      contact = transaction.RevealedContact(shop, std::stoull(*known));
      return;
    }
    const Reveal reveal{.id = ids_.Next(),
                        .customer = request.customer,
                        .account = request.account,
                        .client = request.client,
                        .reason = request.reason,
                        .revealed_at = clock_.NowUs()};
    transaction.AddReveal(shop, reveal);
    contact = transaction.RevealedContact(shop, reveal.id);
    transaction.RememberAnswer(shop, request.request_id, request.digest, std::to_string(reveal.id));
  });
  return contact;
}

}  // namespace redress::customer
