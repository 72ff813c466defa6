// Statements about what a shop settles.
#pragma once

namespace redress::order::sql {

inline constexpr char kFindRules[] =
    "SELECT stuck_after_hours, reminder_window_hours, most_reminders, next_steps,"
    " LENGTH(carrier_salt), version FROM order_rules WHERE shop_id = ?";
inline constexpr char kLockRules[] = "SELECT version FROM order_rules WHERE shop_id = ? FOR UPDATE";
inline constexpr char kMakeRules[] =
    "INSERT INTO order_rules (shop_id, stuck_after_hours, reminder_window_hours, most_reminders,"
    " next_steps, carrier_salt, version) VALUES (?, 0, 0, 0, '', '', 0)"
    " ON DUPLICATE KEY UPDATE shop_id = VALUES(shop_id)";
inline constexpr char kSetRules[] =
    "UPDATE order_rules SET stuck_after_hours = ?, reminder_window_hours = ?, most_reminders = ?,"
    " next_steps = ?, version = ? WHERE shop_id = ?";
inline constexpr char kSetCarrierSalt[] =
    "UPDATE order_rules SET carrier_salt = ? WHERE shop_id = ?";
inline constexpr char kFindCarrierSalt[] = "SELECT carrier_salt FROM order_rules WHERE shop_id = ?";

}  // namespace redress::order::sql
