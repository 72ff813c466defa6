// ProductService: what a shop sells.
#pragma once

#include <functional>
#include <utility>

#include "redress/order/v1/product_service.grpc.pb.h"
#include "services/order/domain/order_intake.h"
#include "services/order/domain/product.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class ProductApi final : public v1::ProductService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    ProductRepository& products;
    platform::IdSource& ids;
  };
  explicit ProductApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ImportProducts(grpc::CallbackServerContext* context,
                                           const v1::ImportProductsRequest* request,
                                           v1::ImportProductsResponse* response) override;
  grpc::ServerUnaryReactor* PushItems(grpc::CallbackServerContext* context,
                                      const v1::PushItemsRequest* request,
                                      v1::PushItemsResponse* response) override;
  grpc::ServerUnaryReactor* SearchProducts(grpc::CallbackServerContext* context,
                                           const v1::SearchProductsRequest* request,
                                           v1::SearchProductsResponse* response) override;
  grpc::ServerUnaryReactor* GetProduct(grpc::CallbackServerContext* context,
                                       const v1::GetProductRequest* request,
                                       v1::GetProductResponse* response) override;
  grpc::ServerUnaryReactor* CompareProducts(grpc::CallbackServerContext* context,
                                            const v1::CompareProductsRequest* request,
                                            v1::CompareProductsResponse* response) override;
  grpc::ServerUnaryReactor* RecommendProducts(grpc::CallbackServerContext* context,
                                              const v1::RecommendProductsRequest* request,
                                              v1::RecommendProductsResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::ImportProductsRequest& request,
              v1::ImportProductsResponse& response);
  void Answer(const Call& call, const v1::PushItemsRequest& request,
              v1::PushItemsResponse& response);
  void Answer(const Call& call, const v1::SearchProductsRequest& request,
              v1::SearchProductsResponse& response);
  void Answer(const Call& call, const v1::GetProductRequest& request,
              v1::GetProductResponse& response);
  void Answer(const Call& call, const v1::CompareProductsRequest& request,
              v1::CompareProductsResponse& response);
  void Answer(const Call& call, const v1::RecommendProductsRequest& request,
              v1::RecommendProductsResponse& response);
  // Stores a product, or tells what that would come to.
  using Store = std::function<Outcome(const Product&)>;
  static ImportResult StoreOne(const Call& call, const v1::ProductInput& input, const Store& store);
  Store StoringIn(ShopId shop);

  Uses uses_;
};

}  // namespace redress::order
