// The committed diagrams and tables are those of the compiled table. With REDRESS_UPDATE_DOCS set
// they are written instead of compared: workflows/update-docs.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/process.h"
#include "tests/unit/workflows/graphviz.h"
#include "workflows/machine/diagram.h"
#include "workflows/machine/page.h"
#include "workflows/refund/refund.h"

namespace redress::workflows::refund {
namespace {

namespace fs = std::filesystem;

void ExpectFresh(const std::string& name, const std::string& made) {
  const char* root = std::getenv("REDRESS_SOURCE_DIR");
  const fs::path file = fs::path(root == nullptr ? "." : root) / "workflows/refund/docs" / name;
  if (std::getenv("REDRESS_UPDATE_DOCS") != nullptr) {
    fs::create_directories(file.parent_path());
    std::ofstream(file) << made;
  }
  EXPECT_TRUE(test::ReadFile(file) == made) << file << " is stale: run workflows/update-docs";
}

TEST(RefundDocs, MermaidIsThatOfTheTable) { ExpectFresh("refund.mmd", DrawMermaid(Describe())); }

TEST(RefundDocs, SvgIsThatOfTheTable) {
  ExpectFresh("refund.svg", DrawSvg(Describe(), test::LayOut(DrawDot(Describe()))));
}

TEST(RefundDocs, PageIsThatOfTheTable) { ExpectFresh("refund.md", WritePage(Describe())); }

}  // namespace
}  // namespace redress::workflows::refund
