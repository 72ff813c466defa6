#pragma once

#include "clients/cli/context.h"

namespace CLI {
class App;
}

namespace redress::cli {

// Each adds its commands to the program; the context has to outlive it.
void AddSessionCommands(CLI::App& program, Context& context);
void AddAgentCommands(CLI::App& program, Context& context);
void AddShopCommands(CLI::App& program, Context& context);
void AddImportCommands(CLI::App& program, Context& context);
void AddCustomerCommands(CLI::App& program, Context& context);
void AddPersonCommands(CLI::App& customer_group, Context& context);
void AddOrderCommands(CLI::App& program, Context& context);
void AddOrderWorkCommands(CLI::App& order_group, Context& context);
void AddProductCommands(CLI::App& program, Context& context);
void AddCaseCommands(CLI::App& program, Context& context);
// `kind` names the member of ApplyStepRequest that has the events.
void AddStepCommands(CLI::App& group, Context& context, const std::string& kind);
void AddShowCommand(CLI::App& case_group, Context& context);
void AddQueueCommands(CLI::App& case_group, Context& context);
void AddVerifyCommand(CLI::App& case_group, Context& context);
void AddWarehouseCommands(CLI::App& program, Context& context);
void AddSettlementCommands(CLI::App& program, Context& context);
void AddCategoryCommands(CLI::App& program, Context& context);
void AddCompensationCommands(CLI::App& program, Context& context);
void AddBankRunCommands(CLI::App& settlement_group, Context& context);
void AddPlatformCommands(CLI::App& program, Context& context);
void AddWorkflowCommands(CLI::App& program, Context& context);
void AddWorkflowCheckCommand(CLI::App& workflow_group, Context& context);
void AddDeadlineCommands(CLI::App& program, Context& context);
void AddDueCommands(CLI::App& case_group, Context& context);
void AddScanCommand(CLI::App& case_group, Context& context);
void AddWebhookCommands(CLI::App& program, Context& context);
void AddPhraseCommands(CLI::App& program, Context& context);
void AddMessageCommands(CLI::App& program, Context& context);
void AddNotificationCommands(CLI::App& program, Context& context);
// Keys, retention, and what is added to `customer` and `order`, which are there already.
void AddPrivacyCommands(CLI::App& program, Context& context);
void AddConversationCommands(CLI::App& program, Context& context);
void AddFigureCommands(CLI::App& program, Context& context);
void AddTagCommands(CLI::App& program, Context& context);
void AddSegmentCommands(CLI::App& program, Context& context);
void AddCareCommands(CLI::App& program, Context& context);
void AddNoteCommands(CLI::App& program, Context& context);
void AddSearchCommand(CLI::App& program, Context& context);

}  // namespace redress::cli
