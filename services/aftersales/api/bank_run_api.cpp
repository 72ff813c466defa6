#include "services/aftersales/api/bank_run_api.h"

#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/bank_run_file.h"
#include "services/platform/base/crash_point.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;

constexpr std::size_t kPieceBytes = 65'536;
constexpr std::size_t kStrangeLinesShown = 100;

static_assert(static_cast<int>(BankRunState::kDissolved) == v1::BankRunState_MAX);
static_assert(static_cast<int>(BankPaymentState::kLeftOut) == v1::BankPaymentState_MAX);
static_assert(static_cast<int>(BankLineOutcome::kAttention) == v1::BankLineOutcome_MAX);

void SetTimeUnlessNone(std::int64_t at_us, auto mutable_time) {
  if (at_us != 0) SetTime(at_us, *mutable_time());
}

void ToProto(const BankRun& from, v1::BankRun& to) {
  to.set_run_id(platform::ToString(from.id));
  to.set_run_number(from.number);
  to.set_state(static_cast<v1::BankRunState>(from.state));
  to.set_version(from.version);
  to.set_payments(from.payments);
  to.mutable_total()->set_currency_code(from.currency);
  to.mutable_total()->set_minor_units(from.total);
  to.set_left_out(from.left_out);
  to.set_waiting(from.Waiting());
  to.set_accepted(from.accepted);
  to.set_rejected(from.rejected);
  to.set_unknown(from.unknown);
  to.set_attention(from.attention);
  to.set_strange_lines(from.strange_lines);
  if (from.exported_at != 0) to.set_sha256(platform::Hex(from.file_digest));
  to.set_created_by(platform::ToString(from.created_by));
  SetTime(from.created_at, *to.mutable_create_time());
  SetTimeUnlessNone(from.exported_at, [&] { return to.mutable_export_time(); });
  SetTimeUnlessNone(from.handed_over_at, [&] { return to.mutable_hand_over_time(); });
  SetTimeUnlessNone(from.answer_due_at, [&] { return to.mutable_answer_due_time(); });
  SetTime(from.updated_at, *to.mutable_update_time());
}

void ToProto(const BankPayment& from, const std::string& currency, v1::BankRunPayment& to) {
  to.set_position(from.position);
  to.set_reference(ReferenceOf(from));
  to.set_case_id(platform::ToString(from.case_id));
  to.set_case_number(from.case_number);
  to.set_attempt(from.attempt);
  to.mutable_amount()->set_currency_code(currency);
  to.mutable_amount()->set_minor_units(from.amount);
  to.set_order_id(platform::ToString(from.order));
  to.set_platform(from.platform);
  to.set_order_number(from.order_number);
  to.set_state(static_cast<v1::BankPaymentState>(from.state));
  to.set_bank_reference(from.bank_reference);
  to.set_reason(from.reason);
  to.set_attention(from.attention);
  to.set_attention_detail(from.attention_detail);
  SetTimeUnlessNone(from.answered_at, [&] { return to.mutable_answer_time(); });
}

void ToProto(const BankLineVerdict& from, v1::BankLineResult& to) {
  to.set_line(from.line);
  to.set_outcome(static_cast<v1::BankLineOutcome>(from.outcome));
  to.set_reference(platform::Utf8Length(from.reference) ? from.reference : "");
  to.set_case_id(platform::ToString(from.case_id));
  to.set_case_number(from.case_number);
  to.set_column(from.column);
  to.set_problem(from.problem);
  to.set_remedy(from.remedy);
}

void ToProto(const StrangeBankLine& from, v1::StrangeBankLine& to) {
  to.set_line(from.line);
  to.set_reference(from.reference);
  to.set_amount(from.amount);
  to.set_currency_code(from.currency);
  to.set_result(from.result);
  to.set_bank_reference(from.bank_reference);
  SetTime(from.created_at, *to.mutable_create_time());
}

BankRun Existing(BankRunRepository& rows, const Call& call, const std::string& id) {
  const auto found = rows.Find(call.caller.shop, ParseId<BankRunId>(id, "run_id"));
  if (!found) throw platform::NotFound("bank run", id);
  return *found;
}

}  // namespace

grpc::ServerUnaryReactor* BankRunApi::CreateBankRun(grpc::CallbackServerContext* context,
                                                    const v1::CreateBankRunRequest* request,
                                                    v1::CreateBankRunResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::CreateBankRunRequest& request,
             v1::CreateBankRunResponse& response) {
        ToProto(runs_.Create(call.caller.shop,
                             {.currency = request.currency_code(),
                              .most = request.max_payments(),
                              .most_minor = request.max_total_minor(),
                              .by = call.caller.account},
                             commands_.MakeWrite(call, request.request_id(), request)),
                *response.mutable_run());
      });
}

grpc::ServerUnaryReactor* BankRunApi::GetBankRun(grpc::CallbackServerContext* context,
                                                 const v1::GetBankRunRequest* request,
                                                 v1::GetBankRunResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::GetBankRunRequest& request,
                                v1::GetBankRunResponse& response) {
                           const BankRun run = Existing(rows_, call, request.run_id());
                           ToProto(run, *response.mutable_run());
                           if (run.strange_lines == 0) return;
                           for (const StrangeBankLine& line :
                                rows_.StrangeLines(run.shop, run.id, kStrangeLinesShown)) {
                             ToProto(line, *response.add_strange_lines());
                           }
                         });
}

grpc::ServerUnaryReactor* BankRunApi::ListBankRuns(grpc::CallbackServerContext* context,
                                                   const v1::ListBankRunsRequest* request,
                                                   v1::ListBankRunsResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::ListBankRunsRequest& request,
                                v1::ListBankRunsResponse& response) {
                           BankRunQuery query;
                           query.shop = call.caller.shop;
                           if (request.state() != v1::BANK_RUN_STATE_UNSPECIFIED) {
                             query.state = static_cast<BankRunState>(request.state());
                           }
                           const platform::PageQuery page("ListBankRuns", query.shop,
                                                          {std::to_string(request.state())});
                           if (const auto after = page.Decode(request.page_token(), 1))
                             query.before = {after->at(0)};
                           const std::size_t size = platform::PageSize(request.page_size());
                           query.limit = size + 1;
                           std::vector<BankRun> found = rows_.List(query);
                           if (found.size() > size) {
                             found.pop_back();
                             response.set_next_page_token(page.Encode({found.back().id.value}));
                           }
                           for (const BankRun& run : found) ToProto(run, *response.add_runs());
                         });
}

grpc::ServerUnaryReactor* BankRunApi::ListBankRunPayments(
    grpc::CallbackServerContext* context, const v1::ListBankRunPaymentsRequest* request,
    v1::ListBankRunPaymentsResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::ListBankRunPaymentsRequest& request,
                                v1::ListBankRunPaymentsResponse& response) {
                           const BankRun run = Existing(rows_, call, request.run_id());
                           BankPaymentQuery query;
                           query.shop = run.shop;
                           query.run = run.id;
                           if (request.state() != v1::BANK_PAYMENT_STATE_UNSPECIFIED) {
                             query.state = static_cast<BankPaymentState>(request.state());
                           }
                           query.attention_only = request.attention_only();
                           const platform::PageQuery page(
                               "ListBankRunPayments", run.shop,
                               {request.run_id(), std::to_string(request.state()),
                                query.attention_only ? "attention" : ""});
                           if (const auto after = page.Decode(request.page_token(), 1)) {
                             query.after = static_cast<std::uint32_t>(after->at(0));
                           }
                           const std::size_t size = platform::PageSize(request.page_size());
                           query.limit = size + 1;
                           std::vector<BankPayment> found = rows_.Payments(query);
                           if (found.size() > size) {
                             found.pop_back();
                             response.set_next_page_token(page.Encode({found.back().position}));
                           }
                           for (const BankPayment& one : found)
                             ToProto(one, run.currency, *response.add_payments());
                         });
}

grpc::ServerWriteReactor<v1::ExportBankRunResponse>* BankRunApi::ExportBankRun(
    grpc::CallbackServerContext* context, const v1::ExportBankRunRequest* request) {
  return guard_.Streaming<v1::ExportBankRunResponse>(
      context, request,
      [this](const Call& call, const v1::ExportBankRunRequest& request,
             platform::StreamWriter<v1::ExportBankRunResponse>& writer) {
        const BankRuns::File file =
            runs_.Export(call.caller.shop, ParseId<BankRunId>(request.run_id(), "run_id"));
        for (std::size_t at = 0; at < file.content.size(); at += kPieceBytes) {
          platform::CrashPoint(platform::kWhileExporting);
          v1::ExportBankRunResponse piece;
          piece.set_content(file.content.substr(at, kPieceBytes));
          if (at == 0) {
            ToProto(file.run, *piece.mutable_run());
            piece.set_file_name(BankRunFileName(file.run));
          }
          if (!writer.Write(piece)) return;
        }
      });
}

grpc::ServerUnaryReactor* BankRunApi::HandOverBankRun(grpc::CallbackServerContext* context,
                                                      const v1::HandOverBankRunRequest* request,
                                                      v1::HandOverBankRunResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::HandOverBankRunRequest& request,
             v1::HandOverBankRunResponse& response) {
        ToProto(runs_.HandOver(call.caller.shop, ParseId<BankRunId>(request.run_id(), "run_id"),
                               request.version(), request.despite_called_off(),
                               commands_.MakeWrite(call, request.request_id(), request)),
                *response.mutable_run());
      });
}

grpc::ServerUnaryReactor* BankRunApi::ImportBankResults(grpc::CallbackServerContext* context,
                                                        const v1::ImportBankResultsRequest* request,
                                                        v1::ImportBankResultsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ImportBankResultsRequest& request,
             v1::ImportBankResultsResponse& response) {
        const auto id = ParseId<BankRunId>(request.run_id(), "run_id");
        const auto lines =
            ReadBankResults(request.text(), request.first_line() == 0 ? 2 : request.first_line());
        const BankRuns::Imported imported = runs_.Import(call.caller.shop, id, lines);
        for (const BankLineVerdict& line : imported.lines) ToProto(line, *response.add_lines());
        ToProto(imported.run, *response.mutable_run());
      });
}

grpc::ServerUnaryReactor* BankRunApi::DissolveBankRun(grpc::CallbackServerContext* context,
                                                      const v1::DissolveBankRunRequest* request,
                                                      v1::DissolveBankRunResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::DissolveBankRunRequest& request,
             v1::DissolveBankRunResponse& response) {
        ToProto(runs_.Dissolve(call.caller.shop, ParseId<BankRunId>(request.run_id(), "run_id"),
                               request.version(),
                               commands_.MakeWrite(call, request.request_id(), request)),
                *response.mutable_run());
      });
}

}  // namespace redress::aftersales
