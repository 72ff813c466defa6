// How files that belong together would be read, shown before anything is sent.

#include "clients/importing/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/unit/clients/temporary_file.h"

namespace redress::importing {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;

constexpr char kOrders[] =
    "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,"
    "order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n"
    "o1,c1,delivered,2018-01-01 10:00:00,2018-01-01 11:00:00,2018-01-02 10:00:00,"
    "2018-01-05 10:00:00,2018-01-09 00:00:00\n";

// Test programs do not lie beside the shipped mappings.
Mapping Shipped(const std::string& name) {
  const char* source = std::getenv("REDRESS_SOURCE_DIR");
  return LoadMapping(std::string(source != nullptr ? source : ".") +
                     "/clients/importing/mappings/" + name + ".toml");
}

class PlanTest : public testing::Test {
 protected:
  std::shared_ptr<const JoinedFile> Joined(const std::string& name, const std::string& text) {
    for (const JoinRules& rules : mapping_.joins) {
      if (rules.name != name) continue;
      return std::make_shared<const JoinedFile>(folder_.Write(name + ".csv", text),
                                                mapping_.encoding, mapping_, rules);
    }
    throw std::logic_error("the mapping does not join " + name);
  }

  TemporaryFolder folder_;
  const Mapping mapping_ = Shipped("olist_orders");
};

TEST_F(PlanTest, ShowsColumnsOfJoinedFilesAndTheirCells) {
  const Plan plan =
      PlanOf(folder_.Write("orders.csv", kOrders), mapping_, "",
             {Joined("customers", "customer_id,customer_unique_id,customer_state\nc1,u1,SP\n"),
              Joined("payments", "order_id,payment_value\no1,10.50\no1,0.25\n"),
              Joined("items", "order_id,freight_value\no1,1.00\n")});
  const std::string text = TextOf(plan);
  EXPECT_THAT(text, HasSubstr("customers.customer_unique_id → order.buyer_nick"));
  EXPECT_THAT(text, HasSubstr("\"buyer_nick\":\"u1\""));
  EXPECT_THAT(text, HasSubstr("1075")) << "payments are added up";
  EXPECT_THAT(text, Not(HasSubstr("REJECTED")));
}

TEST_F(PlanTest, ShowsHowTheFileOfLinesIsRead) {
  const Plan plan = PlanOfLines(
      folder_.Write("items.csv",
                    "order_id,order_item_id,product_id,price,freight_value\no1,1,p1,9.50,1.00\n"),
      mapping_);
  const std::string text = TextOf(plan);
  EXPECT_THAT(text, HasSubstr("product_id → line.sku, line.title"));
  EXPECT_THAT(text, HasSubstr("order_id → group_by"));
  EXPECT_THAT(text, HasSubstr("\"sku\":\"p1\""));
  EXPECT_THAT(text, Not(HasSubstr("order.")));
}

TEST_F(PlanTest, RefusesLinesWhereTheMappingTakesNone) {
  const Mapping reviews = Shipped("olist_reviews");
  const std::string path = folder_.Write("lines.csv", "order_id\no1\n");
  EXPECT_THROW(PlanOfLines(path, reviews), MappingError);
}

}  // namespace
}  // namespace redress::importing
