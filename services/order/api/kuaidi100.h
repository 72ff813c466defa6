// What Kuaidi100 pushes to the callback of a subscription: a form with `param` (JSON) and `sign`.
//
// The format is that of its published 推送接口
// (https://apifox.com/apidoc/project-514987/api-8568518): sign = MD5(param + salt), the salt being
// the one of the subscription; lastResult.nu is the tracking number, lastResult.state where the
// parcel is, lastResult.data everything told so far, newest first. Times are those of China.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "services/order/domain/order_input.h"
#include "services/order/domain/parcel.h"

namespace redress::order {

// Compared in constant time.
bool IsSigned(std::string_view param, std::string_view salt, std::string_view sign);

// Problems name a field of `param`, never a value. A push that only tells of the subscription's own
// state ("no record for three days") has no tracks.
std::variant<TrackPush, Problem> ReadTrackPush(const std::string& param);

}  // namespace redress::order
