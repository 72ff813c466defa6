// The customer service's search over gRPC, called as the order service itself.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "redress/customer/v1/search_service.grpc.pb.h"
#include "services/order/domain/order_search.h"

namespace redress::order {

class NickClient final : public NickBook {
 public:
  explicit NickClient(const std::shared_ptr<grpc::Channel>& channel);

  std::optional<std::vector<CustomerId>> FindByNick(ShopId shop, const std::string& words,
                                                    std::size_t most, Deadline until) override;

 private:
  const std::unique_ptr<customer::v1::SearchService::Stub> stub_;
};

}  // namespace redress::order
