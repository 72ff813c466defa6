#pragma once

// Finds and cuts the socket of a session, for injected faults: the driver does not show it.

#include <cstdint>
#include <functional>

#include "services/platform/database/database_config.h"

namespace redress::platform {

// Runs open and answers the descriptor of the one socket to this server that appeared meanwhile;
// -1 when there was none. Openings are kept apart from each other.
int SocketOpenedBy(const DatabaseConfig& config, const std::function<void()>& open);

// Nothing is sent or received from now on; the server sees the end of the connection.
void CutSocket(int socket);
// What the server answers from now on is lost, what it is sent still arrives.
void CutAnswers(int socket);

}  // namespace redress::platform
