#include "services/scoring/domain/facts.h"

#include <stdexcept>

namespace redress::scoring {
namespace {

constexpr std::string_view kOrderName = "order";
constexpr std::string_view kAftersalesName = "aftersales";

}  // namespace

std::string_view SourceName(Source source) {
  return source == Source::kOrder ? kOrderName : kAftersalesName;
}

Source SourceOfName(std::string_view name) {
  if (name == kOrderName) return Source::kOrder;
  if (name == kAftersalesName) return Source::kAftersales;
  throw std::invalid_argument("scoring reads no events of " + std::string(name));
}

}  // namespace redress::scoring
