#include "services/platform/database/statement_cache.h"

#include <utility>

namespace redress::platform {

std::shared_ptr<Statement> StatementCache::Find(std::string_view sql) {
  const auto found = by_text_.find(sql);
  if (found == by_text_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  const std::shared_ptr<Statement>& statement = recent_.front();
  return statement.use_count() == 1 ? statement : nullptr;
}

void StatementCache::Keep(std::shared_ptr<Statement> statement) {
  if (by_text_.contains(statement->sql)) return;
  while (!recent_.empty() &&
         (recent_.size() >= kCapacity || parameters_ + statement->parameters > kMostParameters)) {
    Forget(recent_.back()->sql);
  }
  parameters_ += statement->parameters;
  recent_.push_front(std::move(statement));
  by_text_.emplace(recent_.front()->sql, recent_.begin());
}

void StatementCache::Forget(std::string_view sql) {
  const auto found = by_text_.find(sql);
  if (found == by_text_.end()) return;
  const Recent::iterator entry = found->second;
  parameters_ -= (*entry)->parameters;
  by_text_.erase(found);
  recent_.erase(entry);
}

}  // namespace redress::platform
