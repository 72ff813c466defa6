// The histories of the services that tell of customers, read through their EventsService.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/customer/domain/fact_rebuild.h"

namespace grpc {
class Channel;
}

namespace redress::customer {

using SourceChannels = std::map<std::string, std::shared_ptr<grpc::Channel>>;

class ServiceHistories final : public FactHistory {
 public:
  explicit ServiceHistories(SourceChannels channels) : channels_(std::move(channels)) {}

  std::vector<std::string> Sources() override;
  void ReadShop(const std::string& source, ShopId shop,
                const std::function<void(const FactBatch&)>& on_page) override;

 private:
  SourceChannels channels_;
};

}  // namespace redress::customer
