#include "services/customer/domain/customer_search.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/platform/base/errors.h"
#include "services/platform/search/search_text.h"

namespace redress::customer {
namespace {

constexpr std::size_t kRowsAtOnce = 200;
constexpr std::size_t kMostRowsLookedAt = 1'000;
constexpr std::size_t kFewestPhoneDigits = 7;
constexpr std::size_t kExcerptLength = 60;
constexpr std::uint64_t kNewest = ~std::uint64_t{0};

struct Found {
  CustomerId customer;
  CustomerMatch matched = CustomerMatch::kNick;
  NoteId note = {};
  std::string excerpt = {};
};

// Digits and what people write between them.
bool MayBePhone(const std::u32string& folded) {
  std::size_t digits = 0;
  for (const char32_t c : folded) {
    if (c >= U'0' && c <= U'9') {
      ++digits;
    } else if (std::u32string_view(U" +-()'").find(c) == std::u32string_view::npos) {
      return false;
    }
  }
  return digits >= kFewestPhoneDigits;
}

// One call's walk through the sources.
class Walk {
 public:
  Walk(CustomerIndex& index, NoteRepository& notes, ShopId shop, const CustomerQuery& query,
       std::size_t size)
      : index_(index),
        notes_(notes),
        shop_(shop),
        query_(query),
        folded_(platform::Fold(query.words)),
        size_(size) {}

  const std::u32string& folded() const { return folded_; }
  std::vector<Found>& found() { return found_; }

  // Each adds to what was found and answers where the source goes on; nothing when it is done.
  std::optional<CustomerSearchKey> Phone(const std::string& hash, std::uint64_t before) {
    if (hash.empty()) return std::nullopt;
    const std::size_t room = Room();
    const auto ids =
        index_.WithPhone(shop_, hash, CustomerId{before == 0 ? kNewest : before}, room);
    for (const CustomerId id : ids)
      found_.push_back({.customer = id, .matched = CustomerMatch::kPhone});
    if (ids.size() < room) return std::nullopt;
    return CustomerSearchKey{CustomerMatch::kPhone, {}, ids.back().value};
  }

  // Few share a nick: one per platform.
  void WholeNick() {
    for (const CustomerId id : index_.WithNick(shop_, query_.words)) {
      found_.push_back({.customer = id, .matched = CustomerMatch::kNick});
    }
  }

  std::optional<CustomerSearchKey> Nicks(CustomerMatch source, std::string word,
                                         std::uint64_t customer) {
    const bool beginning = source == CustomerMatch::kNickStart;
    const platform::WindowRange range = platform::RangeOf(folded_);
    std::size_t looked_at = 0;
    while (Room() > 0 && looked_at < kMostRowsLookedAt) {
      const auto rows = index_.Rows(shop_, {beginning, range.low, range.high}, word,
                                    CustomerId{customer}, kRowsAtOnce);
      for (const NickRow& row : rows) {
        word = row.word;
        customer = row.customer.value;
        if (!Answers(row, beginning)) continue;
        found_.push_back({.customer = row.customer, .matched = source});
        if (Room() == 0) break;
      }
      looked_at += rows.size();
      if (rows.size() < kRowsAtOnce && Room() > 0) return std::nullopt;
    }
    return CustomerSearchKey{source, word, customer};
  }

  std::optional<CustomerSearchKey> Notes(std::uint64_t before) {
    const auto words = platform::WordsOf(folded_);
    const bool searchable =
        std::any_of(words.begin(), words.end(), [](const auto& word) { return word.size() >= 2; });
    if (!searchable) return std::nullopt;
    const NoteHits hits =
        notes_.Search(shop_, words, NoteId{before == 0 ? kNewest : before}, Room());
    for (const NoteHit& hit : hits.hits) {
      found_.push_back({.customer = hit.customer,
                        .matched = CustomerMatch::kNote,
                        .note = hit.note,
                        .excerpt = platform::Excerpt(hit.text, words, kExcerptLength)});
    }
    if (!hits.resume) return std::nullopt;
    return CustomerSearchKey{CustomerMatch::kNote, {}, hits.resume->value};
  }

  std::size_t Room() const { return size_ - std::min(size_, found_.size()); }

 private:
  // Each nick is answered once: whole before its beginning, its beginning before the rest, and the
  // rest by the first of its windows.
  bool Answers(const NickRow& row, bool beginning) const {
    const std::u32string nick = platform::Fold(row.nick);
    const bool starts = nick.starts_with(folded_);
    if (beginning) return starts && row.nick != query_.words;
    return !starts && platform::FirstLaterWindow(nick, folded_) == row.word;
  }

  CustomerIndex& index_;
  NoteRepository& notes_;
  const ShopId shop_;
  const CustomerQuery& query_;
  const std::u32string folded_;
  const std::size_t size_;
  std::vector<Found> found_;
};

std::vector<CustomerHit> HitsOf(CustomerStore& customers, People& people, ShopId shop,
                                std::vector<Found> found) {
  std::vector<CustomerId> ids;
  for (const Found& each : found) ids.push_back(each.customer);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::unordered_map<CustomerId, CustomerView> views;
  for (CustomerView& view : customers.Read(shop, ids)) {
    const CustomerId id = view.customer.id;
    views.emplace(id, std::move(view));
  }
  std::unordered_map<CustomerId, CustomerId> heads;
  for (const Person& person : people.PeopleOf(shop, ids)) {
    for (const CustomerId member : person.members) heads.emplace(member, person.head);
  }
  std::vector<CustomerHit> hits;
  for (Found& each : found) {
    const auto view = views.find(each.customer);
    if (view == views.end()) continue;
    const auto head = heads.find(each.customer);
    hits.push_back({view->second, head == heads.end() ? each.customer : head->second, each.matched,
                    each.note, std::move(each.excerpt)});
  }
  return hits;
}

}  // namespace

CustomerSearchPage CustomerSearch::Search(ShopId shop, const CustomerQuery& query,
                                          const std::optional<CustomerSearchKey>& after,
                                          std::size_t size) {
  Walk walk(index_, notes_, shop, query, size);
  if (walk.folded().empty()) {
    throw platform::InvalidField("words", "are only blanks; give a nick, a phone or a word");
  }
  const CustomerSearchKey start = after.value_or(CustomerSearchKey{});
  CustomerSearchPage page;
  const auto has = [&](CustomerMatch source) { return start.source <= source && !page.next; };
  // A source goes on from the start's key only where the start is in it.
  const auto from = [&](CustomerMatch source) { return start.source == source ? start.id : 0; };
  // A full page ends here; the next one begins with the source that was not asked.
  const auto full = [&](CustomerMatch next_source) {
    if (!page.next && walk.Room() == 0) page.next = CustomerSearchKey{next_source, {}, 0};
  };
  if (has(CustomerMatch::kPhone) && !query.nicks_only && MayBePhone(walk.folded())) {
    page.next = walk.Phone(customers_.PhoneHash(shop, query.words), from(CustomerMatch::kPhone));
    full(CustomerMatch::kNick);
  }
  if (has(CustomerMatch::kNick)) walk.WholeNick();
  full(CustomerMatch::kNickStart);
  for (const CustomerMatch source : {CustomerMatch::kNickStart, CustomerMatch::kNickPart}) {
    if (!has(source)) continue;
    page.next = walk.Nicks(source, start.source == source ? start.word : "", from(source));
    full(source == CustomerMatch::kNickStart ? CustomerMatch::kNickPart : CustomerMatch::kNote);
  }
  if (has(CustomerMatch::kNote) && query.notes && !query.nicks_only) {
    page.next = walk.Notes(from(CustomerMatch::kNote));
  }
  page.hits = HitsOf(customers_, people_, shop, std::move(walk.found()));
  page.incomplete = !index_.Complete(shop);
  return page;
}

}  // namespace redress::customer
