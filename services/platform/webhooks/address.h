#pragma once

// Which addresses a webhook may go to. Whoever sets an endpoint's address could otherwise make this
// process talk to what only it can reach: its own machine, its network, a cloud's metadata.

struct sockaddr;

namespace redress::platform {

// Whether the address is one of the internet's: not loopback, private, link-local, shared,
// multicast, reserved or set aside for documentation. IPv6 forms that carry an IPv4 address are
// judged by that. Anything but IPv4 and IPv6 is not.
bool IsPublicAddress(const sockaddr& address);

// Whether it is this machine's loopback.
bool IsLoopbackAddress(const sockaddr& address);

}  // namespace redress::platform
