#include "services/customer/domain/customers.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "services/customer/domain/etag.h"
#include "services/platform/base/errors.h"

namespace redress::customer {
namespace {

constexpr std::size_t kMostFound = 50;

// Creates or changes the customer; answers as stored after.
Customer Apply(CustomerTransaction& transaction, ShopId shop, const UpsertRequest& request,
               platform::IdSource& ids, std::int64_t now_us) {
  std::optional<Customer> known = transaction.LockByNick(shop, request.platform, request.nick);
  const std::optional<std::uint32_t> seen =
      request.etag.empty() ? std::nullopt : std::optional(VersionOf(request.etag));
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
  // Also what a source told before: whoever enters it stands by it.
  if (request.contact) transaction.WriteContact(shop, known->id, *request.contact);
  if (changes) transaction.SetVersion(shop, known->id, ++known->version);
  return *known;
}

// Asks for each nick once; ids in the order of the nicks.
template <class Ask>
std::vector<CustomerId> OfDistinct(std::span<const std::string> nicks, Ask ask) {
  std::vector<std::string> distinct(nicks.begin(), nicks.end());
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  const std::vector<CustomerId> ids = ask(distinct);
  std::unordered_map<std::string_view, CustomerId> by_nick;
  for (std::size_t i = 0; i < distinct.size(); ++i) by_nick.emplace(distinct[i], ids.at(i));
  std::vector<CustomerId> result;
  result.reserve(nicks.size());
  for (const std::string& nick : nicks) result.push_back(by_nick.at(nick));
  return result;
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
  return OfDistinct(nicks, [&](std::span<const std::string> distinct) {
    return store_.Ensure(shop, platform, distinct);
  });
}

std::vector<CustomerId> Customers::Find(ShopId shop, const std::string& platform,
                                        std::span<const std::string> nicks) {
  return OfDistinct(nicks, [&](std::span<const std::string> distinct) {
    return store_.Find(shop, platform, distinct);
  });
}

void Customers::Learn(ShopId shop, const std::string& platform, std::vector<LearntContact> words) {
  const std::int64_t now = clock_.NowUs();
  for (LearntContact& word : words) {
    word.contact = WithoutMasked(std::move(word.contact));
    // A clock that is ahead does not hold against every later word.
    word.source_at = std::min(word.source_at, now);
  }
  std::erase_if(words, [](const LearntContact& word) { return !Reaches(word.contact); });
  std::sort(words.begin(), words.end(), [](const LearntContact& a, const LearntContact& b) {
    return std::tie(a.customer, b.source_at) < std::tie(b.customer, a.source_at);
  });
  const auto repeated = std::unique(
      words.begin(), words.end(),
      [](const LearntContact& a, const LearntContact& b) { return a.customer == b.customer; });
  words.erase(repeated, words.end());
  const std::vector<std::int64_t> erased_at = store_.ErasedAt(shop, platform, words);
  std::vector<LearntContact> news;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].source_at > erased_at[i]) news.push_back(std::move(words[i]));
  }
  store_.Learn(shop, news);
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

// Answers the reveal that the request made, now or when it first came.
std::uint64_t Customers::AddReveal(CustomerTransaction& transaction, ShopId shop,
                                   const RevealRequest& request) {
  if (auto known = transaction.FindAnswer(shop, request.request_id, request.digest)) {
    return std::stoull(*known);
  }
  const std::int64_t now = clock_.NowUs();
  const std::vector<std::int64_t> times =
      transaction.LockRevealTimes(shop, request.account, now - kRevealDayUs, limits_.day);
  if (const auto wait = WaitForReveal(times, now, limits_)) {
    throw platform::Refusal(platform::Code::kResourceExhausted, "REVEAL_LIMIT",
                            "you may see personal data in clear " + std::to_string(limits_.hour) +
                                " times an hour and " + std::to_string(limits_.day) +
                                " times a day; wait, or ask a colleague")
        .RetryAfter(*wait);
  }
  const Reveal reveal{.id = ids_.Next(),
                      .kind = request.kind,
                      .customer = request.customer,
                      .order = request.order,
                      .account = request.account,
                      .client = request.client,
                      .reason = request.reason,
                      .revealed_at = now};
  transaction.AddReveal(shop, reveal);
  transaction.RememberAnswer(shop, request.request_id, request.digest, std::to_string(reveal.id));
  return reveal.id;
}

std::uint64_t Customers::RecordReveal(ShopId shop, const RevealRequest& request) {
  if (request.customer) {
    const CustomerView view = Get(shop, request.customer);
    // Also a repeat of what was begun before they were erased.
    if (request.kind == RevealKind::kExport && view.customer.erased_at != 0) {
      throw platform::Refusal(platform::Code::kFailedPrecondition, "CUSTOMER_ERASED",
                              "This person was erased; nothing is left to export.")
          .With("customer_id", platform::ToString(request.customer));
    }
  }
  std::uint64_t reveal = 0;
  store_.InTransaction(
      [&](CustomerTransaction& transaction) { reveal = AddReveal(transaction, shop, request); });
  return reveal;
}

Contact Customers::RevealContact(ShopId shop, const RevealRequest& request) {
  Get(shop, request.customer);
  Contact contact;
  store_.InTransaction([&](CustomerTransaction& transaction) {
    contact = transaction.RevealedContact(shop, AddReveal(transaction, shop, request));
  });
  return contact;
}

}  // namespace redress::customer
