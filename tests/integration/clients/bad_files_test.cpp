// Files as people really send them, broken in every way: each gets a clear answer that names the
// line (or the file, where it has none), soon and in little memory, and the shop stays as it was.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <utility>

#include "clients/cpp/json.h"
#include "tests/integration/clients/deployment.h"
#include "tests/support/figure.h"
#include "tests/support/gbk.h"
#include "tests/support/process.h"

namespace redress::test {
namespace {

constexpr std::chrono::seconds kLongest(60);

struct Target {
  const char* what;     // of `redress import`
  const char* mapping;  // a shipped one
  std::string header;
  std::string row;  // a good one, without its end; {bad} stands where a cell can be spoilt
};

std::vector<Target> Targets() {
  return {{"orders", "uci_online_retail",
           "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
           "1,S1,茶杯,2,{time},{money},77,Italy"},
          {"orders", "tmall_orders_2020_02",
           "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额",
           "9,{money},1.00,上海,{time},2020-02-21 00:00:02,0.0"},
          {"cases", "helpdesk_it",
           "case_id,activity,resource,timestamp,seriousness,product,service_level,service_type,"
           "workgroup",
           "Case 1,Closed,一组,{time},Value 1,Value 1,Value 1,Value 1,Value 1"},
          {"conversations", "irc_support_chat",
           "conversation_id,log_file,line_no,sent_at,speaker,role,kind,reply_to_lines,text",
           "c1,log,1,{time},anna,customer,message,,你好吗"},
          {"orders", "taobao_export",
           "买家会员名,订单编号,买家实际支付金额,订单付款时间,宝贝标题,宝贝总数量",
           "小满,T1,{money},{time},玻璃杯,1"},
          {"cases", "taobao_refunds",
           "退款编号,订单编号,买家退款金额,退款状态,退款的申请时间,买家退款说明",
           "R1,T1,{money},退款关闭,{time},不想要了"},
          {"products", "products", "宝贝ID,宝贝标题,SKU ID,商家编码,价格,库存,更新时间",
           "P1,玻璃杯,S1,CUP,{money},{stock},{time}"}};
}

std::string Replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

constexpr const char* kGoodTime = "2020-02-20 23:59:54";
constexpr const char* kGoodMoney = "1.50";
constexpr const char* kGoodStock = "7";

std::string Good(const Target& target, const std::string& time = kGoodTime,
                 const std::string& money = kGoodMoney, const std::string& stock = kGoodStock) {
  return Replaced(Replaced(Replaced(target.row, "{time}", time), "{money}", money), "{stock}",
                  stock);
}

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Bytes of a bad file have no place in a report, which is XML.
std::string Printable(const std::string& text) {
  constexpr const char* kHex = "0123456789ABCDEF";
  std::string shown;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = c == '\n' || (byte >= ' ' && byte < 0x7F);
    if (is_plain) {
      shown += c;
    } else {
      shown += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
    }
  }
  return shown;
}

struct BadFile {
  std::string name;
  std::string content;
};

std::string WithoutLastColumn(const std::string& header) {
  return header.substr(header.find(',') + 1);
}

std::string ManyColumns() {
  std::string columns = "c0";
  for (int i = 1; i < 10'000; ++i) columns += ",c" + std::to_string(i);
  return columns + "\n" + columns + "\n";
}

std::vector<BadFile> BadFiles(const Target& target) {
  const std::string& header = target.header;
  const std::string good = Good(target);
  const std::string first_cell = good.substr(0, good.find(','));
  const std::string rest = good.substr(good.find(','));
  const std::string n = "\n";
  return {
      {"truncated", header + n + good.substr(0, good.size() / 2)},
      {"latin1", header + n + first_cell + "\xE9\xFF" + rest + n},
      {"nul", header + n + first_cell + std::string(1, '\0') + rest + n},
      {"utf16", "\xFF\xFEi\0d\0"},
      {"formula_as_time", header + n + Good(target, "=cmd|' /C calc'!A0") + n},
      {"duplicate_headers", header + "," + header + n + good + "," + good + n},
      {"missing_column", WithoutLastColumn(header) + n + rest.substr(1) + n},
      {"wrong_date", header + n + Good(target, "31/31/2020") + n},
      {"date_as_number", header + n + Good(target, "43881.99") + n},
      {"unclosed_quote", header + n + "\"" + good + n + good + n},
      {"text_behind_quote", header + n + "\"" + first_cell + "\"x" + rest + n},
      {"cr_only", Replaced(header + n + good + n, "\n", "\r")},
      {"bom_in_the_middle", header + n + "\xEF\xBB\xBF" + good + n},
      {"empty", ""},
      {"header_only", header + n},
      {"no_header", good + n},
      {"wrong_delimiter", Replaced(header + n + good + n, ",", ";")},
      {"ten_thousand_columns", ManyColumns()},
      {"too_many_cells", header + n + good + ",more,and,more" + n},
      {"spreadsheet", "PK\x03\x04rest of a zip"},
      {"binary", std::string("\x7F\x45LF\x02\x01\x01\0\0\0", 10)},
      {"gbk_row_under_utf8", "\xEF\xBB\xBF" + header + n + Gbk(good) + n},
  };
}

// A file that people have put together of two; which encoding it is in is told by its header.
std::vector<BadFile> MixedEncodings(const Target& target) {
  if (IsAscii(target.header)) return {};
  const std::string header = Gbk(target.header) + "\n";
  const std::string good = Good(target);
  const std::size_t half = good.rfind(',');
  std::vector<BadFile> files = {{"utf8_row_under_gbk", header + good + "\n"}};
  if (!IsAscii(good.substr(0, half))) {
    files.push_back(
        {"row_of_both_under_gbk", header + good.substr(0, half) + Gbk(good.substr(half)) + "\n"});
  }
  return files;
}

// What only files with stock can have wrong.
std::vector<BadFile> BadStock(const Target& target) {
  if (target.row.find("{stock}") == std::string::npos) return {};
  std::vector<BadFile> files;
  for (const std::string stock : {"-1", "1.5", "many", "2147483648", "=1+1"}) {
    files.push_back({"stock_" + stock,
                     target.header + "\n" + Good(target, kGoodTime, kGoodMoney, stock) + "\n"});
  }
  const std::string good = Good(target);
  files.push_back({"sku_twice", target.header + "\n" + good + "\n" + good + "\n"});
  files.push_back({"no_price", target.header + "\n" + Good(target, kGoodTime, "") + "\n"});
  return files;
}

// What only files with amounts can have wrong.
std::vector<BadFile> BadMoney(const Target& target) {
  if (target.row.find("{money}") == std::string::npos) return {};
  std::vector<BadFile> files;
  const auto add = [&](const std::string& name, const std::string& money) {
    files.push_back(
        {"money_" + name, target.header + "\n" + Good(target, kGoodTime, money) + "\n"});
  };
  add("word", "much");
  add("exponent", "1e3");
  add("formula", "=1+1");
  add("comma", "\"1,5,0\"");
  // A unit price may have more decimals than its currency.
  if (target.header.find("UnitPrice") == std::string::npos) add("float", "0.30000000000000004");
  return files;
}

class BadFilesTest : public testing::Test {
 protected:
  // Everything that an import could have left.
  std::string Fingerprint() const {
    std::string all = "SELECT CONCAT_WS(' '";
    for (const char* table :
         {"order.orders", "order.order_lines", "order.adjustments", "order.shipments",
          "order.products", "order.product_skus", "customer.customers", "aftersales.cases",
          "aftersales.steps", "aftersales.step_texts", "aftersales.imported_cases",
          "desk.conversations", "desk.conversation_messages"}) {
      all += ", (SELECT COUNT(*) FROM redress_" + std::string(table) + " WHERE shop_id = {shop})";
    }
    return shop_.Value(all + ")");
  }

  // "" or how it was mishandled.
  std::string Try(const Target& target, const std::string& path) {
    const std::string rejects = folder_.path() / "rejects.csv";
    std::filesystem::remove(rejects);
    const auto start = std::chrono::steady_clock::now();
    const auto finished = shop_.Run(
        {"--json", "import", target.what, path, "--mapping", target.mapping, "--rejects", rejects});
    const auto took = std::chrono::steady_clock::now() - start;
    std::string told = finished.output;
    if (std::filesystem::exists(rejects)) told += client::ReadFile(rejects);
    if (finished.exit_code < 0 || finished.exit_code >= 126) return "it crashed: " + told;
    if (took > kLongest) return "it took too long";
    const std::string before = std::exchange(fingerprint_, Fingerprint());
    if (fingerprint_ != before) {
      return "the shop has changed: " + before + " → " + fingerprint_ + " " + told;
    }
    static const std::regex names_line("line [0-9]+|(^|\n)[0-9]+,");
    const bool names_file = told.find(path) != std::string::npos;
    const bool says_nothing_there = told.find("\"rows\":0") != std::string::npos;
    if (!std::regex_search(told, names_line) && !names_file && !says_nothing_there) {
      return "the answer names neither line nor file: " + told;
    }
    constexpr std::size_t kLongestAnswer = 20'000;
    if (told.size() > kLongestAnswer) return "the answer is too long to read";
    return "";
  }

  void Expect(const Target& target, const std::string& name, const std::string& path) {
    ++tried_;
    const std::string mishandled = Printable(Try(target, path));
    if (mishandled.empty()) return;
    ++mishandled_;
    ADD_FAILURE() << target.what << " by " << target.mapping << ", " << name << ": " << mishandled;
  }

  std::string Write(const BadFile& bad) const {
    const std::string path = folder_.path() / (bad.name + ".csv");
    std::ofstream(path, std::ios::binary) << bad.content;
    return path;
  }

  ImportShop shop_{"bad-files"};
  const TemporaryDirectory folder_;
  std::string fingerprint_ = Fingerprint();  // of the shop as it was left
  int tried_ = 0;
  int mishandled_ = 0;
};

// One line of 100 MB, quoted and not.
std::string WriteLongLine(const std::filesystem::path& folder, const std::string& header,
                          const std::string& begin) {
  const std::string path = folder / "long_line.csv";
  std::ofstream file(path, std::ios::binary);
  file << header << "\n" << begin;
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 100; ++i) file << megabyte;
  return path;
}

TEST_F(BadFilesTest, AreAnsweredClearlyAndChangeNothing) {
  for (const Target& target : Targets()) {
    for (const BadFile& bad : BadFiles(target)) Expect(target, bad.name, Write(bad));
    for (const BadFile& bad : BadMoney(target)) Expect(target, bad.name, Write(bad));
    for (const BadFile& bad : BadStock(target)) Expect(target, bad.name, Write(bad));
    for (const BadFile& bad : MixedEncodings(target)) Expect(target, bad.name, Write(bad));
    Expect(target, "long_line", WriteLongLine(folder_.path(), target.header, ""));
    Expect(target, "long_quoted_line", WriteLongLine(folder_.path(), target.header, "\""));
    Expect(target, "long_header", WriteLongLine(folder_.path(), "", ""));
    Expect(target, "directory", folder_.path());
    const std::string fifo = folder_.path() / "fifo.csv";
    mkfifo(fifo.c_str(), 0600);
    Expect(target, "fifo", fifo);
    std::filesystem::remove(fifo);
    Expect(target, "unreadable", "/proc/self/mem");
    Expect(target, "missing", folder_.path() / "missing.csv");
  }
  Figure("bad_files_tried", tried_);
  Figure("bad_files_mishandled", mishandled_);
}

}  // namespace
}  // namespace redress::test
