#include "services/customer/api/mapping.h"

#include <string>

#include "services/platform/privacy/timestamps.h"

namespace redress::customer {

Contact FromProto(const v1::Contact& contact) {
  return {contact.name(), contact.phone(), contact.address()};
}

void ToProto(const Contact& contact, v1::Contact& out) {
  out.set_name(contact.name);
  out.set_phone(contact.phone);
  out.set_address(contact.address);
}

void ToProto(const Customer& customer, v1::Customer& out) {
  out.set_customer_id(platform::ToString(customer.id));
  out.set_platform(customer.platform);
  out.set_nick(customer.nick);
  platform::SetTime(customer.created_at, *out.mutable_create_time());
  out.set_etag(std::to_string(customer.version));
  if (customer.erased_at != 0) platform::SetTime(customer.erased_at, *out.mutable_erase_time());
}

void ToProto(const CustomerView& view, v1::Customer& out) {
  ToProto(view.customer, out);
  ToProto(view.masked_contact, *out.mutable_masked_contact());
}

}  // namespace redress::customer
