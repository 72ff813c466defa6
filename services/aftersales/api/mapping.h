#pragma once

// Rows of the domain as messages of the API. Times are UTC; ids are decimal strings, "" for none.

#include "redress/aftersales/v1/case.pb.h"
#include "redress/aftersales/v1/case_history.pb.h"
#include "redress/aftersales/v1/case_links.pb.h"
#include "redress/aftersales/v1/dispute_events.pb.h"
#include "redress/aftersales/v1/refund_events.pb.h"
#include "redress/aftersales/v1/review_events.pb.h"
#include "redress/aftersales/v1/settlement_service.pb.h"
#include "redress/aftersales/v1/warehouse_service.pb.h"
#include "redress/aftersales/v1/workflow_service.pb.h"
#include "redress/common/v1/money.pb.h"
#include "services/aftersales/domain/case_links.h"
#include "services/aftersales/domain/command.h"
#include "services/aftersales/domain/history_check.h"
#include "services/aftersales/domain/step.h"
#include "services/aftersales/domain/task_repository.h"
#include "workflows/machine/machine.h"

namespace redress::aftersales {

void ToProto(const Case& from, v1::Case& to);
void ToProto(const LinkedCase& from, v1::LinkedCase& to);
void ToProto(const CaseAsk& from, v1::CaseAsk& to);
void ToProto(const PriorityReason& from, v1::PriorityReason& to);
// Hashes are of this step and the one before it; the text is set by those who may read it.
void ToProto(const Step& from, const Hash& previous, v1::Step& to);
void ToProto(const HistoryReport& from, v1::CaseVerification& to);
void ToProto(const WarehouseTask& from, v1::WarehouseTask& to);
void ToProto(const UnexpectedGoods& from, v1::UnexpectedGoods& to);
void ToProto(const Settlement& from, v1::Settlement& to);
void ToProto(const workflows::Workflow& from, v1::Workflow& to);
// A WorkflowSet of all machines as compiled, as JSON.
std::string DescribeMachines();

// The machine's event. Members that the machine does not decide on go to `details`, as JSON.
workflows::refund::RefundEvent ToEvent(const v1::RefundEvent& from, std::string& details);
workflows::dispute::DisputeEvent ToEvent(const v1::DisputeEvent& from, std::string& details);
workflows::review::ReviewEvent ToEvent(const v1::ReviewEvent& from, std::string& details);
// Throws InvalidField for a channel that is none.
workflows::dispute::Channel ToChannel(v1::DisputeChannel from);
// Throws InvalidField for a variant without a machine.
workflows::refund::Variant ToVariant(v1::RefundVariant from, std::string_view field);
TaskReport ToReport(const v1::ReportTaskRequest& from);

void SetMoney(const std::string& currency, std::int64_t minor, common::v1::Money& to);
void SetTime(std::int64_t at_us, google::protobuf::Timestamp& to);
std::int64_t TimeOf(const google::protobuf::Timestamp& from);

}  // namespace redress::aftersales
