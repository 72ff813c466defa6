#include "services/order/api/product_api.h"

#include <algorithm>
#include <unordered_map>

#include "services/order/api/item_mapping.h"
#include "services/order/api/mapping.h"
#include "services/order/api/product_mapping.h"
#include "services/order/domain/product_dry_run.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"
#include "services/platform/rules/field_rules.h"

namespace redress::order {
namespace {

using platform::ParseId;

constexpr std::size_t kOfCategory = 300;
constexpr std::uint32_t kRecommended = 10;

ImportOutcome OutcomeOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return ImportOutcome::kCreated;
    case Outcome::kChanged:
      return ImportOutcome::kChanged;
    case Outcome::kUnchanged:
      return ImportOutcome::kUnchanged;
  }
  return ImportOutcome::kUnchanged;
}

void ThrowWhenLate(const platform::Call& call) {
  if (!call.Expired()) return;
  throw platform::Refusal(platform::Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                          "the deadline passed before everything was stored; send the same again, "
                          "with more time or fewer products");
}

}  // namespace

grpc::ServerUnaryReactor* ProductApi::ImportProducts(grpc::CallbackServerContext* context,
                                                     const v1::ImportProductsRequest* request,
                                                     v1::ImportProductsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ProductApi::PushItems(grpc::CallbackServerContext* context,
                                                const v1::PushItemsRequest* request,
                                                v1::PushItemsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ProductApi::SearchProducts(grpc::CallbackServerContext* context,
                                                     const v1::SearchProductsRequest* request,
                                                     v1::SearchProductsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ProductApi::GetProduct(grpc::CallbackServerContext* context,
                                                 const v1::GetProductRequest* request,
                                                 v1::GetProductResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ProductApi::CompareProducts(grpc::CallbackServerContext* context,
                                                      const v1::CompareProductsRequest* request,
                                                      v1::CompareProductsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ProductApi::RecommendProducts(grpc::CallbackServerContext* context,
                                                        const v1::RecommendProductsRequest* request,
                                                        v1::RecommendProductsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

// Field rules first: a broken product is answered for itself.
ImportResult ProductApi::StoreOne(const Call& call, const v1::ProductInput& input,
                                  const Store& store) {
  ThrowWhenLate(call);
  const auto violations = platform::FindViolations(input);
  if (!violations.empty()) {
    return {
        ImportOutcome::kRefused, {violations.front().field, violations.front().description}, false};
  }
  auto prepared = PrepareProduct(FromProto(input, call.clock.NowUs()));
  if (auto* problem = std::get_if<Problem>(&prepared)) {
    return {ImportOutcome::kRefused, std::move(*problem), false};
  }
  return {OutcomeOf(store(std::get<Product>(prepared))), {}, false};
}

ProductApi::Store ProductApi::StoringIn(ShopId shop) {
  return [this, shop](const Product& product) { return uses_.products.Store(shop, product); };
}

void ProductApi::Answer(const Call& call, const v1::ImportProductsRequest& request,
                        v1::ImportProductsResponse& response) {
  ProductDryRun dry_run(uses_.products, uses_.ids, call.caller.shop);
  const Store store =
      request.validate_only()
          ? Store([&dry_run](const Product& product) { return dry_run.Store(product); })
          : StoringIn(call.caller.shop);
  for (const v1::ProductInput& input : request.products()) {
    ToProto(StoreOne(call, input, store), *response.add_results());
  }
}

void ProductApi::Answer(const Call& call, const v1::PushItemsRequest& request,
                        v1::PushItemsResponse& response) {
  for (const ReadItem& item : ReadItems(request.platform(), request.bodies())) {
    v1::ItemResult& result = *response.add_results();
    result.set_body(static_cast<std::uint32_t>(item.body));
    result.set_item_number(item.product.item_number());
    ToProto(item.problem ? ImportResult{ImportOutcome::kRefused, *item.problem, false}
                         : StoreOne(call, item.product, StoringIn(call.caller.shop)),
            *result.mutable_result());
  }
}

void ProductApi::Answer(const Call& call, const v1::SearchProductsRequest& request,
                        v1::SearchProductsResponse& response) {
  const ShopId shop = call.caller.shop;
  const platform::PageQuery page(
      "SearchProducts", shop,
      {request.text(), request.category(), request.in_stock() ? "in stock" : "all"});
  ProductQuery query;
  query.text = request.text();
  query.category = request.category();
  query.in_stock = request.in_stock();
  if (const auto key = page.Decode(request.page_token(), 1)) query.before = ProductId{key->at(0)};
  query.limit = platform::PageSize(request.page_size());
  const FoundProducts found = uses_.products.Search(shop, query);
  for (const Product& product : found.products) ToProto(product, *response.add_products());
  if (found.after) response.set_next_page_token(page.Encode({found.after->value}));
}

void ProductApi::Answer(const Call& call, const v1::GetProductRequest& request,
                        v1::GetProductResponse& response) {
  const ShopId shop = call.caller.shop;
  const bool by_code = request.key_case() == v1::GetProductRequest::kCode;
  const auto product =
      by_code ? uses_.products.FindByCode(shop, request.code())
              : uses_.products.Find(shop, ParseId<ProductId>(request.product_id(), "product_id"));
  if (!product) {
    throw platform::NotFound("product", by_code ? request.code() : request.product_id());
  }
  ToProto(*product, *response.mutable_product());
}

void ProductApi::Answer(const Call& call, const v1::CompareProductsRequest& request,
                        v1::CompareProductsResponse& response) {
  std::vector<ProductId> ids;
  for (const std::string& id : request.product_ids()) {
    ids.push_back(ParseId<ProductId>(id, "product_ids"));
  }
  std::unordered_map<ProductId, Product> known;
  for (Product& product : uses_.products.FindMany(call.caller.shop, ids)) {
    const ProductId id = product.id;
    known.emplace(id, std::move(product));
  }
  std::vector<Product> products;
  for (const ProductId id : ids) {
    const auto found = known.find(id);
    if (found == known.end()) throw platform::NotFound("product", platform::ToString(id));
    products.push_back(found->second);
    ToProto(found->second, *response.add_products());
  }
  for (const ComparedProperty& property : Compare(products)) {
    v1::ComparedProperty& out = *response.add_properties();
    out.set_name(property.name);
    for (const std::string& value : property.values) out.add_values(value);
    out.set_equal(property.equal);
  }
}

void ProductApi::Answer(const Call& call, const v1::RecommendProductsRequest& request,
                        v1::RecommendProductsResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto target =
      uses_.products.Find(shop, ParseId<ProductId>(request.product_id(), "product_id"));
  if (!target) throw platform::NotFound("product", request.product_id());
  const auto kind = static_cast<RecommendationKind>(request.kind());
  std::vector<Product> of_category;
  if (kind != RecommendationKind::kMatching && !target->category.empty()) {
    ProductQuery query;
    query.category = target->category;
    query.in_stock = true;
    query.limit = kOfCategory;
    of_category = uses_.products.Search(shop, query).products;
  }
  const BoughtTogether together = kind == RecommendationKind::kEqual
                                      ? BoughtTogether{}
                                      : uses_.products.TogetherWith(shop, *target);
  const std::size_t most = request.most() == 0 ? kRecommended : request.most();
  for (const Recommendation& each : Recommend(*target, of_category, together, kind, most)) {
    ToProto(each, *response.add_recommendations());
  }
}

}  // namespace redress::order
