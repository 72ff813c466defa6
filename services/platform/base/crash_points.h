#pragma once

// The places where a test can kill a process exactly (see crash_point.h).

namespace redress::platform {

// Any transaction.
inline constexpr const char kBeforeCommit[] = "before_commit";
inline constexpr const char kAfterCommitBeforeAnswer[] = "after_commit_before_answer";
// A batch: some of its callers have their answer, the others have not.
inline constexpr const char kWhileAnswering[] = "while_answering";
// A subject's key is made in the transaction of the first field that it seals.
inline constexpr const char kAfterKeyBeforeSealing[] = "after_key_before_sealing";
// A rotation of a shop's key: a batch is wrapped anew, and not committed.
inline constexpr const char kAfterRewrapBeforeCommit[] = "after_rewrap_before_commit";
// An erasure: a service has destroyed what it kept, and the customer service was not told.
inline constexpr const char kAfterErasingBeforeConfirming[] = "after_erasing_before_confirming";
// Events, from their commit to their consumer.
inline constexpr const char kAfterOutboxBeforeCommit[] = "after_outbox_before_commit";
inline constexpr const char kAfterPublishBeforeMark[] = "after_publish_before_mark";
inline constexpr const char kAfterApplyBeforeAck[] = "after_apply_before_ack";
inline constexpr const char kAfterFillingBeforeRecord[] = "after_filling_before_record";
// Deadlines that are due stand in the queue of commands.
inline constexpr const char kWithTimersQueued[] = "with_timers_queued";
// A bank run: its file is half sent; results are recorded and their cases not told; a case was told
// and that is not noted.
inline constexpr const char kWhileExporting[] = "while_exporting";
inline constexpr const char kAfterResultsBeforeTelling[] = "after_results_before_telling";
inline constexpr const char kAfterStepBeforeMark[] = "after_step_before_mark";
// Linked cases: what is asked of one is claimed and not done; a refund is opened and not granted.
inline constexpr const char kWithAsksClaimed[] = "with_asks_claimed";
inline constexpr const char kAfterOpeningBeforeGrant[] = "after_opening_before_grant";
// Webhooks: an event is claimed and not sent; it was sent and that is not recorded; it is recorded.
inline constexpr const char kWithWebhookClaimed[] = "with_webhook_claimed";
inline constexpr const char kAfterPostBeforeRecord[] = "after_post_before_record";
inline constexpr const char kAfterWebhookRecord[] = "after_webhook_record";
// A message: the channel has it, and that is not recorded.
inline constexpr const char kAfterMessageBeforeMark[] = "after_message_before_mark";
// Identity: a refresh token is replaced, its successor not sent; a change of the directory.
inline constexpr const char kAfterRotationBeforeAnswer[] = "after_rotation_before_answer";
inline constexpr const char kAfterDirectoryBeforeCommit[] = "after_directory_before_commit";
inline constexpr const char kAfterMigrationBeforeRecord[] = "after_migration_before_record";

}  // namespace redress::platform
