#pragma once

// What a case may ask of a warehouse. Cases ask, the warehouse task's machine answers; both see
// this and not each other. Stored numbers never move.

#include <cstdint>

namespace redress::workflows {

enum class WarehouseTaskKind : std::uint8_t {
  kInboundReturn = 1,        // receive and inspect what a buyer sends back
  kSendBack = 2,             // send a buyer's goods back to them
  kOutboundReplacement = 3,  // send a buyer other goods in place of theirs
  kIntercept = 4,            // stop a parcel on its way to a buyer
};

}  // namespace redress::workflows
