#pragma once

// Imported cases between the contract and the domain.

#include <map>
#include <string>

#include "redress/aftersales/v1/import_service.pb.h"
#include "services/aftersales/domain/past_import.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

// Accounts by the agents' names in the source.
using AgentAccounts = std::map<std::string, AccountId>;

// The digest covers texts by their keyed hash: a plain digest of what somebody wrote could be
// guessed.
PastCase FromProto(ShopId shop, const v1::ImportedCase& from, const AgentAccounts& accounts,
                   platform::Sealer& sealer);
void ToProto(const PastResult& from, v1::CaseImportResult& to);

}  // namespace redress::aftersales
