#include "tests/security/attempts.h"

#include <google/protobuf/reflection.h>

#include <algorithm>

#include "tests/security/tokens.h"

namespace redress::security {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using grpc::StatusCode;

constexpr int kDeepest = 4;

// No client certificate carries it, and no door names it.
constexpr char kNobodysName[] = "somebody";

bool Has(const std::string& words, const std::string& word) {
  return std::ranges::count(Words(words), word) != 0;
}

Caller With(Caller caller, std::string name, const std::string& token) {
  caller.name = std::move(name);
  caller.authorization = "Bearer " + token;
  return caller;
}

// A role whose genuine token would get as far as any at this door.
std::string BestRole(const Door& door) {
  const auto roles = Words(door.may_pass.roles);
  return roles.empty() ? "admin" : roles.front();
}

void AddTokensThatProveNothing(const Door& door, TwoShops& shops, std::vector<Attempt>& attempts) {
  const std::string role = BestRole(door);
  const Caller member = shops.Member(role);
  const std::string genuine = member.authorization.substr(sizeof("Bearer ") - 1);
  const std::string other = shops.TheirMember("admin").authorization.substr(sizeof("Bearer ") - 1);
  const auto add = [&](Caller caller, const char* reason) {
    attempts.push_back({std::move(caller), StatusCode::UNAUTHENTICATED, reason});
  };
  add(TwoShops::Nobody(), "TOKEN_MISSING");
  add({.name = "no token, a shop", .shop = member.shop}, "TOKEN_MISSING");
  add(With(member, "an empty token", ""), "TOKEN_MISSING");
  add(With(member, "a garbage token", "garbage"), "TOKEN_MALFORMED");
  add(With(member, "garbage in three parts", "gar.ba.ge"), "TOKEN_MALFORMED");
  add(With(member, "a refresh token", shops.RefreshToken()), "TOKEN_MALFORMED");
  add(With(member, "an expired token", shops.ExpiredToken(role)), "TOKEN_EXPIRED");
  add(With(member, "an ended session", shops.EndedToken(role)), "SESSION_ENDED");
  add(With(member, "a foreign key", tokens::SignedWithAnotherKey(genuine)), "TOKEN_SIGNATURE");
  add(With(member, "an unknown key", tokens::SignedWithAnUnknownKey(genuine)), "TOKEN_KEY_UNKNOWN");
  add(With(member, "alg none", tokens::Unsigned(genuine)), "TOKEN_ALGORITHM");
  add(With(member, "HS256 under the public key",
           tokens::SignedWithThePublicKey(genuine, shops.PublicKey())),
      "TOKEN_ALGORITHM");
  add(With(member, "another's claims", tokens::WithClaimsOf(genuine, other)), "TOKEN_SIGNATURE");
  add(With(member, "no signature", tokens::Stripped(genuine)), "TOKEN_SIGNATURE");
  // A certificate that may pass does not mend a token that is none.
  const auto services = Words(door.may_pass.services);
  const std::string service = services.empty() ? "gateway" : services.front();
  add(With(shops.Certificate(service), "certificate " + service + ", an expired token",
           shops.ExpiredToken(role)),
      "TOKEN_EXPIRED");
}

void AddTokensOfOthers(const Door& door, TwoShops& shops, std::vector<Attempt>& attempts) {
  const auto add = [&](Caller caller, const char* reason) {
    attempts.push_back({std::move(caller), StatusCode::PERMISSION_DENIED, reason});
  };
  for (const std::string& role : kRoles) {
    if (Has(door.may_pass.roles, role)) continue;
    const char* reason = door.event.empty() ? "ROLE_MISSING" : "";
    add(shops.Member(role), reason);
    Caller through = shops.Member(role);
    through.certificate = "gateway";
    through.name += " through gateway";
    if (!Has(door.may_pass.services, "gateway")) add(through, reason);
  }
  Caller stranger = shops.TheirMember(BestRole(door));
  stranger.shop = shops.ours().shop_id();
  add(stranger, "NOT_A_MEMBER");
  add(shops.FormerMember(), "NOT_A_MEMBER");
  Caller lost = shops.Member(BestRole(door));
  lost.name += " in no shop there is";
  lost.shop = "4294967295";
  add(lost, "NOT_A_MEMBER");
}

void AddCertificates(const Door& door, TwoShops& shops, std::vector<Attempt>& attempts) {
  auto names = shops.wire().CertificateNames();
  names.emplace_back(kNobodysName);
  for (const std::string& name : names) {
    if (Has(door.may_pass.services, name)) continue;
    const char* reason = door.event.empty() ? "SERVICE_NOT_ALLOWED" : "";
    attempts.push_back({shops.Certificate(name), StatusCode::PERMISSION_DENIED, reason});
  }
}

void AddConnectionsOfStrangers(const Door& door, TwoShops& shops, std::vector<Attempt>& attempts) {
  const auto services = Words(door.may_pass.services);
  const std::string name = services.empty() ? "operator" : services.front();
  attempts.push_back({shops.Certificate("from elsewhere " + name), StatusCode::UNAVAILABLE, ""});
  Caller plain = shops.Member(BestRole(door));
  plain.name += " without TLS";
  plain.certificate = "no TLS";
  attempts.push_back({plain, StatusCode::UNAVAILABLE, ""});
}

const FieldDescriptor* Member(const Descriptor* type, const std::string& name) {
  const auto* field = type->FindFieldByName(name);
  if (field != nullptr) return field;
  throw std::logic_error(type->full_name() + " carries no event in " + name);
}

// The event's own message inside the request, made present: a member of the request itself, or of
// the message that carries events in it.
Message* EventIn(Message& request, const std::string& event) {
  if (const auto* member = request.GetDescriptor()->FindFieldByName(event)) {
    return request.GetReflection()->MutableMessage(&request, member);
  }
  const auto dot = event.find('.');
  const auto* outer = Member(request.GetDescriptor(), event.substr(0, dot));
  Message* envelope = request.GetReflection()->MutableMessage(&request, outer);
  const auto* inner = Member(envelope->GetDescriptor(), event.substr(dot + 1));
  return envelope->GetReflection()->MutableMessage(envelope, inner);
}

void Spoil(Message& message, int depth);

void SpoilField(Message& message, const FieldDescriptor* field, int depth) {
  const auto* reflection = message.GetReflection();
  const std::string long_text(5000, '*');
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      if (field->is_repeated()) return reflection->AddString(&message, field, long_text);
      return reflection->SetString(&message, field, long_text);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (depth == kDeepest) return;
      return Spoil(field->is_repeated() ? *reflection->AddMessage(&message, field)
                                        : *reflection->MutableMessage(&message, field),
                   depth + 1);
    default:
      break;
  }
  if (field->is_repeated()) return;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, field, INT32_MIN);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(&message, field, INT64_MIN);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection->SetUInt32(&message, field, UINT32_MAX);
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection->SetUInt64(&message, field, UINT64_MAX);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->SetEnumValue(&message, field, 99);
    default:
      return;
  }
}

void Spoil(Message& message, int depth) {
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    const auto* oneof = field->real_containing_oneof();
    // Of a oneof the last member stays: each one displaces the one before it.
    if (oneof != nullptr && message.GetReflection()->HasOneof(message, oneof) &&
        field != oneof->field(oneof->field_count() - 1)) {
      continue;
    }
    SpoilField(message, field, depth);
  }
}

}  // namespace

std::vector<Permitted> PermittedAt(const Door& door, TwoShops& shops) {
  std::vector<Permitted> permitted;
  if (door.may_pass.anyone) permitted.push_back({"agent", TwoShops::Nobody()});
  for (const std::string& role :
       Words(door.may_pass.signed_in ? kEveryRole : door.may_pass.roles)) {
    Caller member = shops.Member(role);
    // Who ends a session ends one of their own: the others are still needed.
    if (door.method->name() == "LogOut") {
      member = With(member, role, shops.NewSession(shops.ours(), role).access_token());
    }
    permitted.push_back({role, member});
  }
  for (const std::string& service : Words(door.may_pass.services)) {
    permitted.push_back({service, shops.Certificate(service)});
  }
  return permitted;
}

std::vector<Attempt> AttemptsAt(const Door& door, TwoShops& shops) {
  std::vector<Attempt> attempts;
  if (!door.may_pass.anyone) {
    AddTokensThatProveNothing(door, shops, attempts);
    if (!door.may_pass.signed_in) AddTokensOfOthers(door, shops, attempts);
    AddCertificates(door, shops, attempts);
  }
  AddConnectionsOfStrangers(door, shops, attempts);
  return attempts;
}

Request Empty(const Door& door) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  Request request(factory->GetPrototype(door.method->input_type())->New());
  if (!door.event.empty()) EventIn(*request, door.event);
  return request;
}

Request Malformed(const Door& door) {
  Request request = Empty(door);
  Spoil(*request, 0);
  if (!door.event.empty()) Spoil(*EventIn(*request, door.event), 1);
  return request;
}

}  // namespace redress::security
