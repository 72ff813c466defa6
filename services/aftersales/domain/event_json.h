#pragma once

// Events as JSON, in the field names of the API, for the step row: what people read in a history
// and what auditors hash. Free text is never in it.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

// Appends `"name":"text"` or `"name":number`, after a comma unless `members` is empty.
void AddMember(std::string& members, std::string_view name, std::string_view text);
void AddMember(std::string& members, std::string_view name, std::int64_t number);
void AddMember(std::string& members, std::string_view name, bool value);
// The same for `"name":["a","b"]`; nothing for an empty list.
void AddMember(std::string& members, std::string_view name,
               std::span<const std::string_view> texts);

// The same for a case's id; nothing for none.
void AddCase(std::string& members, std::string_view name, CaseId id);

// Members that name a linked case.
inline constexpr std::string_view kDisputeMember = "dispute_case_id";
inline constexpr std::string_view kRefundMember = "refund_case_id";
inline constexpr std::string_view kReviewMember = "review_case_id";
inline constexpr std::string_view kRepeatsMember = "repeats_case_id";
inline constexpr std::string_view kJoinsMember = "joins_case_id";

// The members of one event, without braces; empty for an event that carries nothing.
std::string MembersOf(const CaseEvent& event);

// Values as they are written, and back: nothing for a name that no version has written.
std::string_view NameOf(workflows::dispute::Channel channel);
std::optional<workflows::dispute::Channel> ChannelOf(std::string_view name);
std::string_view NameOf(workflows::dispute::OptionKind option);
std::optional<workflows::dispute::OptionKind> OptionKindOf(std::string_view name);
std::string_view NameOf(workflows::review::Rating rating);
std::optional<workflows::review::Rating> RatingOf(std::string_view name);
std::string_view NameOf(workflows::review::ContactChannel channel);
std::optional<workflows::review::ContactChannel> ContactChannelOf(std::string_view name);
std::string_view NameOf(workflows::review::Fault fault);
std::optional<workflows::review::Fault> FaultOf(std::string_view name);
std::string_view NameOf(workflows::review::OfferKind offer);
std::optional<workflows::review::OfferKind> OfferKindOf(std::string_view name);

}  // namespace redress::aftersales
