#pragma once

#include <google/protobuf/struct.pb.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/stack.h"

namespace redress::test {

// A shop of its own in the binary's deployment, worked through the command line as its admin.
class ImportShop {
 public:
  // `name` distinguishes the shops of one deployment. Throws std::runtime_error.
  explicit ImportShop(const std::string& name);

  const std::string& shop_id() const { return shop_id_; }
  // The name of its admin's session: `redress --as NAME`.
  const std::string& session() const { return session_; }

  // `redress import orders FILE --mapping MAPPING …`; answers its report. Throws when it fails.
  google::protobuf::Struct Import(const std::string& file, const std::string& mapping,
                                  const std::string& rejects,
                                  const std::vector<std::string>& more = {});

  // The same of `redress import WHAT`: cases, conversations.
  google::protobuf::Struct ImportOf(const std::string& what, const std::string& file,
                                    const std::string& mapping, const std::string& rejects,
                                    const std::vector<std::string>& more = {});

  // Runs `redress` in this shop, patient with a machine that does much else.
  e2e::Finished Run(std::vector<std::string> arguments, const std::string& input = "") const;

  // Calls as the shop's admin.
  client::Client& Account();

  // Rows of a query on the private database, split into cells. `{shop}` stands for the shop's id.
  std::vector<std::vector<std::string>> Rows(std::string sql) const;
  // The only cell of the only row.
  std::string Value(const std::string& sql) const;

 private:
  std::string Redress(const std::vector<std::string>& arguments, const std::string& input = "");

  e2e::Stack& stack_;
  std::string name_;
  std::string session_;
  std::string shop_id_;
  std::unique_ptr<client::Client> account_;
};

// The number under `key` of a report.
std::uint64_t Count(const google::protobuf::Struct& report, const std::string& key);

}  // namespace redress::test
