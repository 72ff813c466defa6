#include "services/aftersales/domain/receiver_news.h"

namespace redress::aftersales {

std::vector<OrderMoment> MomentsOfNewReceivers(std::uint32_t known_version,
                                               std::span<const OrderMoment> history) {
  std::vector<OrderMoment> news;
  for (const OrderMoment& moment : history) {
    if (moment.receiver_version <= known_version) continue;
    known_version = moment.receiver_version;
    news.push_back(moment);
  }
  return news;
}

}  // namespace redress::aftersales
