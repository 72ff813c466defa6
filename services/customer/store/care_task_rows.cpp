#include "services/customer/store/care_task_rows.h"

#include <utility>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/contact_rows.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/figure_rows.h"
#include "services/platform/base/errors.h"

namespace redress::customer {

using platform::Code;
using platform::Connection;
using platform::Refusal;
using platform::Result;
using platform::Value;

CareTask CareTaskOf(const Result& rows) {
  return {.id = rows.Id<CareTaskId>(1),
          .rule = rows.String(2),
          .customer = rows.Id<CustomerId>(3),
          .occasion = static_cast<Occasion>(rows.Int64(4)),
          .occasion_day = rows.Int64(5),
          .state = static_cast<CareState>(rows.Int64(6)),
          .due_at = rows.Int64(7),
          .worker = rows.Id<AccountId>(8),
          .result = rows.String(9),
          .coupon = rows.String(10),
          .finished_at = rows.OptInt64(11).value_or(0),
          .version = static_cast<std::uint32_t>(rows.Uint64(12))};
}

namespace {

CareTask Locked(Connection& db, ShopId shop, const CareChange& change) {
  Result rows = db.Query(sql::kLockCareTask, {shop, change.task});
  if (!rows.Next()) throw platform::NotFound("care task", platform::ToString(change.task));
  CareTask task = CareTaskOf(rows);
  if (task.version != change.version) {
    throw platform::VersionConflict(change.version, task.version);
  }
  return task;
}

void Require(bool is_so, const char* reason, const std::string& message) {
  if (!is_so) throw Refusal(Code::kFailedPrecondition, reason, message);
}

CareRule StoredRule(Connection& db, ShopId shop, const std::string& code) {
  for (CareRule& rule : ReadCareRules(db, shop)) {
    if (rule.code == code) return std::move(rule);
  }
  throw platform::NotFound("care rule", code);
}

void Reserve(Connection& db, const Write& write, const CareTask& task) {
  const PersonContacts contacts =
      LockContacts(db, write.shop, GroupOf(db, write.shop, task.customer));
  if (contacts.reserved_by) {
    throw Refusal(Code::kFailedPrecondition, "CARE_PERSON_RESERVED",
                  "Somebody works on another task of this person; wait until it is done.")
        .With("task_id", platform::ToString(contacts.reserved_by));
  }
  const std::uint32_t quiet_days = StoredRule(db, write.shop, task.rule).quiet_days;
  const ContactVerdict verdict = VerdictOn(contacts, quiet_days, write.now_us);
  Require(verdict != ContactVerdict::kQuiet, "CARE_QUIET_PERIOD",
          "The person was contacted within the quiet period of the rule; skip the task with the"
          " reason quiet_period.");
  Require(verdict != ContactVerdict::kRefused, "CARE_NO_CONTACT",
          "The customer asked for no contact; skip the task with the reason no_contact.");
  db.Execute(sql::kReserveContact, {task.id, write.shop, task.customer});
}

void Claim(Connection& db, const Write& write, CareTask& task) {
  Require(task.state == CareState::kOpen, "CARE_STATE", "Only an open task is taken into work.");
  Reserve(db, write, task);
  task.worker = write.account;
}

void RequireOwn(const CareTask& task, const Write& write, bool others_too) {
  Require(others_too || task.worker == write.account, "CARE_NOT_YOURS",
          "Somebody else works on the task; a supervisor may release it.");
}

void RequireCoupon(Connection& db, ShopId shop, const CareTask& task, const CareChange& change) {
  if (!change.coupon.empty() || !StoredRule(db, shop, task.rule).coupon) return;
  throw platform::InvalidField("coupon_code", "is empty, and the rule " + task.rule +
                                                  " gives a coupon; name the one that was sent");
}

// A customer whose wishes or group changed meanwhile: what was begun may be ended.
void End(Connection& db, const Write& write, const CareChange& change, CareTask& task) {
  const bool claimed = task.state == CareState::kClaimed;
  if (change.to == CareState::kSkipped) {
    Require(claimed || task.state == CareState::kOpen, "CARE_STATE",
            "Only a task that is open or in work is skipped.");
  } else {
    Require(claimed, "CARE_STATE", "Take the task into work first.");
  }
  if (claimed) RequireOwn(task, write, change.may_release_others);
  if (change.to == CareState::kDone) {
    RequireCoupon(db, write.shop, task, change);
    db.Execute(sql::kRecordContact, {write.now_us, write.shop, task.customer});
  } else if (claimed) {
    db.Execute(sql::kFreeContact, {write.shop, task.customer, task.id});
  }
  task.worker = change.to == CareState::kOpen ? AccountId{} : write.account;
  task.result = change.result;
  task.coupon = change.coupon;
  task.finished_at = change.to == CareState::kOpen ? 0 : write.now_us;
}

void CountCoupon(Connection& db, const Write& write, const CareTask& done) {
  if (done.coupon.empty()) return;
  FigureChanges changes;
  changes.Add(ContributionOfCoupon(write.shop, done.customer, done.finished_at));
  ApplyChanges(db, changes, write.now_us);
}

}  // namespace

CareTask FindCareTask(Connection& db, ShopId shop, CareTaskId task) {
  Result rows = db.Query(sql::kFindCareTask, {shop, task});
  if (!rows.Next()) throw platform::NotFound("care task", platform::ToString(task));
  return CareTaskOf(rows);
}

std::vector<CareTask> ListCareTasks(Connection& db, const CareQuery& query) {
  Result rows = db.Query(sql::kListCareTasks,
                         {query.shop, static_cast<unsigned>(query.state), query.after_due_at,
                          query.after_due_at, query.after.value, query.limit});
  std::vector<CareTask> tasks;
  while (rows.Next()) tasks.push_back(CareTaskOf(rows));
  return tasks;
}

void ChangeCareTask(Connection& db, const Write& write, const CareChange& change) {
  CareTask task = Locked(db, write.shop, change);
  if (change.to == CareState::kClaimed) {
    Claim(db, write, task);
  } else {
    End(db, write, change, task);
  }
  if (change.to == CareState::kDone) CountCoupon(db, write, task);
  db.Execute(sql::kChangeCareTask,
             {static_cast<unsigned>(change.to), platform::NullIfNone(task.worker), task.result,
              task.coupon, task.finished_at == 0 ? Value(nullptr) : Value(task.finished_at),
              task.version + 1, write.shop, task.id});
}

}  // namespace redress::customer
