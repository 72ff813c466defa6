// Between the API's messages and the domain.
#pragma once

#include "redress/customer/v1/customer_service.pb.h"
#include "services/customer/domain/customer.h"

namespace redress::customer {

Contact FromProto(const v1::Contact& contact);
void ToProto(const Contact& contact, v1::Contact& out);
// Without contact data.
void ToProto(const Customer& customer, v1::Customer& out);
void ToProto(const CustomerView& view, v1::Customer& out);

}  // namespace redress::customer
