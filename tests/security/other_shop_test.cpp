// Another shop's things: asking for them is answered like asking for what does not exist, to the
// letter.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/queue_service.pb.h>
#include <redress/common/v1/rules.pb.h>
#include <redress/customer/v1/customer_service.pb.h>
#include <redress/customer/v1/tag_service.pb.h>

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "clients/cpp/call_error.h"
#include "tests/security/attempts.h"
#include "tests/security/doors.h"
#include "tests/security/two_shops.h"

namespace redress::security {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kUnknownId[] = "9999999999999999999";

struct IdField {
  Message* message;
  const FieldDescriptor* field;
  int index = 0;  // in a repeated field

  std::string Get() const {
    const auto& reflection = *message->GetReflection();
    return field->is_repeated() ? reflection.GetRepeatedString(*message, field, index)
                                : reflection.GetString(*message, field);
  }
  void Set(const std::string& id) const {
    const auto& reflection = *message->GetReflection();
    if (field->is_repeated()) return reflection.SetRepeatedString(message, field, index, id);
    reflection.SetString(message, field, id);
  }
  bool Required() const {
    const auto& rules = field->options().GetExtension(common::v1::rules);
    return rules.required() || rules.min_items() > 0;
  }
};

bool IsId(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         field.options().GetExtension(common::v1::rules).id();
}

// The fields of the request that hold an id, however deep.
void FindIds(Message& message, std::vector<IdField>& ids) {
  std::vector<const FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  for (const auto* field : set) {
    const auto& reflection = *message.GetReflection();
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (is_message) {
        FindIds(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                     : *reflection.MutableMessage(&message, field),
                ids);
      } else if (IsId(*field)) {
        ids.push_back({&message, field, i});
      }
    }
  }
}

std::vector<IdField> IdsOf(Message& message) {
  std::vector<IdField> ids;
  FindIds(message, ids);
  return ids;
}

bool TakesIds(const google::protobuf::Descriptor* type) {
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (IsId(*field)) return true;
    if (field->message_type() != nullptr && field->message_type()->file() == type->file() &&
        TakesIds(field->message_type())) {
      return true;
    }
  }
  return false;
}

// Sent by the service's own inbox only, with the id of the case that asked, which is of the shop.
bool IsOfOwnInbox(const Door& door) {
  return door.event == "refund.join_dispute" || door.event == "dispute.join_review";
}

std::vector<Door> DoorsThatTakeIds() {
  std::vector<Door> doors;
  for (Door& door : AllDoors()) {
    if (IsOfOwnInbox(door)) continue;
    if (TakesIds(door.method->input_type())) doors.push_back(std::move(door));
  }
  return doors;
}

// Without the ids that the caller sent, which an answer may repeat.
std::string WithoutIds(std::string text, const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    for (auto at = text.find(id); at != std::string::npos; at = text.find(id)) {
      text.replace(at, id.size(), "ID");
    }
  }
  return text;
}

// Of a call that answers for each of many things: what it says of the one that was asked for.
grpc::StatusCode CodeOf(const Answer& answer) {
  if (!answer.status.ok()) return answer.status.error_code();
  if (const auto* done =
          dynamic_cast<const aftersales::v1::BulkApplyResponse*>(answer.response.get())) {
    return static_cast<grpc::StatusCode>(done->results(0).error().code());
  }
  const auto of_tagged = [](const auto* done) {
    return done != nullptr && done->results(0).result() == customer::v1::TAG_RESULT_NOT_FOUND
               ? grpc::StatusCode::NOT_FOUND
               : grpc::StatusCode::OK;
  };
  return std::max(
      of_tagged(dynamic_cast<const customer::v1::TagCustomersResponse*>(answer.response.get())),
      of_tagged(dynamic_cast<const customer::v1::UntagCustomersResponse*>(answer.response.get())));
}

class OtherShop : public testing::TestWithParam<Door> {
 protected:
  // Somebody of the other shop who may pass there.
  Caller Stranger(const std::string& who) {
    if (!door_.may_pass.roles.empty()) return shops_.TheirMember(who);
    Caller service = shops_.Certificate(who);
    service.shop = shops_.theirs().shop_id();
    return service;
  }
  // Each call has a request_id of its own: what a bulk call answered stays its answer.
  Answer Call(const std::string& who, Message& request) {
    const auto* request_id = request.GetDescriptor()->FindFieldByName("request_id");
    if (request_id != nullptr) {
      request.GetReflection()->SetString(&request, request_id, e2e::Unique("call"));
    }
    return shops_.wire().Call(Stranger(who), door_.program, *door_.method, request);
  }
  std::string Who() const {
    const auto& may = door_.may_pass;
    return Words(may.roles.empty() ? may.services : may.roles).front();
  }

  // The request once with our ids in these fields, once with ids that nobody has.
  void ExpectNoDifference(Message& request, const std::vector<IdField>& fields,
                          const std::vector<std::string>& our_ids) {
    bool required = false, all_required = true;
    std::string names;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      fields[i].Set(our_ids[i]);
      required |= fields[i].Required();
      all_required &= fields[i].Required();
      names += " " + fields[i].field->name();
    }
    const Answer ours = Call(Who(), request);
    for (const IdField& field : fields) field.Set(kUnknownId);
    const Answer unknown = Call(Who(), request);
    EXPECT_EQ(WithoutIds(ours.Text(), our_ids), WithoutIds(unknown.Text(), {kUnknownId}))
        << door_.Name() << names;
    if (required) {
      EXPECT_NE(CodeOf(ours), grpc::StatusCode::OK) << door_.Name() << names;
    }
    // Where one may be left out, a handler may look at that one first.
    if (all_required) {
      EXPECT_EQ(CodeOf(ours), grpc::StatusCode::NOT_FOUND)
          << door_.Name() << names << ": " << ours.status.error_message();
    }
  }

  TwoShops& shops_ = TwoShops::Shared();
  const Door& door_ = GetParam();
};

TEST_P(OtherShop, IdsAreAnsweredAsUnknownOnes) {
  Request of_ours = door_.prepare(shops_.ours(), Who());
  const auto fields = IdsOf(*of_ours);
  ASSERT_FALSE(fields.empty());
  std::vector<std::string> our_ids;
  for (const IdField& field : fields) our_ids.push_back(field.Get());
  ExpectNoDifference(*of_ours, fields, our_ids);

  // One of ours at a time, in a request that is theirs otherwise.
  Request of_theirs = door_.prepare(shops_.theirs(), Who());
  const auto their_fields = IdsOf(*of_theirs);
  ASSERT_EQ(their_fields.size(), fields.size());
  for (std::size_t i = 0; i < their_fields.size(); ++i) {
    const std::string own = their_fields[i].Get();
    ExpectNoDifference(*of_theirs, {their_fields[i]}, {our_ids[i]});
    their_fields[i].Set(own);
  }
  EXPECT_TRUE(Call(Who(), *of_theirs).status.ok()) << door_.Name() << ": with ids of their own";
}

INSTANTIATE_TEST_SUITE_P(All, OtherShop, testing::ValuesIn(DoorsThatTakeIds()),
                         [](const auto& info) { return info.param.Name(); });

TEST(OtherShops, NumbersPhonesAndPagesLeadToOwnThingsOnly) {
  TwoShops& shops = TwoShops::Shared();
  namespace customer = redress::customer::v1;
  const order::v1::Order pushed = shops.ours().PushOrder();
  shops.ours().PushOrder();

  order::v1::GetOrderRequest by_number;
  by_number.mutable_number()->set_platform(pushed.platform());
  by_number.mutable_number()->set_order_number(pushed.order_number());
  EXPECT_NO_THROW(shops.wire().Get<order::v1::GetOrderResponse>(shops.Member("agent"), by_number));
  try {
    shops.wire().Get<order::v1::GetOrderResponse>(shops.TheirMember("agent"), by_number);
    ADD_FAILURE() << "another shop's order is found by its number";
  } catch (const client::CallError& error) {
    EXPECT_EQ(error.code(), grpc::StatusCode::NOT_FOUND);
  }

  customer::UpsertCustomerRequest known;
  known.set_request_id(e2e::Unique("customer"));
  known.set_platform("direct");
  known.set_nick(e2e::Unique("nick"));
  known.mutable_contact()->set_phone("13700137000");
  shops.wire().Get<customer::UpsertCustomerResponse>(shops.Member("agent"), known);
  customer::FindCustomerRequest by_phone;
  by_phone.set_phone("13700137000");
  const auto found = [&](const Caller& caller) {
    return shops.wire().Get<customer::FindCustomerResponse>(caller, by_phone).customers_size();
  };
  EXPECT_EQ(found(shops.Member("agent")), 1);
  EXPECT_EQ(found(shops.TheirMember("agent")), 0);

  order::v1::ListOrdersRequest list;
  list.set_page_size(1);
  list.set_page_token(shops.wire()
                          .Get<order::v1::ListOrdersResponse>(shops.Member("agent"), list)
                          .next_page_token());
  ASSERT_FALSE(list.page_token().empty());
  try {
    shops.wire().Get<order::v1::ListOrdersResponse>(shops.TheirMember("agent"), list);
    ADD_FAILURE() << "another shop's page token is taken";
  } catch (const client::CallError& error) {
    EXPECT_EQ(error.reason(), "PAGE_TOKEN_INVALID");
  }
}

}  // namespace
}  // namespace redress::security
