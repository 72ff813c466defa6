// Contact data that sources tell of customers, written in bulk.
#pragma once

#include <span>

#include "services/customer/domain/learnt_contact.h"
#include "services/customer/store/contact_seal.h"
#include "services/platform/database/pool.h"
#include "services/platform/privacy/personal_data.h"

namespace redress::customer {

class LearntContacts {
 public:
  // Both outlive it.
  LearntContacts(platform::Pool& pool, ContactSeal& contacts) : pool_(pool), contacts_(contacts) {}

  // Of distinct customers, in the order of their ids. A read when nothing is new; else a bounded
  // number of round trips for some hundred customers. Who was erased is passed over.
  void Learn(ShopId shop, std::span<const LearntContact> words);

 private:
  platform::Pool& pool_;
  ContactSeal& contacts_;
};

// What sources told is kept as long as the orders' receivers; what was entered by hand until
// somebody changes it.
platform::RetentionRule LearntContactRetention();

}  // namespace redress::customer
