// The [identity] section of the deployment's configuration.
#pragma once

#include <vector>

#include "services/identity/domain/password_hasher.h"
#include "services/identity/domain/sessions.h"
#include "services/identity/domain/signing_keys.h"
#include "services/platform/config/config.h"
#include "services/platform/server/executor.h"

namespace redress::identity {

std::vector<platform::ConfigKey> IdentityConfigKeys();

// Throw platform::ConfigError for numbers out of range.
PasswordHasher::Cost PasswordCostFrom(const platform::Config& config);
KeyPolicy KeyPolicyFrom(const platform::Config& config);
Sessions::Options SessionOptionsFrom(const platform::Config& config);
platform::Executor::Options LogInExecutorFrom(const platform::Config& config);

}  // namespace redress::identity
