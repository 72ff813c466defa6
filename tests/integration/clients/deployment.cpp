#include "tests/integration/clients/deployment.h"

#include <stdexcept>

#include "clients/cpp/json.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

constexpr const char* kPatience = "120";  // seconds
constexpr const char* kPassword = "correct horse battery staple";

// Progress precedes the report on the merged output: the report is the last line.
std::string LastLine(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  const std::size_t begin = text.rfind('\n');
  return begin == std::string::npos ? text : text.substr(begin + 1);
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

}  // namespace

ImportShop::ImportShop(const std::string& name)
    : stack_(e2e::Stack::Shared()), name_(name), session_("import-" + name) {
  const std::string admin = "admin." + name;
  const std::string created =
      Redress({"--json", "shop", "create", "--name", name, "--time-zone", "Europe/London",
               "--currency", "GBP", "--admin", admin, "--admin-name", "Admin", "--password-stdin"},
              kPassword);
  shop_id_ = client::StringAt(
      client::ObjectAt(client::ParseJsonObject(LastLine(created), "shop create"), "shop"),
      "shop_id");
  Redress({"--shop", shop_id_, "log-in", "--account", admin, "--password-stdin"}, kPassword);
  // The order service learns of the membership when it next asks identity.
  const bool known = WaitFor(
      [&] {
        return Run({"order", "list"}).exit_code == 0;
      },
      std::chrono::seconds(120));
  if (!known) throw std::runtime_error("the order service does not know the new shop");
}

client::Client& ImportShop::Account() {
  if (!account_) {
    auto channels = std::make_shared<client::Channels>(stack_.endpoints(), "import-test/1");
    auto session =
        std::make_shared<client::Session>(channels, std::make_shared<client::SessionMemory>());
    session->LogIn("admin." + name_, kPassword, shop_id_);
    account_ = std::make_unique<client::Client>(channels, session, shop_id_);
  }
  return *account_;
}

e2e::Finished ImportShop::Run(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.begin(), {"--timeout", kPatience, "--as", session_});
  return stack_.Redress(arguments, input);
}

std::string ImportShop::Redress(const std::vector<std::string>& arguments,
                                const std::string& input) {
  const e2e::Finished finished = Run(arguments, input.empty() ? "" : input + "\n");
  if (finished.exit_code != 0) {
    throw std::runtime_error("redress answered " + std::to_string(finished.exit_code) + ": " +
                             finished.output);
  }
  return finished.output;
}

google::protobuf::Struct ImportShop::Import(const std::string& file, const std::string& mapping,
                                            const std::string& rejects,
                                            const std::vector<std::string>& more) {
  return ImportOf("orders", file, mapping, rejects, more);
}

google::protobuf::Struct ImportShop::ImportOf(const std::string& what, const std::string& file,
                                              const std::string& mapping,
                                              const std::string& rejects,
                                              const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"--json",    "import", what,        file,
                                        "--mapping", mapping,  "--rejects", rejects};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const std::string output = Redress(arguments);
  return client::ParseJsonObject(LastLine(output), "the import's report");
}

std::vector<std::vector<std::string>> ImportShop::Rows(std::string sql) const {
  for (std::size_t at; (at = sql.find("{shop}")) != std::string::npos;) {
    sql.replace(at, 6, shop_id_);
  }
  const std::string text = stack_.Sql("SET div_precision_increment = 12; " + sql);
  std::vector<std::vector<std::string>> rows;
  if (text.empty()) return rows;
  for (const std::string& line : Split(text, '\n')) rows.push_back(Split(line, '\t'));
  return rows;
}

std::string ImportShop::Value(const std::string& sql) const {
  const auto rows = Rows(sql);
  if (rows.size() != 1 || rows[0].size() != 1) throw std::runtime_error("not one value: " + sql);
  return rows[0][0];
}

std::uint64_t Count(const google::protobuf::Struct& report, const std::string& key) {
  const auto found = report.fields().find(key);
  if (found == report.fields().end()) throw std::runtime_error("the report has no " + key);
  return static_cast<std::uint64_t>(found->second.number_value());
}

}  // namespace redress::test
