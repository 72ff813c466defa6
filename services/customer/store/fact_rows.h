// Facts as rows.
#pragma once

#include <string>
#include <vector>

#include "services/customer/domain/facts.h"
#include "services/platform/database/connection.h"

namespace redress::customer {

std::string ToBytes(const std::vector<BoughtArticle>& articles);
// What cannot be read is no article: the list only says what somebody prefers.
std::vector<BoughtArticle> ArticlesFrom(const std::string& bytes);

// In the order of the columns of fact_sql.h; `articles` holds the bytes until the call is over.
void Append(std::vector<platform::Value>& values, const OrderFact& fact,
            const std::string& articles);
void Append(std::vector<platform::Value>& values, const CaseFact& fact);
// One of the case's coupons.
void Append(std::vector<platform::Value>& values, const CaseFact& of, const CaseCoupon& coupon);
void Append(std::vector<platform::Value>& values, const ConversationFact& fact);
void Append(std::vector<platform::Value>& values, const AdjustmentFact& fact);

OrderFact ReadOrder(const platform::Result& row);
// Without its coupons, which are rows of their own.
CaseFact ReadCase(const platform::Result& row);
CouponFact ReadCoupon(const platform::Result& row);
ConversationFact ReadConversation(const platform::Result& row);
AdjustmentFact ReadAdjustment(const platform::Result& row);

}  // namespace redress::customer
