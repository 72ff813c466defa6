#include "services/customer/store/search_erasure.h"

#include <string>

#include "services/customer/store/nick_words.h"
#include "services/customer/store/note_words.h"
#include "services/customer/store/search_sql.h"

namespace redress::customer {

void EraseFromSearch(platform::Connection& connection, ShopId shop, CustomerId customer) {
  platform::Result rows = connection.Query(sql::kSelectNick, {shop, customer});
  if (rows.Next()) {
    const std::string nick = rows.String(0);
    DeleteNickWords(connection, shop, {customer, nick});
  }
  NoteWords::DeleteOfCustomer(connection, shop, customer);
}

}  // namespace redress::customer
