// What is read of people, in a bounded number of round trips for all.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/person.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

using FiguresByCustomer = std::unordered_map<CustomerId, CustomerFigures>;

// Of customer rows, not of people; those without any are left out. Two round trips.
FiguresByCustomer SelectFigures(platform::Connection& connection, ShopId shop,
                                std::span<const CustomerId> customers);
// The sum over the person's members.
CustomerFigures FiguresOf(const Person& person, const FiguresByCustomer& figures);

}  // namespace redress::customer
