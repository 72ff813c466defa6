#pragma once

#include <memory>

#include "redress/aftersales/v1/case_notice_service.grpc.pb.h"
#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/desk/domain/case_facts.h"

namespace redress::desk {

// Asks aftersales, order and customer, as the desk service itself. Thread-safe.
class CaseFactsClient final : public CaseFactsSource {
 public:
  CaseFactsClient(const std::shared_ptr<grpc::Channel>& aftersales,
                  const std::shared_ptr<grpc::Channel>& order,
                  const std::shared_ptr<grpc::Channel>& customer);

  CaseFacts Read(ShopId shop, CaseId case_id) override;

 private:
  void ReadOrder(ShopId shop, const std::string& order_id, const std::string& line_id,
                 CaseFacts& facts);
  void ReadCustomer(ShopId shop, const std::string& customer_id, CaseFacts& facts);

  const std::unique_ptr<aftersales::v1::CaseNoticeService::Stub> notices_;
  const std::unique_ptr<order::v1::OrderService::Stub> orders_;
  const std::unique_ptr<customer::v1::CustomerService::Stub> customers_;
};

}  // namespace redress::desk
