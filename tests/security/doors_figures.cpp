// Figures, and the histories that they are made of.
#include <gtest/gtest.h>
#include <redress/events/v1/events_service.pb.h>
#include <redress/scoring/v1/figure_service.pb.h>
#include <redress/scoring/v1/funnel_service.pb.h>

#include <stdexcept>

#include "tests/e2e/figures.h"
#include "tests/security/doors.h"
#include "tests/security/two_shops.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

namespace events = redress::events::v1;
namespace scoring = redress::scoring::v1;
using e2e::Shop;

constexpr char kReaders[] = "supervisor agent finance admin auditor";

std::string Today() { return e2e::DayOf(TwoShops::Shared().stack().NowUs()); }

void FillQuery(Shop& shop, const std::string& who, scoring::FigureQuery& query) {
  query.set_from_day(Today());
  query.set_to_day(Today());
  if (who != "agent") query.set_agent_id(shop.AccountOf("agent"));
}

void FillFunnel(scoring::FunnelQuery& query) {
  query.set_kind("refund");
  query.set_from_day(Today());
  query.set_to_day(Today());
}

// A figure is made wrong, so that the rebuild has something to mend.
void FillRebuild(Shop& shop, const std::string&, scoring::RebuildFiguresRequest& request) {
  auto& stack = TwoShops::Shared().stack();
  const std::string of_shop = " redress_scoring.daily_sums WHERE shop_id = " + shop.shop_id();
  shop.PushOrder();
  const bool counted = test::WaitFor(
      [&] { return stack.Sql("SELECT COUNT(*) FROM" + of_shop) != "0"; }, std::chrono::seconds(30));
  if (!counted) throw std::runtime_error("no order of the shop was ever counted");
  stack.Sql("UPDATE redress_scoring.daily_sums SET amount = amount + 1 WHERE shop_id = " +
            shop.shop_id() + " LIMIT 1");
  request.set_replace(true);
}

Door RebuildDoor() {
  Door door = DoorOf<scoring::RebuildFiguresRequest>(
      {.roles = "supervisor admin", .services = "operator"}, FillRebuild);
  door.check = [](const google::protobuf::Message& response) {
    const auto& rebuilt = dynamic_cast<const scoring::RebuildFiguresResponse&>(response);
    EXPECT_GE(rebuilt.mismatch_count(), 1u) << "a refused caller has mended the figure before";
  };
  return door;
}

template <class Message>
Door DoorAt(const char* program) {
  Door door = DoorOf<Message>({.services = "scoring aftersales desk customer order operator"},
                              [](Shop&, auto&, auto&) {});
  door.program = program;
  return door;
}

}  // namespace

std::vector<Door> FigureDoors() {
  return {DoorOf<scoring::ListFigureDefinitionsRequest>({.signed_in = true},
                                                        [](Shop&, auto&, auto&) {}),
          DoorOf<scoring::QueryFiguresRequest>({.roles = kReaders},
                                               [](Shop& shop, auto& who, auto& request) {
                                                 FillQuery(shop, who, *request.mutable_query());
                                               }),
          DoorOf<scoring::WatchFiguresRequest>({.roles = kReaders},
                                               [](Shop& shop, auto& who, auto& request) {
                                                 FillQuery(shop, who, *request.mutable_query());
                                               }),
          DoorOf<scoring::ListFigureItemsRequest>({.roles = "supervisor finance admin auditor"},
                                                  [](Shop& shop, auto&, auto& request) {
                                                    request.set_figure_id("case_completion_rate");
                                                    request.set_from_day(Today());
                                                    request.set_to_day(Today());
                                                    request.set_agent_id(shop.AccountOf("agent"));
                                                  }),
          DoorOf<scoring::GetFunnelRequest>(
              {.roles = kReaders},
              [](Shop&, auto&, auto& request) { FillFunnel(*request.mutable_query()); }),
          DoorOf<scoring::ListFunnelCasesRequest>({.roles = "supervisor finance admin auditor"},
                                                  [](Shop&, auto&, auto& request) {
                                                    FillFunnel(*request.mutable_query());
                                                    request.set_now("Requested");
                                                  }),
          RebuildDoor()};
}

std::vector<Door> EventDoors() {
  return {DoorAt<events::ReadEventsRequest>("order"),
          DoorAt<events::LoadEventsRequest>("order"),
          DoorAt<events::ListEventHeadsRequest>("order"),
          DoorAt<events::ReadEventsRequest>("aftersales"),
          DoorAt<events::LoadEventsRequest>("aftersales"),
          DoorAt<events::ListEventHeadsRequest>("aftersales"),
          DoorAt<events::ReadEventsRequest>("customer"),
          DoorAt<events::LoadEventsRequest>("customer"),
          DoorAt<events::ListEventHeadsRequest>("customer"),
          DoorAt<events::ReadEventsRequest>("desk"),
          DoorAt<events::LoadEventsRequest>("desk"),
          DoorAt<events::ListEventHeadsRequest>("desk")};
}

}  // namespace redress::security
