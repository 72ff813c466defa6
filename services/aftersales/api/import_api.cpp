#include "services/aftersales/api/import_api.h"

#include <vector>

#include "services/aftersales/api/assignees.h"
#include "services/platform/base/errors.h"
#include "services/platform/rules/field_rules.h"

namespace redress::aftersales {

using platform::Call;

AgentAccounts ImportApi::AccountsOf(ShopId shop, const v1::ImportCasesRequest& request) const {
  AgentAccounts accounts;
  for (int i = 0; i < request.agents_size(); ++i) {
    const std::string where = "agents[" + std::to_string(i) + "].account_id";
    const auto account = platform::ParseId<AccountId>(request.agents(i).account_id(), where);
    if (!WorksCases(uses_.directory, shop, account)) {
      throw platform::NotFound("account", request.agents(i).account_id());
    }
    accounts[request.agents(i).name()] = account;
  }
  return accounts;
}

grpc::ServerUnaryReactor* ImportApi::ImportCases(grpc::CallbackServerContext* context,
                                                 const v1::ImportCasesRequest* request,
                                                 v1::ImportCasesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ImportCasesRequest& asked,
             v1::ImportCasesResponse& answer) {
        const ShopId shop = call.caller.shop;
        const AgentAccounts accounts = AccountsOf(shop, asked);
        // Field rules first: a broken case is answered for itself and never reaches the domain.
        std::vector<PastImport::Item> items;
        items.reserve(static_cast<std::size_t>(asked.cases_size()));
        for (const v1::ImportedCase& one : asked.cases()) {
          const auto violations = platform::FindViolations(one);
          if (violations.empty()) {
            items.emplace_back(FromProto(shop, one, accounts, uses_.sealer));
          } else {
            items.emplace_back(violations.front());
          }
        }
        for (const PastResult& result :
             uses_.past.Import(shop, items, asked.validate_only(), call.expires)) {
          ToProto(result, *answer.add_cases());
        }
      });
}

}  // namespace redress::aftersales
