#pragma once

// What a platform has said of one object, field by field. Pushes arrive repeated, in any order and
// in parts; each field keeps its newest value, so that merging is the same whatever came first:
// Merge is commutative, associative and idempotent.
//
// Beside the platform's own fields stand notes of ours (their names begin with '#'): what an
// earlier word said that a later one no longer shows.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace redress::aftersales {

struct PlatformField {
  std::int64_t version = 0;  // of the push that said it; milliseconds
  std::string written;       // the value as JSON, as it came
};

using PlatformFields = std::map<std::string, PlatformField, std::less<>>;

// Notes: once true, always true.
inline constexpr std::string_view kNoteAgreed = "#agreed";          // the return was agreed to
inline constexpr std::string_view kNoteSent = "#sent";              // the buyer has sent the goods
inline constexpr std::string_view kNoteIntervened = "#intervened";  // the platform stepped in
// "true" or "false", the newest word decides.
inline constexpr std::string_view kNoteExchange = "#exchange";
inline constexpr std::string_view kNoteRemoved = "#removed";  // a rating that was taken away
// Before the version of an object that said what a buyer gave: "#given:0001714953600000".
inline constexpr std::string_view kNoteGiven = "#given:";
// Before what no table of ours knows: "#unknown:status=NEW_STATUS".
inline constexpr std::string_view kNoteUnknown = "#unknown:";

inline bool IsNote(std::string_view field) { return field.starts_with('#'); }

// Most fields and notes of one object.
inline constexpr std::size_t kMostPlatformFields = 600;

// A field's newest value wins; of equally new ones the greater text, so that order does not matter.
// A status that ends the refund absorbs: it yields only to one that ended it earlier.
void Merge(const PlatformFields& pushed, PlatformFields& known);

// The newest version of any field; 0 for none.
std::int64_t VersionOf(const PlatformFields& fields);

// As bytes, to be sealed.
std::string EncodeFields(const PlatformFields& fields);
PlatformFields DecodeFields(std::string_view bytes);

}  // namespace redress::aftersales
