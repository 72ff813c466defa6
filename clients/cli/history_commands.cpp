#include <redress/aftersales/v1/case_service.pb.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/progress.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"
#include "clients/cpp/text.h"

// `case show`, now or at a moment of the past, and `case verify`.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

constexpr const char* kAdvice =
    "A finding means that rows were changed beside the program. The case can still be worked;\n"
    "compare the step with a backup, and look for who may write to the database.\n";

struct ShowOptions {
  std::string case_text;
  std::string at;
  std::uint32_t step = 0;
};

void Show(Context& context, const ShowOptions& options) {
  const aftersales::GetCaseRequest key = CaseKey(options.case_text);
  if (options.at.empty() && options.step == 0) {
    const auto now = context.account().Call<aftersales::GetCaseResponse>(key);
    context.Print(now, AnswerText(now, "", {}, context.locale()));
    return;
  }
  aftersales::GetCaseAtRequest request;
  if (key.case_id().empty()) {
    request.set_case_number(key.case_number());
  } else {
    request.set_case_id(key.case_id());
  }
  if (options.step != 0) {
    request.set_sequence(options.step);
  } else {
    try {
      SetField(request, "at_time", options.at, context.locale());
    } catch (const UsageError& error) {
      throw UsageError(std::string("--at: ") + error.what());
    }
  }
  const auto past = context.account().Call<aftersales::GetCaseAtResponse>(request);
  context.Print(past, AnswerText(past, "", {}, context.locale()));
}

std::string NameOf(const aftersales::CaseVerification& one) {
  return one.case_number() == 0 ? "case " + one.case_id()
                                : "case #" + std::to_string(one.case_number());
}

std::string Count(std::uint64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string FindingsText(const aftersales::CaseVerification& one) {
  std::string text = NameOf(one) + ": " +
                     Count(static_cast<std::uint64_t>(one.findings_size()), "finding") +
                     (one.more_findings() ? " and more" : "") + "\n";
  Table table({"STEP", "FIELD", "EXPECTED", "FOUND"});
  for (const auto& finding : one.findings()) {
    table.Add({finding.sequence() == 0 ? "case" : std::to_string(finding.sequence()),
               finding.field(), finding.expected(), finding.found()});
  }
  return text + table.Text();
}

std::string VerificationText(const aftersales::CaseVerification& one) {
  std::string text = one.intact() ? NameOf(one) + ": intact\n" : FindingsText(one) + kAdvice;
  text += Count(one.steps(), "step") + ", " + std::to_string(one.steps_replayed()) +
          " taken once more; " + Count(one.texts_checked(), "text") + " compared";
  if (one.texts_unreadable() > 0) {
    text += ", " + std::to_string(one.texts_unreadable()) + " erased or no longer kept";
  }
  text += "\n";
  if (one.unproved_fields_size() > 0) {
    const std::vector<std::string> fields(one.unproved_fields().begin(),
                                          one.unproved_fields().end());
    text += "begun before opening steps recorded " + client::Join(fields, ", ") +
            ": its history does not vouch for these\n";
  }
  return text + "last hash " + one.last_hash() + "\n";
}

void VerifyOne(Context& context, const std::string& text) {
  aftersales::VerifyCaseRequest request;
  request.set_case_id(CaseId(context, text));
  const auto answer = context.account().Call<aftersales::VerifyCaseResponse>(request);
  context.has_findings = !answer.verification().intact();
  context.Print(answer, VerificationText(answer.verification()));
}

// Prints the cases with findings, as they come, and counts the others.
void VerifyAll(Context& context) {
  Progress progress(context.err(), "cases");
  std::uint64_t cases = 0;
  std::uint64_t steps = 0;
  std::uint64_t altered = 0;
  aftersales::VerifyCasesRequest request;
  do {
    const auto page = context.account().Call<aftersales::VerifyCasesResponse>(request);
    std::string text;
    for (const auto& one : page.verifications()) {
      ++cases;
      steps += one.steps();
      if (one.intact()) continue;
      ++altered;
      text += FindingsText(one);
    }
    if (context.json || !text.empty()) context.Print(page, text);
    progress.Report(cases);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  progress.End();
  context.has_findings = altered > 0;
  if (context.json) return;
  if (altered > 0) {
    context.out() << std::to_string(altered) << " of " << Count(cases, "case") << " with findings ("
                  << Count(steps, "step") << ")\n"
                  << kAdvice;
  } else {
    context.out() << Count(cases, "case") << ", " << Count(steps, "step") << ": all intact\n";
  }
}

struct VerifyOptions {
  std::string case_text;
  bool all = false;
};

}  // namespace

void AddShowCommand(CLI::App& case_group, Context& context) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* show =
      case_group.add_subcommand("show", "Show a case and what you may do with it, or how it was");
  show->add_option("case", options->case_text, kCaseHelp)->required()->type_name("CASE");
  CLI::Option* at =
      show->add_option("--at", options->at,
                       "As it was then: 2026-11-22, '2026-11-22 13:45' in the shop's zone, or RFC "
                       "3339")
          ->type_name("TIME");
  show->add_option("--after-step", options->step, "As this step left it, counted from 1")
      ->check(CLI::PositiveNumber)
      ->excludes(at)
      ->type_name("N");
  show->callback([&context, options] { Show(context, *options); });
}

void AddVerifyCommand(CLI::App& case_group, Context& context) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* verify = case_group.add_subcommand(
      "verify", "Check that a case's history was not altered and leads to the case as it is");
  verify->footer(
      "Ends with exit code 4 where something was found. The hashes of a history have no key: note\n"
      "the last hash elsewhere to know a history that was rewritten as a whole.");
  CLI::Option* one = verify->add_option("case", options->case_text, kCaseHelp)->type_name("CASE");
  verify->add_flag("--all", options->all, "All cases of the shop")->excludes(one);
  verify->callback([&context, options] {
    if (options->all) {
      VerifyAll(context);
    } else if (options->case_text.empty()) {
      throw UsageError("case verify: name a case, or --all for every case of the shop");
    } else {
      VerifyOne(context, options->case_text);
    }
  });
}

}  // namespace redress::cli
