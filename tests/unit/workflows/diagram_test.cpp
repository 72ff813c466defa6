// What the diagrams of a machine show of its table, and what its tables say.

#include "workflows/machine/diagram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <stdexcept>
#include <string>

#include "tests/unit/workflows/graphviz.h"
#include "workflows/machine/page.h"
#include "workflows/machine/picture.h"

namespace redress::workflows {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// A door with a clock, a lock and a fire brigade.
Workflow Door() {
  return {"door",
          3,
          "Open",
          {{"Open", "draught", "AJAR", false},
           {"Shut", "stuffiness", "", false},
           {"Broken", "", "GONE", true}},
          {{"close"}, {"open"}, {"kick"}, {"knock"}, {"deadline_reached"}, {"fire"}},
          {{"Open", "close", "Shut", "", {}, "bang"},
           {"Open", "kick", "Shut", "not is_old", {}, "bang"},
           {"Open", "kick", "Broken", "is_old", {}, ""},
           {"Open", "deadline_reached", "Shut", "", {}, ""},
           {"Open", "fire", "Broken", "", {}, ""},
           {"Shut", "open", "Open", "", {{"caller_is_strong", "TOO_WEAK"}}, "creak"},
           {"Shut", "knock", "Shut", "", {}, "ring_bell"},
           {"Shut", "deadline_reached", "Open", "is_old", {}, ""},
           {"Shut", "deadline_reached", "Broken", "not is_old", {}, ""},
           {"Shut", "fire", "Shut", "", {}, ""}},
          {{"draught", "winter", 5400, 60, 45}, {"stuffiness", "", 172800, 86400, 3600}}};
}

std::string Svg(const Workflow& workflow) {
  return DrawSvg(workflow, test::LayOut(DrawDot(workflow)));
}

TEST(Picture, RowsOfOneSourceAndTargetAreOneArrow) {
  const Workflow door = Door();
  const Picture picture = PictureOf(door);
  ASSERT_EQ(picture.arrows.size(), 4U);
  EXPECT_EQ(picture.arrows[0].source, "Open");
  EXPECT_EQ(picture.arrows[0].target, "Shut");
  EXPECT_THAT(picture.arrows[0].labels, ElementsAre("close", "kick*", "deadline_reached"));
}

TEST(Picture, WhatStaysIsNotDrawn) {
  const Workflow door = Door();
  for (const Arrow& arrow : PictureOf(door).arrows) {
    EXPECT_NE(arrow.source, arrow.target);
    EXPECT_THAT(arrow.labels, Not(testing::Contains("knock")));
  }
}

TEST(Picture, AnEventOfEveryStateWithFewTargetsIsToldInTheLegend) {
  const Workflow door = Door();
  const Picture picture = PictureOf(door);
  ASSERT_EQ(picture.everywhere.size(), 1U);
  EXPECT_EQ(picture.everywhere[0].event, "fire");
  EXPECT_THAT(picture.everywhere[0].targets, ElementsAre("Broken"));
  EXPECT_THAT(LegendOf(picture),
              testing::Contains(HasSubstr("fire, taken in every state that is not final; leads to "
                                          "Broken, or stays.")));
}

TEST(Picture, AnEventOfEveryStateWithManyTargetsIsDrawn) {
  const Workflow door = Door();
  int drawn = 0;
  for (const Arrow& arrow : PictureOf(door).arrows) {
    for (const std::string& label : arrow.labels) drawn += label.find("deadline") == 0 ? 1 : 0;
  }
  EXPECT_EQ(drawn, 3);
}

TEST(Mermaid, StartsInTheInitialStateAndEndsInTheFinalOnes) {
  const std::string text = DrawMermaid(Door());
  EXPECT_THAT(text, HasSubstr("stateDiagram-v2\n  [*] --> Open\n"));
  EXPECT_THAT(text, HasSubstr("  Open --> Shut : close<br/>kick*<br/>deadline_reached\n"));
  EXPECT_THAT(text, HasSubstr("  Broken --> [*]\n"));
  EXPECT_THAT(text, Not(HasSubstr("Shut --> [*]")));
}

TEST(Svg, StatesAndArrowsCanBeFoundByAPageAroundIt) {
  const std::string text = Svg(Door());
  EXPECT_THAT(text, HasSubstr(R"(id="state-Open" class="state initial" data-state="Open")"));
  EXPECT_THAT(text, HasSubstr(R"(id="state-Shut" class="state passing")"));
  EXPECT_THAT(text, HasSubstr(R"(id="state-Broken" class="state final")"));
  EXPECT_THAT(text, HasSubstr(R"(data-source="Open" data-target="Shut" )"
                              R"(data-events="close kick deadline_reached")"));
}

TEST(Svg, IdsAreUnique) {
  const std::string text = Svg(Door());
  std::set<std::string> ids;
  const std::regex id{R"re( id="([^"]*)")re"};
  for (std::sregex_iterator it(text.begin(), text.end(), id), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << (*it)[1];
  }
  EXPECT_EQ(ids.size(), 7U);
}

// A page under a strict content policy may hold it as it is.
TEST(Svg, HasNoScriptStyleOrReference) {
  const std::string text = Svg(Door());
  for (const char* word : {"<script", "<style", "style=", "href", "url(", "<image", " on"}) {
    EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

TEST(Svg, RefusesALayoutOfAnotherMachine) {
  Workflow door = Door();
  const std::string layout = test::LayOut(DrawDot(door));
  door.states[1].name = "Locked";
  for (EdgeInfo& edge : door.edges) {
    if (edge.source == "Shut") edge.source = "Locked";
    if (edge.target == "Shut") edge.target = "Locked";
  }
  EXPECT_THROW(DrawSvg(door, layout), std::invalid_argument);
}

TEST(Svg, RefusesWhatIsNoLayout) {
  const Workflow door = Door();
  const std::string layout = test::LayOut(DrawDot(door));
  for (const std::string& bad :
       {std::string(), std::string("stop\n"), std::string("digraph {}\n"),
        std::string("graph 1 wide 2\nstop\n"), std::string("graph 1 2 2\nnode Open\nstop\n"),
        std::string("graph 1 2 2\nedge Open Shut 5 1 1 1 1 1 1 1 1 1 1 solid black\nstop\n"),
        std::string("graph 1 2 2\nedge Open Shut 99999999 1 1 solid black\nstop\n"),
        layout.substr(0, layout.size() / 2)}) {
    EXPECT_THROW(DrawSvg(door, bad), std::invalid_argument) << bad;
  }
}

TEST(Page, SaysWhereEachEventLeadsInEachState) {
  const std::string page = WritePage(Door());
  EXPECT_THAT(page, HasSubstr("| event | [Open](#open) | [Shut](#shut) |\n"));
  EXPECT_THAT(page, HasSubstr("| `kick` | Shut<br>Broken | |\n"));
  EXPECT_THAT(page, HasSubstr("| `knock` | | *stays* |\n"));
}

TEST(Page, TellsChoiceFromRequirementAndNamesTheRefusal) {
  const std::string page = WritePage(Door());
  EXPECT_THAT(page, HasSubstr("| `kick` | is old | | [Broken](#broken) | |\n"));
  EXPECT_THAT(page,
              HasSubstr("| `open` | | caller is strong `TOO_WEAK` | [Open](#open) | creak |"));
  EXPECT_THAT(page, HasSubstr("| `TOO_WEAK` | caller is strong | `open` |\n"));
}

TEST(Page, GivesDurationsInTheLargestWholeUnit) {
  const std::string page = WritePage(Door());
  EXPECT_THAT(page, HasSubstr("| `draught` | `winter` | 90 min | 1 min | 45 s | Open |\n"));
  EXPECT_THAT(page, HasSubstr("| `stuffiness` | | 2 d | 1 d | 1 h | Shut |\n"));
}

}  // namespace
}  // namespace redress::workflows
