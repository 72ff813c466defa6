#pragma once

// The places where a test can kill a process exactly (see crash_point.h).

namespace redress::platform {

inline constexpr const char kBeforeCommit[] = "before_commit";
inline constexpr const char kAfterCommitBeforeAnswer[] = "after_commit_before_answer";
inline constexpr const char kAfterPublishBeforeMark[] = "after_publish_before_mark";
inline constexpr const char kAfterApplyBeforeAck[] = "after_apply_before_ack";
inline constexpr const char kAfterMigrationBeforeRecord[] = "after_migration_before_record";

}  // namespace redress::platform
