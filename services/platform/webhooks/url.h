#pragma once

#include <string>

namespace redress::platform {

// Throws InvalidField for `field` unless the text is an address that a webhook may have: https with
// a host, without user and fragment, at most 2,000 characters. `allow_http`: http as well, but only
// to this machine.
void CheckWebhookUrl(const std::string& text, const std::string& field, bool allow_http);

}  // namespace redress::platform
