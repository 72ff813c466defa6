#include "services/platform/events/jetstream.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "services/platform/telemetry/log.h"

namespace redress::platform::jetstream {
namespace {

constexpr std::int64_t kNanosPerMicro = 1'000;

[[noreturn]] void Fail(const char* what, const std::string& stream, natsStatus status) {
  throw std::runtime_error(std::string("cannot ") + what + " stream " + stream + ": " +
                           natsStatus_GetText(status));
}

}  // namespace

std::string StreamName(std::string_view service) {
  std::string name = "REDRESS_" + std::string(service);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return name;
}

std::string AllSubjects(std::string_view service) {
  return "redress.events." + std::string(service) + ".>";
}

std::string SubjectOf(std::string_view service, ShopId shop) {
  return "redress.events." + std::string(service) + "." + std::to_string(shop.value);
}

Context OpenContext(NatsConnection& nats, jsOptions* options) {
  jsCtx* context = nullptr;
  const natsStatus status = natsConnection_JetStream(&context, nats.get(), options);
  if (status != NATS_OK) {
    throw std::runtime_error(std::string("cannot open JetStream: ") + natsStatus_GetText(status));
  }
  return Context(context);
}

std::optional<StreamFacts> FindStream(jsCtx* context, const std::string& name) {
  jsStreamInfo* info = nullptr;
  jsErrCode code = static_cast<jsErrCode>(0);
  const natsStatus status = js_GetStreamInfo(&info, context, name.c_str(), nullptr, &code);
  if (status == NATS_NOT_FOUND) return std::nullopt;
  if (status != NATS_OK) Fail("look at", name, status);
  const StreamFacts facts{info->Created, info->State.LastSeq};
  jsStreamInfo_Destroy(info);
  return facts;
}

void EnsureStream(jsCtx* context, std::string_view service, const StreamLimits& limits) {
  const std::string name = StreamName(service);
  if (FindStream(context, name)) return;
  const std::string subjects = AllSubjects(service);
  std::array<const char*, 1> subject_list{subjects.c_str()};
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = name.c_str();
  config.Subjects = subject_list.data();
  config.SubjectsLen = subject_list.size();
  config.Storage = js_FileStorage;
  config.Retention = js_LimitsPolicy;
  // The oldest go first: consumers that were away for that long read the source's history.
  config.Discard = js_DiscardOld;
  config.MaxBytes = limits.max_bytes;
  config.MaxAge = limits.max_age_us * kNanosPerMicro;
  config.Duplicates = limits.duplicate_window_us * kNanosPerMicro;
  jsErrCode code = static_cast<jsErrCode>(0);
  const natsStatus status = js_AddStream(nullptr, context, &config, nullptr, &code);
  if (status != NATS_OK && code != JSStreamNameExistErr) Fail("create", name, status);
  LogInfo("created a stream", {{"stream", name}});
}

}  // namespace redress::platform::jetstream
