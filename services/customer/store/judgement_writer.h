#pragma once

#include <string>
#include <vector>

#include "services/customer/domain/judge.h"
#include "services/customer/store/person_states.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

// Collects what the judgements of a batch change, and writes it with a few statements. What is the
// same as before is not written.
class JudgementWriter {
 public:
  JudgementWriter(ShopId shop, platform::IdSource& ids, std::int64_t now_us)
      : shop_(shop), ids_(ids), now_us_(now_us) {}

  // The views are read until Write.
  void Add(CustomerId head, const PersonState& before, const Judgement& judged,
           const Definitions& definitions, std::int64_t today);
  void Write(platform::Connection& db);

 private:
  struct Coded {
    CustomerId customer;
    std::string code;
  };

  void AddTags(CustomerId head, const PersonState& before, const Judgement& judged);
  void DropTags(CustomerId head, const PersonState& before, const Judgement& judged);
  void AddTasks(CustomerId head, const PersonState& before, const Judgement& judged,
                const Definitions& definitions, std::int64_t today);
  void AddTask(CustomerId head, const PersonState& before, const CareRule& rule, std::int64_t day);
  void WriteCodes(platform::Connection& db, const std::string& statement, const std::string& tail,
                  const std::vector<Coded>& added) const;
  void DropCodes(platform::Connection& db, const std::string& statement,
                 const std::vector<Coded>& dropped) const;
  void WriteTags(platform::Connection& db) const;
  void WriteTasks(platform::Connection& db) const;

  const ShopId shop_;
  platform::IdSource& ids_;
  const std::int64_t now_us_;
  std::vector<CustomerTag> put_tags_;
  std::vector<Coded> dropped_tags_, expired_, joined_, left_, begun_, ended_;
  std::vector<TagChange> changes_;
  std::vector<CareTask> tasks_;
};

}  // namespace redress::customer
