#include "services/platform/events/nats_connection.h"

#include <nats/nats.h>

#include <fstream>
#include <stdexcept>

#include "services/platform/config/config.h"
#include "services/platform/telemetry/log.h"

namespace redress::platform {
namespace {

constexpr int kReconnectBufferBytes = 1 << 20;
constexpr std::int64_t kReconnectWaitMs = 200;
constexpr std::int64_t kPingIntervalMs = 5'000;

struct OptionsDeleter {
  void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
};

void Check(natsStatus status, const char* what) {
  if (status != NATS_OK) {
    throw std::runtime_error(std::string("cannot set up the connection to the bus (") + what +
                             "): " + natsStatus_GetText(status));
  }
}

std::string ReadPassword(const std::string& file) {
  std::ifstream in(file);
  std::string password;
  if (!std::getline(in, password)) {
    throw std::runtime_error("cannot read the bus password from " + file);
  }
  return password;
}

std::string UrlOf(natsConnection* connection) {
  char url[256] = "";
  return natsConnection_GetConnectedUrl(connection, url, sizeof(url)) == NATS_OK ? url : "";
}

void OnConnected(natsConnection* connection, void*) {
  LogInfo("connected to the bus", {{"url", UrlOf(connection)}});
}
void OnDisconnected(natsConnection*, void*) { LogWarning("lost the bus; trying to reconnect"); }
// Without a handler the library prints asynchronous errors to stderr.
void OnError(natsConnection*, natsSubscription*, natsStatus status, void*) {
  LogWarning("the bus reports an error", {{"error", natsStatus_GetText(status)}});
}

}  // namespace

NatsConfig NatsConfigOf(const Config& config, const std::string& service) {
  NatsConfig nats;
  nats.url = config.String("nats.url");
  nats.name = service;
  nats.user = config.String("nats.user");
  if (config.Has("nats.password_file")) nats.password_file = config.Path("nats.password_file");
  if (nats.url.starts_with("tls://")) nats.ca_file = config.Path("tls.ca_file");
  return nats;
}

NatsConnection::NatsConnection(const NatsConfig& config) {
  natsOptions* raw = nullptr;
  Check(natsOptions_Create(&raw), "options");
  const std::unique_ptr<natsOptions, OptionsDeleter> options(raw);
  Check(natsOptions_SetURL(raw, config.url.c_str()), "url");
  Check(natsOptions_SetName(raw, config.name.c_str()), "name");
  if (!config.user.empty()) {
    const std::string password = ReadPassword(config.password_file);
    Check(natsOptions_SetUserInfo(raw, config.user.c_str(), password.c_str()), "user");
  }
  if (!config.ca_file.empty()) {
    Check(natsOptions_SetSecure(raw, true), "TLS");
    Check(natsOptions_LoadCATrustedCertificates(raw, config.ca_file.c_str()), "CA file");
  }
  Check(natsOptions_SetMaxReconnect(raw, -1), "reconnects");
  Check(natsOptions_SetReconnectWait(raw, kReconnectWaitMs), "reconnect wait");
  Check(natsOptions_SetReconnectJitter(raw, kReconnectWaitMs / 2, kReconnectWaitMs / 2), "jitter");
  Check(natsOptions_SetReconnectBufSize(raw, kReconnectBufferBytes), "reconnect buffer");
  Check(natsOptions_SetFailRequestsOnDisconnect(raw, true), "requests");
  Check(natsOptions_SetPingInterval(raw, kPingIntervalMs), "ping interval");
  Check(natsOptions_SetRetryOnFailedConnect(raw, true, OnConnected, nullptr), "retry");
  Check(natsOptions_SetReconnectedCB(raw, OnConnected, nullptr), "reconnected");
  Check(natsOptions_SetDisconnectedCB(raw, OnDisconnected, nullptr), "disconnected");
  Check(natsOptions_SetErrorHandler(raw, OnError, nullptr), "errors");
  const natsStatus status = natsConnection_Connect(&connection_, raw);
  if (status != NATS_NOT_YET_CONNECTED) Check(status, "connect");
}

NatsConnection::~NatsConnection() { natsConnection_Destroy(connection_); }

bool NatsConnection::Connected() const {
  return natsConnection_Status(connection_) == NATS_CONN_STATUS_CONNECTED;
}

}  // namespace redress::platform
