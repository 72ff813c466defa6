// The statements about who belongs together and who is due.
#pragma once

namespace redress::customer::sql {

inline constexpr char kSelectHeads[] =
    "SELECT customer_id, head_id FROM customers FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, customer_id) IN (";
inline constexpr char kSelectMembers[] =
    "SELECT head_id, customer_id FROM customer_members FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, head_id) IN (";
inline constexpr char kByHead[] = ") ORDER BY head_id, customer_id";

inline constexpr char kPutDue[] = "INSERT INTO customer_due (shop_id, customer_id, due_at) VALUES ";
inline constexpr char kPutDueTail[] =
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id), due_at = LEAST(due_at, VALUES(due_at))";

}  // namespace redress::customer::sql
