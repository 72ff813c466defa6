#include "services/aftersales/domain/bank_runs.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "services/aftersales/domain/bank_run_file.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/base/errors.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

constexpr std::size_t kOrdersAtOnce = 500;

}  // namespace

BankRun BankRuns::Create(ShopId shop, const NewBankRun& asked, const WriteRequest& request) {
  if (!options_.enabled) {
    throw Refusal(Code::kFailedPrecondition, "NO_BANK_RUN",
                  "This deployment does not pay by bank runs; record payments one by one, or set "
                  "aftersales.settlement_adapter to bank_run.");
  }
  BankRun run;
  run.shop = shop;
  run.id = uses_.ids.New<BankRunId>();
  run.created_by = asked.by;
  run.created_at = run.updated_at = uses_.clock.NowUs();
  run.currency = asked.currency.empty() ? OnlyCurrency(shop) : asked.currency;
  std::vector<BankPayment> payments;
  if (!run.currency.empty()) {
    const auto waiting = uses_.runs.Waiting(shop, run.currency, kMostBankPayments);
    payments =
        ChoosePayments(waiting, asked.most == 0 ? kMostBankPayments : asked.most, asked.most_minor);
  }
  NameOrders(shop, payments);
  // Also without a payment: a repeat of the request that took the last one gets its run.
  const auto created = uses_.runs.Create(run, payments, request);
  if (!created) {
    throw Refusal(Code::kFailedPrecondition, "NOTHING_TO_PAY",
                  "No payment waits that fits; all that wait are in runs, or lie above the limit.");
  }
  return *created;
}

std::string BankRuns::OnlyCurrency(ShopId shop) {
  const auto currencies = uses_.runs.WaitingCurrencies(shop);
  if (currencies.size() < 2) return currencies.empty() ? "" : currencies.front();
  std::string all;
  for (const std::string& one : currencies) all += (all.empty() ? "" : ", ") + one;
  throw platform::InvalidField("currency_code",
                               "is missing while payments in " + all + " wait; name one of them");
}

void BankRuns::NameOrders(ShopId shop, std::vector<BankPayment>& payments) {
  std::vector<OrderId> orders;
  orders.reserve(payments.size());
  for (const BankPayment& payment : payments) orders.push_back(payment.order);
  std::sort(orders.begin(), orders.end());
  orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
  std::unordered_map<OrderId, OrderNumber> known;
  for (std::size_t from = 0; from < orders.size(); from += kOrdersAtOnce) {
    const auto piece =
        std::span(orders).subspan(from, std::min(kOrdersAtOnce, orders.size() - from));
    for (OrderNumber& one : uses_.numbers.Read(shop, piece)) known[one.order] = std::move(one);
  }
  for (BankPayment& payment : payments) {
    const auto found = known.find(payment.order);
    if (found == known.end()) continue;  // the line then names our order alone
    payment.platform = found->second.platform;
    payment.order_number = found->second.number;
  }
}

BankRuns::File BankRuns::Export(ShopId shop, BankRunId id) {
  const std::int64_t now = uses_.clock.NowUs();
  File file;
  file.run = uses_.runs.Change(
      shop, id, {.with_settlements = true},
      [&](LoadedRun& loaded) {
        aftersales::Export(loaded, now);
        file.content = BankRunFile(loaded.run, loaded.payments);
      },
      now);
  if (platform::Sha256(file.content) != file.run.file_digest) {
    throw std::runtime_error("bank run " + platform::ToString(id) +
                             " no longer gives the file that was exported");
  }
  return file;
}

BankRun BankRuns::HandOver(ShopId shop, BankRunId id, std::uint32_t version,
                           bool despite_called_off, const WriteRequest& request) {
  const std::int64_t now = uses_.clock.NowUs();
  return uses_.runs.Change(
      shop, id, {.with_settlements = true, .request = request},
      [&](LoadedRun& loaded) {
        CheckVersion(loaded.run, version);
        aftersales::HandOver(loaded, despite_called_off, now + options_.answer_within_us, now);
      },
      now);
}

BankRun BankRuns::Dissolve(ShopId shop, BankRunId id, std::uint32_t version,
                           const WriteRequest& request) {
  const std::int64_t now = uses_.clock.NowUs();
  return uses_.runs.Change(
      shop, id, {.with_settlements = true, .request = request},
      [&](LoadedRun& loaded) {
        CheckVersion(loaded.run, version);
        aftersales::Dissolve(loaded, now);
      },
      now);
}

BankRuns::Imported BankRuns::Import(ShopId shop, BankRunId id,
                                    std::span<const ReadResultLine> lines) {
  const std::int64_t now = uses_.clock.NowUs();
  Imported imported;
  imported.run = uses_.runs.Change(
      shop, id, {}, [&](LoadedRun& loaded) { imported.lines = TakeResults(loaded, lines, now); },
      now);
  platform::CrashPoint(platform::kAfterResultsBeforeTelling);
  uses_.teller.TellOf(shop, id);
  // Telling may have found that a case cannot take what was paid.
  if (const auto after = uses_.runs.Find(shop, id)) imported.run = *after;
  return imported;
}

}  // namespace redress::aftersales
