#pragma once

// Takes in what a platform says of refunds and ratings, and has their cases follow. What was pushed
// is answered once it is stored; the cases follow right after, by ordinary commands of origin
// `platform`, and what cannot be followed yet (an order that is not there) is tried again later and
// when the order arrives. Nothing pushed is dropped.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/platform_follow.h"
#include "services/aftersales/domain/platform_object_repository.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

struct PushResult {
  std::size_t body = 0;
  std::string key;
  PushOutcome outcome = PushOutcome::kNothingNew;
  std::string field;
  std::string problem;  // and the remedy; set when it was refused
};

class PlatformObjects {
 public:
  struct Options {
    std::size_t at_once = 128;  // objects followed in one round
  };
  struct Uses {
    PlatformObjectRepository& refunds;
    PlatformLines& lines;
    CaseRepository& cases;
    CaseNumbers& numbers;
    CaseEngine& engine;
    PolicySource& policies;
    const platform::Clock& clock;
  };
  PlatformObjects(Options options, Uses uses) : options_(options), uses_(uses) {}

  // One result per object, in the order in which they stand in the bodies.
  std::vector<PushResult> Push(ShopId shop, PlatformObjectKind kind, const std::string& platform,
                               const std::vector<std::string_view>& bodies);

  // Lets cases follow what is due. True when there may be more.
  bool Round();

  // Called after something was stored that is due at once.
  void OnNews(std::function<void()> wake) { wake_ = std::move(wake); }

 private:
  const Options options_;
  const Uses uses_;
  std::function<void()> wake_;
};

}  // namespace redress::aftersales
