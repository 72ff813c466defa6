#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "workflows/machine/diagram.h"
#include "workflows/machine/layout.h"
#include "workflows/machine/measures.h"
#include "workflows/machine/picture.h"

namespace redress::workflows {
namespace {

constexpr double kTipLength = 8;
constexpr double kTipHalfWidth = 3.5;

constexpr std::string_view kPaper = "#ffffff";
constexpr std::string_view kInk = "#1f2933";
constexpr std::string_view kQuietInk = "#52606d";
// One for each state and the arrows that leave it, so that the eye can follow an arrow among
// others; each dark enough for small text.
constexpr std::array<std::string_view, 11> kColours{"#1d4ed8", "#b45309", "#047857", "#be123c",
                                                    "#6d28d9", "#0e7490", "#a21caf", "#4d7c0f",
                                                    "#9a3412", "#475569", "#111827"};
constexpr std::string_view kFonts =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

std::string Number(double value) {
  char text[32];
  const double tenths = std::round(value * 10);
  std::snprintf(text, sizeof text, "%.1f", tenths == 0 ? 0.0 : tenths / 10);  // never "-0.0"
  return text;
}

std::string Attribute(std::string_view name, std::string_view value) {
  std::string text = " ";
  text += name;
  text += "=\"";
  text += value;
  text += '"';
  return text;
}

std::string Attribute(std::string_view name, double value) {
  return Attribute(name, Number(value));
}

// Names are snake_case or CamelCase, but an apostrophe or an arrow may stand in a sentence.
std::string Escaped(std::string_view plain) {
  std::string text;
  for (const char c : plain) {
    if (c == '&') {
      text += "&amp;";
    } else if (c == '<') {
      text += "&lt;";
    } else if (c == '>') {
      text += "&gt;";
    } else {
      text += c;
    }
  }
  return text;
}

// A line of text whose middle, or with `anchor` "start" whose beginning, is at x.
std::string Text(double x, double y, int size_pt, std::string_view text,
                 std::string_view attributes) {
  return "<text" + Attribute("x", x) + Attribute("y", y) +
         Attribute("font-size", std::to_string(size_pt)) + std::string(attributes) + ">" +
         Escaped(text) + "</text>";
}

std::string Pair(Point point) { return Number(point.x) + "," + Number(point.y); }

// The curve up to the tip's foot, and the tip.
std::string Curve(const std::vector<Point>& curve) {
  const Point tip = curve.back();
  Point from = curve[curve.size() - 2];
  for (std::size_t i = curve.size() - 1; i > 0 && std::hypot(tip.x - from.x, tip.y - from.y) < 1;) {
    from = curve[--i];
  }
  const double length = std::max(1.0, std::hypot(tip.x - from.x, tip.y - from.y));
  const Point along{(tip.x - from.x) / length, (tip.y - from.y) / length};
  const Point foot{tip.x - along.x * kTipLength, tip.y - along.y * kTipLength};
  const Point side{-along.y * kTipHalfWidth, along.x * kTipHalfWidth};

  std::string path = "M" + Pair(curve.front()) + " C";
  for (std::size_t i = 1; i + 1 < curve.size(); ++i) path += Pair(curve[i]) + " ";
  path += Pair(foot);
  return "<path" + Attribute("d", path) + Attribute("fill", "none") +
         Attribute("stroke", "currentColor") + Attribute("stroke-width", "1.2") + "/><polygon" +
         Attribute("points", Pair(tip) + " " + Pair({foot.x + side.x, foot.y + side.y}) + " " +
                                 Pair({foot.x - side.x, foot.y - side.y})) +
         Attribute("fill", "currentColor") + "/>";
}

std::string_view ColourOf(const Workflow& workflow, std::string_view state) {
  const StateInfo* info = workflow.FindState(state);
  if (info == nullptr || info->final) return kInk;
  const auto index = static_cast<std::size_t>(info - workflow.states.data());
  return kColours[index % kColours.size()];
}

std::string DrawArrow(const Arrow& arrow, std::size_t number, const ArrowPlace& place,
                      std::string_view colour) {
  std::string events;
  for (const std::string& label : arrow.labels) {
    const bool depends =
        label.size() >= kDepends.size() &&
        label.compare(label.size() - kDepends.size(), kDepends.size(), kDepends) == 0;
    events += (events.empty() ? "" : " ") +
              label.substr(0, label.size() - (depends ? kDepends.size() : 0));
  }
  std::string text = "<g" + Attribute("id", "edge-" + std::to_string(number)) +
                     Attribute("class", "edge") + Attribute("color", colour) +
                     Attribute("data-source", arrow.source) +
                     Attribute("data-target", arrow.target) + Attribute("data-events", events) +
                     "><title>" + std::string(arrow.source) + " to " + std::string(arrow.target) +
                     ": " + events + "</title>" + Curve(place.curve);
  // A rim in the paper's colour keeps lines that pass below from cutting through letters.
  const std::string rim = Attribute("fill", "currentColor") + Attribute("stroke", kPaper) +
                          Attribute("stroke-width", "3") + Attribute("stroke-linejoin", "round") +
                          Attribute("paint-order", "stroke") + Attribute("text-anchor", "middle");
  double y = place.label.y - static_cast<double>(arrow.labels.size()) * kLinePt / 2 + kSmallPt;
  for (const std::string& label : arrow.labels) {
    text += Text(place.label.x, y, kSmallPt, label, rim);
    y += kLinePt;
  }
  return text + "</g>\n";
}

std::string Box(Point middle, double width, double height, std::string_view fill,
                std::string_view stroke_width) {
  return "<rect" + Attribute("x", middle.x - width / 2) + Attribute("y", middle.y - height / 2) +
         Attribute("width", width) + Attribute("height", height) + Attribute("rx", "6") +
         Attribute("fill", fill) + Attribute("stroke", "currentColor") +
         Attribute("stroke-width", stroke_width) + "/>";
}

std::string DrawState(const Workflow& workflow, const StateInfo& state, Point middle) {
  const bool initial = state.name == workflow.initial_state;
  const std::string_view kind = initial ? "initial" : state.final ? "final" : "passing";
  const std::string_view fill = initial ? "#dbeafe" : state.final ? "#e4e7eb" : "#f8fafc";
  const Size size = BoxOf(state);
  std::string text =
      "<g" + Attribute("id", "state-" + std::string(state.name)) +
      Attribute("class", "state " + std::string(kind)) + Attribute("data-state", state.name) +
      Attribute("color", ColourOf(workflow, state.name)) + "><title>" + std::string(state.name) +
      "</title>" + Box(middle, size.width, size.height, fill, initial ? "2" : "1.2");
  if (state.final) text += Box(middle, size.width - 6, size.height - 6, "none", "1");
  const std::string centred = Attribute("text-anchor", "middle");
  const double name_y = middle.y + (state.deadline_rule.empty() ? 4.5 : -2);
  text += Text(middle.x, name_y, kNamePt, state.name,
               centred + Attribute("font-weight", "600") + Attribute("fill", kInk));
  if (!state.deadline_rule.empty()) {
    text += Text(middle.x, middle.y + kLinePt, kSmallPt, state.deadline_rule,
                 centred + Attribute("fill", kQuietInk));
  }
  return text + "</g>\n";
}

}  // namespace

std::string DrawSvg(const Workflow& workflow, std::string_view layout_text) {
  const Layout layout = ReadLayout(layout_text);
  const Picture picture = PictureOf(workflow);
  std::vector<std::string> legend = LegendOf(picture);
  legend.insert(legend.begin(), "An arrow has the colour of the state that it leaves.");
  if (!workflow.deadlines.empty()) {
    legend.insert(legend.begin(),
                  "Under a state's name: the deadline armed in it. A final state has none.");
  }
  int legend_width = 0;
  for (const std::string& line : legend) {
    legend_width = std::max(legend_width, SmallWidth(line.size()));
  }
  const double width = std::max<double>(layout.width, legend_width) + 2 * kMarginPt;
  const double height =
      layout.height + 3 * kMarginPt + static_cast<double>(legend.size()) * kLinePt;

  std::string text =
      "<svg" + Attribute("xmlns", "http://www.w3.org/2000/svg") + Attribute("class", "machine") +
      Attribute("viewBox", "0 0 " + Number(width) + " " + Number(height)) +
      Attribute("width", width) + Attribute("height", height) + Attribute("font-family", kFonts) +
      ">\n<title>States of a " + SubjectOf(workflow) + ", version " +
      std::to_string(workflow.version) + "</title>\n<rect" + Attribute("class", "paper") +
      Attribute("width", "100%") + Attribute("height", "100%") + Attribute("fill", kPaper) +
      "/>\n<g" +
      Attribute("transform",
                "translate(" + std::to_string(kMarginPt) + "," + std::to_string(kMarginPt) + ")") +
      ">\n";
  std::size_t number = 0;
  for (const Arrow& arrow : picture.arrows) {
    const auto place = layout.arrows.find({std::string(arrow.source), std::string(arrow.target)});
    if (place == layout.arrows.end()) {
      throw std::invalid_argument("the layout has no arrow from " + std::string(arrow.source) +
                                  " to " + std::string(arrow.target) + "; lay out anew");
    }
    text += DrawArrow(arrow, ++number, place->second, ColourOf(workflow, arrow.source));
  }
  for (const StateInfo& state : workflow.states) {
    const auto place = layout.boxes.find(state.name);
    if (place == layout.boxes.end()) {
      throw std::invalid_argument("the layout has no state " + std::string(state.name) +
                                  "; lay out anew");
    }
    text += DrawState(workflow, state, place->second);
  }
  text += "</g>\n<g" + Attribute("class", "legend") + Attribute("fill", kQuietInk) + ">\n";
  double y = layout.height + 2 * kMarginPt + kSmallPt;
  for (const std::string& line : legend) {
    text += Text(kMarginPt, y, kSmallPt, line, "") + "\n";
    y += kLinePt;
  }
  return text + "</g>\n</svg>\n";
}

}  // namespace redress::workflows
