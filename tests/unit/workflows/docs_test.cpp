// The committed diagrams and tables of each machine, workflows/KIND/docs/KIND.*, are those of its
// compiled table. With REDRESS_UPDATE_DOCS set they are written first: workflows/update-docs.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/process.h"
#include "tests/unit/workflows/graphviz.h"
#include "workflows/dispute/dispute.h"
#include "workflows/machine/diagram.h"
#include "workflows/machine/page.h"
#include "workflows/refund/refund.h"
#include "workflows/review/review.h"
#include "workflows/task/task.h"

namespace redress::workflows {
namespace {

namespace fs = std::filesystem;

class Docs : public testing::TestWithParam<const Workflow& (*)()> {
 protected:
  static const Workflow& Machine() { return GetParam()(); }

  static void ExpectFresh(const std::string& extension, const std::string& made) {
    const char* root = std::getenv("REDRESS_SOURCE_DIR");
    const std::string kind(Machine().kind);
    const fs::path file =
        fs::path(root == nullptr ? "." : root) / "workflows" / kind / "docs" / (kind + extension);
    if (std::getenv("REDRESS_UPDATE_DOCS") != nullptr) {
      fs::create_directories(file.parent_path());
      std::ofstream(file) << made;
    }
    EXPECT_TRUE(test::ReadFile(file) == made) << file << " is stale: run workflows/update-docs";
  }
};

TEST_P(Docs, MermaidIsThatOfTheTable) { ExpectFresh(".mmd", DrawMermaid(Machine())); }

TEST_P(Docs, SvgIsThatOfTheTable) {
  ExpectFresh(".svg", DrawSvg(Machine(), test::LayOut(DrawDot(Machine()))));
}

TEST_P(Docs, PageIsThatOfTheTable) { ExpectFresh(".md", WritePage(Machine())); }

INSTANTIATE_TEST_SUITE_P(Machines, Docs,
                         testing::Values(&refund::Describe, &dispute::Describe, &review::Describe,
                                         &task::Describe),
                         [](const auto& machine) { return std::string(machine.param().kind); });

}  // namespace
}  // namespace redress::workflows
