#pragma once

// One entry of a case's history: the row that is also the case's event. Never edited, never
// deleted. Steps of a case are chained: hash = SHA-256(previous hash ‖ canonical step).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "services/aftersales/domain/command.h"

namespace redress::aftersales {

struct Step {
  ShopId shop;
  CaseId case_id;
  std::uint32_t sequence = 0;
  std::string event;
  std::string from_state;  // empty for the opening step
  std::string to_state;
  std::int64_t applied_at = 0;
  workflows::ActorKind actor_kind = workflows::ActorKind::kPerson;
  AccountId actor;
  std::string client;
  std::uint32_t workflow_version = 0;
  Origin origin = Origin::kClient;
  std::string request_id;
  Digest digest{};
  std::string event_json;
  std::string deadline_rule;  // the rule that fired
  std::string text_digest;    // 32 bytes, empty without text
  AccountId assignee;         // when the step was applied
  std::string outcome;        // see CaseStepApplied
  std::int64_t settled_minor = 0;
  std::int64_t previous_at = 0;
  std::string snapshot;  // see snapshot.h
  Hash hash{};
};

// Names of steps that the engine takes beside the machine's events: the state stays.
inline constexpr std::string_view kOpenEvent = "open";
inline constexpr std::string_view kAssignEvent = "assign_case";
inline constexpr std::string_view kWarningEvent = "deadline_warning";
inline constexpr std::string_view kPlatformDeadlineEvent = "platform_deadline";
inline constexpr std::string_view kGoodsReportedEvent = "goods_reported";
inline constexpr std::string_view kCallPersonEvent = "call_person";
inline constexpr std::string_view kMarkNotReturnableEvent = "mark_not_returnable";
// A step that was taken elsewhere; see past_case.h.
inline constexpr std::string_view kImportedEvent = "imported";

std::string_view NameOf(workflows::ActorKind kind);

// The hash of `step` after `previous` (zeros before the first); step.hash is not read.
Hash ChainHash(const Hash& previous, const Step& step);

// The sequence of the first step that breaks the chain, or 0. `steps` is a case's whole history.
std::uint32_t VerifyChain(std::span<const Step> steps);

}  // namespace redress::aftersales
