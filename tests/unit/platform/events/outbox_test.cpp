#include "services/platform/events/outbox.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "services/platform/events/event_type.h"

namespace redress::platform {
namespace {

TEST(OutboxRefs, ComeBackAsTheyWentIn) {
  const std::vector<EventRef> refs{{ShopId{1}, 2, 3},
                                   {ShopId{0xffffffff}, 0xffffffffffffffff, 0xffffffff},
                                   {ShopId{7}, 0x0102030405060708, 9}};
  const std::string packed = PackRefs(refs);
  EXPECT_EQ(packed.size(), 48u);
  EXPECT_EQ(UnpackRefs(packed), refs);
  EXPECT_TRUE(UnpackRefs("").empty());
}

TEST(OutboxRefs, RefuseBytesThatAreNoWholeRefs) {
  EXPECT_THROW(UnpackRefs(std::string(17, 'x')), std::invalid_argument);
}

TEST(EventType, IsThePayloadsFullName) {
  redress::events::v1::Event event;
  EXPECT_EQ(EventType(event), "");
  event.mutable_order_paid();
  EXPECT_EQ(EventType(event), "redress.events.v1.OrderPaid");
  event.mutable_case_step_applied();
  EXPECT_EQ(EventType(event), "redress.events.v1.CaseStepApplied");
}

}  // namespace
}  // namespace redress::platform
