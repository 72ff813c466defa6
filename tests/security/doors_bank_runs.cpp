// Bank runs: finance makes and moves them, others read.
#include <redress/aftersales/v1/bank_run_service.pb.h>
#include <redress/order/v1/order_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace order = redress::order::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "supervisor finance admin auditor";
constexpr char kFinance[] = "finance";

aftersales::BankRun OpenRun(Shop& shop) {
  e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Settling");
  return shop.As("finance")
      .Call<aftersales::CreateBankRunResponse>(aftersales::CreateBankRunRequest())
      .run();
}

aftersales::BankRun ExportedRun(Shop& shop) {
  aftersales::ExportBankRunRequest request;
  request.set_run_id(OpenRun(shop).run_id());
  aftersales::BankRun run;
  shop.As("finance").Watch<aftersales::ExportBankRunResponse>(
      request, [&](const aftersales::ExportBankRunResponse& piece) {
        if (piece.has_run()) run = piece.run();
        return true;
      });
  return run;
}

aftersales::BankRun RunAtTheBank(Shop& shop) {
  const aftersales::BankRun run = ExportedRun(shop);
  aftersales::HandOverBankRunRequest request;
  request.set_run_id(run.run_id());
  request.set_version(run.version());
  return shop.As("finance").Call<aftersales::HandOverBankRunResponse>(request).run();
}

template <class Message>
Door RunDoor(const char* roles, aftersales::BankRun (*run)(Shop&)) {
  return DoorOf<Message>({.roles = roles}, [run](Shop& shop, const std::string&, Message& request) {
    request.set_run_id(run(shop).run_id());
  });
}

template <class Message>
Door ChangeDoor() {
  return DoorOf<Message>({.roles = kFinance}, [](Shop& shop, const std::string&, Message& request) {
    const aftersales::BankRun run = ExportedRun(shop);
    request.set_request_id(Unique("run"));
    request.set_run_id(run.run_id());
    request.set_version(run.version());
  });
}

void FillResults(Shop& shop, const std::string&, aftersales::ImportBankResultsRequest& request) {
  const aftersales::BankRun run = RunAtTheBank(shop);
  aftersales::ListBankRunPaymentsRequest list;
  list.set_run_id(run.run_id());
  const auto payment =
      shop.As("finance").Call<aftersales::ListBankRunPaymentsResponse>(list).payments(0);
  request.set_run_id(run.run_id());
  // Said twice it changes nothing, so that everybody may say it.
  request.set_text("reference,amount,currency,result\n" + payment.reference() +
                   ",100.00,CNY,unknown\n");
}

}  // namespace

std::vector<Door> BankRunDoors() {
  return {DoorOf<aftersales::CreateBankRunRequest>(
              {.roles = kFinance},
              [](Shop& shop, auto&, auto& request) {
                e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Settling");
                request.set_request_id(Unique("run"));
              }),
          RunDoor<aftersales::GetBankRunRequest>(kReaders, OpenRun),
          DoorOf<aftersales::ListBankRunsRequest>({.roles = kReaders}, [](Shop&, auto&, auto&) {}),
          RunDoor<aftersales::ListBankRunPaymentsRequest>(kReaders, OpenRun),
          RunDoor<aftersales::ExportBankRunRequest>(kFinance, OpenRun),
          ChangeDoor<aftersales::HandOverBankRunRequest>(),
          ChangeDoor<aftersales::DissolveBankRunRequest>(),
          DoorOf<aftersales::ImportBankResultsRequest>({.roles = kFinance}, FillResults),
          DoorOf<order::ListOrderNumbersRequest>(
              {.services = "aftersales"}, [](Shop& shop, auto&, auto& request) {
                request.add_order_ids(shop.PushOrder().order_id());
              })};
}

}  // namespace redress::security
