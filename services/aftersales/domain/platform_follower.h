#pragma once

// What a platform's object asks of its case: the part of following in which kinds of object differ.
// Pure.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/aftersales/domain/platform_follow.h"
#include "services/aftersales/domain/platform_object_repository.h"

namespace redress::aftersales {

class PlatformFollower {
 public:
  virtual ~PlatformFollower() = default;

  // Whether the object has a case at all: a good rating has none.
  virtual bool WantsCase() const = 0;
  // Why no case can be opened yet: a code, and the reason in words. Empty when one can.
  struct Lack {
    std::string_view code;
    std::string_view words;
  };
  virtual Lack WhatIsMissing() const = 0;
  // `revision_possible` is the shop's rule for the order's platform.
  virtual CommandBody Opening(const LineFacts& line, std::uint64_t number,
                              bool revision_possible) const = 0;
  // Somebody's words that go with the event; empty for none.
  virtual std::string WordsOf(std::string_view event) const = 0;
  virtual std::optional<CommandBody> NextMove(const Case& now, const WasSent& was_sent,
                                              std::int64_t now_us) const = 0;
  virtual PlatformDifference DifferenceOf(const Case& now) const = 0;
  // Whether the case may come by itself to where the object has something to say.
  virtual bool LooksAgain(const Case& now) const = 0;
};

// Throws platform::FieldBroken where a stored object cannot be read any more.
std::unique_ptr<PlatformFollower> FollowerOf(const PlatformObject& object);

}  // namespace redress::aftersales
