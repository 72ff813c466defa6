#include "services/customer/store/mysql_customer_transaction.h"

#include <array>
#include <stdexcept>

#include "services/customer/store/due_customers.h"
#include "services/customer/store/nick_words.h"
#include "services/customer/store/sql.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/rows.h"

namespace redress::customer {

using platform::MultiRow;
using platform::Result;
using platform::Value;

std::optional<Customer> MysqlCustomerTransaction::LockByNick(ShopId shop,
                                                             const std::string& platform,
                                                             const std::string& nick) {
  Result rows = connection_.Query(sql::kLockByNick, {shop, platform, nick});
  if (!rows.Next()) return std::nullopt;
  return Customer{.id = rows.Id<CustomerId>(0),
                  .platform = platform,
                  .nick = nick,
                  .version = static_cast<std::uint32_t>(rows.Uint64(1)),
                  .created_at = rows.Int64(2)};
}

std::string MysqlCustomerTransaction::SealedContact(ShopId shop, CustomerId customer) {
  static const MultiRow select(sql::kSelectContacts, 2, ")");
  std::string sealed;
  const std::array<Value, 2> key = {shop, customer};
  select.Query(connection_, key, [&](Result& row) { sealed = row.String(1); });
  return sealed;
}

Contact MysqlCustomerTransaction::ReadContact(ShopId shop, CustomerId customer) {
  return contacts_.Open(connection_, shop, customer, SealedContact(shop, customer));
}

void MysqlCustomerTransaction::Create(ShopId shop, const Customer& customer) {
  connection_.Execute(sql::kInsertCustomer, {shop, customer.id, customer.platform, customer.nick,
                                             customer.version, customer.created_at});
  const FindableNick findable{customer.id, customer.nick};
  WriteNickWords(connection_, shop, {&findable, 1});
  MarkDue(connection_, shop, {&customer.id, 1}, clock_.NowUs());
}

void MysqlCustomerTransaction::SetVersion(ShopId shop, CustomerId customer, std::uint32_t version) {
  connection_.Execute(sql::kSetVersion, {version, shop, customer});
}

void MysqlCustomerTransaction::WriteContact(ShopId shop, CustomerId customer,
                                            const Contact& contact) {
  // That there is none was entered, too: an empty row keeps sources from filling it.
  const std::string sealed =
      contact.empty() ? std::string() : contacts_.Seal(connection_, shop, customer, contact);
  const std::string hash = contacts_.PhoneHash(shop, contact.phone);
  const std::string place = contacts_.PlaceHash(shop, contact);
  connection_.Execute(sql::kWriteContact,
                      {shop, customer, sealed, hash.empty() ? Value(nullptr) : Value(hash),
                       place.empty() ? Value(nullptr) : Value(place)});
}

std::vector<std::int64_t> MysqlCustomerTransaction::LockRevealTimes(ShopId shop, AccountId account,
                                                                    std::int64_t since,
                                                                    std::size_t limit) {
  connection_.Execute(sql::kLockRevealAccount, {shop, account});
  std::vector<std::int64_t> times;
  Result rows = connection_.Query(sql::kSelectRevealTimes, {shop, account, since, limit});
  while (rows.Next()) times.push_back(rows.Int64(0));
  return times;
}

void MysqlCustomerTransaction::AddReveal(ShopId shop, const Reveal& reveal) {
  const std::string reason = contacts_.SealReason(connection_, shop, reveal);
  const std::string contact =
      reveal.kind == RevealKind::kContact ? SealedContact(shop, reveal.customer) : std::string();
  connection_.Execute(sql::kInsertReveal, {shop, reveal.id, reveal.customer, reveal.account,
                                           reveal.client, reason, contact, reveal.revealed_at,
                                           static_cast<unsigned>(reveal.kind), reveal.order});
}

Contact MysqlCustomerTransaction::RevealedContact(ShopId shop, std::uint64_t reveal) {
  Result rows = connection_.Query(sql::kSelectReveal, {shop, reveal});
  if (!rows.Next()) throw std::logic_error("a remembered reveal is not recorded");
  return contacts_.Open(connection_, shop, rows.Id<CustomerId>(0), rows.String(1));
}

std::optional<std::string> MysqlCustomerTransaction::FindAnswer(ShopId shop,
                                                                std::string_view request_id,
                                                                const platform::Digest& digest) {
  return platform::FindAnswer(connection_, shop, platform::kClientOrigin, request_id, digest);
}

void MysqlCustomerTransaction::RememberAnswer(ShopId shop, std::string_view request_id,
                                              const platform::Digest& digest,
                                              std::string_view answer) {
  platform::RememberAnswer(connection_, shop, platform::kClientOrigin, request_id, digest, answer,
                           clock_.NowUs());
}

}  // namespace redress::customer
