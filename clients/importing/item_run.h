#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clients/cpp/call_error.h"
#include "clients/importing/past_file.h"
#include "clients/importing/product_file.h"
#include "clients/importing/rejects.h"

namespace redress::importing {

// What became of a file of cases, conversations or products.
struct ItemSummary {
  std::uint64_t rows = 0;           // behind the header
  std::uint64_t rows_accepted = 0;  // now in the shop
  std::uint64_t rows_rejected = 0;
  std::uint64_t created = 0;
  std::uint64_t changed = 0;    // conversations that got messages, products that are otherwise now
  std::uint64_t unchanged = 0;  // there before, just so
  std::uint64_t parts = 0;      // steps, messages or SKUs of those accepted
  std::uint64_t orders_not_found = 0;
  std::uint64_t calls = 0;
};

// Where they are read from, how they are put into a request, and what the answer says.
struct CasesOfThePast {
  using File = PastFile;
  using Item = redress::aftersales::v1::ImportedCase;
  using Request = redress::aftersales::v1::ImportCasesRequest;
  using Response = redress::aftersales::v1::ImportCasesResponse;
};
struct ConversationsOfThePast {
  using File = PastFile;
  using Item = redress::desk::v1::ImportedConversation;
  using Request = redress::desk::v1::ImportConversationsRequest;
  using Response = redress::desk::v1::ImportConversationsResponse;
};
struct ProductsOnSale {
  using File = ProductFile;
  using Item = redress::order::v1::ProductInput;
  using Request = redress::order::v1::ImportProductsRequest;
  using Response = redress::order::v1::ImportProductsResponse;
};

// Sends a file's items, two calls under way at a time. What the server refuses
// goes to the rejects with its lines. A dry run asks the server to judge and to store nothing.
template <class Kind>
class ItemRun {
 public:
  using Item = WholeItem<typename Kind::Item>;
  using Request = typename Kind::Request;
  using Response = typename Kind::Response;
  using Send = std::function<Response(const Request&)>;
  // Rows handled so far (sent and answered, or rejected).
  using OnProgress = std::function<void(std::uint64_t rows)>;

  struct Options {
    bool dry_run = false;
    std::map<std::string, std::string> agents = {};  // account id by the name in the file
  };

  // `send` is called from several threads and throws client::CallError.
  ItemRun(Options options, Send send, RejectsFile& rejects, OnProgress on_progress);

  // Throws what `send` throws; running again after that completes the import.
  ItemSummary Run(typename Kind::File& file);

 private:
  struct Batch {
    Request request;
    std::vector<std::vector<Row>> rows;  // per item of the request
  };
  struct Outcome {
    Batch batch;
    Response response;
  };

  void Add(Item item);
  void Dispatch();
  void AwaitOne();
  void Take(Outcome outcome);
  void Refuse(std::vector<Row> rows, const std::string& field, const std::string& problem);
  void RejectRow(const Reject& reject);

  const Options options_;
  const Send send_;
  RejectsFile& rejects_;
  const OnProgress on_progress_;
  ItemSummary summary_;
  std::uint64_t handled_ = 0;
  Batch batch_;
  int parts_ = 0;
  std::size_t bytes_ = 0;
  std::deque<std::future<Outcome>> under_way_;
};

extern template class ItemRun<CasesOfThePast>;
extern template class ItemRun<ConversationsOfThePast>;
extern template class ItemRun<ProductsOnSale>;

}  // namespace redress::importing
