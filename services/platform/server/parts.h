#pragma once

#include <grpcpp/impl/service_type.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/access/directory.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/config/config.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"
#include "services/platform/server/channel.h"
#include "services/platform/server/guard.h"
#include "services/platform/telemetry/metrics.h"

namespace redress::platform {

// Objects of any kind, destroyed in the reverse order of their making.
class OwnedObjects {
 public:
  OwnedObjects() = default;
  OwnedObjects(OwnedObjects&&) = default;
  ~OwnedObjects() { Clear(); }

  void Add(std::shared_ptr<void> object) { objects_.push_back(std::move(object)); }
  void Clear() {
    while (!objects_.empty()) objects_.pop_back();
  }

 private:
  std::vector<std::shared_ptr<void>> objects_;
};

// What ServiceMain has made ready when it calls a service's `build`; lives until the process ends.
struct Parts {
  const std::string& service;
  const Config& config;
  Clock& clock;
  Pool& pool;
  IdSource& ids;
  Sealer& sealer;
  Directory& directory;
  TokenVerifier& verifier;
  Guard& guard;
  Metrics& metrics;
  Channels& channels;

  // mTLS channel to another service of the deployment, under this service's certificate.
  std::shared_ptr<grpc::Channel> Channel(const std::string& other) { return channels.To(other); }

  // Makes an object that lives until the service has stopped; destroyed in reverse order, after
  // the server has shut down. Example: auto& orders = parts.Make<OrderRepository>(parts.pool);
  template <class T, class... Arguments>
  T& Make(Arguments&&... arguments) {
    return Own(std::make_unique<T>(std::forward<Arguments>(arguments)...));
  }
  template <class T>
  T& Own(std::unique_ptr<T> object) {
    T& reference = *object;
    owned.Add(std::shared_ptr<T>(std::move(object)));
    return reference;
  }

  // Serves it (kept as by Own). Each of its methods has to declare access.
  void AddService(std::unique_ptr<grpc::Service> grpc_service) {
    services.push_back(&Own(std::move(grpc_service)));
  }
  // Run in order once the server accepts calls: start relays, consumers, timers here.
  void OnStart(std::function<void()> start) { starts.push_back(std::move(start)); }
  // Run in reverse order when a graceful stop begins, while calls can still be answered.
  void OnStop(std::function<void()> stop) { stops.push_back(std::move(stop)); }

  OwnedObjects owned = {};
  std::vector<grpc::Service*> services = {};
  std::vector<std::function<void()>> starts = {};
  std::vector<std::function<void()>> stops = {};
};

}  // namespace redress::platform
