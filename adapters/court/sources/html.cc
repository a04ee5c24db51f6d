#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "adapters/court/sources/formats.h"
#include "hub/base/error.h"

namespace recoup::court {
namespace {

constexpr std::array<std::string_view, 7> kAnchors = {"WBSB", "DSRXX", "SSJL", "AJJBQK",
                                                      "CPYZ", "PJJG",  "WBWB"};

// Elements that stand on lines of their own.
constexpr std::array kBlocks = {
    GUMBO_TAG_P,  GUMBO_TAG_DIV, GUMBO_TAG_BR,      GUMBO_TAG_TR,         GUMBO_TAG_LI,
    GUMBO_TAG_H1, GUMBO_TAG_H2,  GUMBO_TAG_H3,      GUMBO_TAG_H4,         GUMBO_TAG_H5,
    GUMBO_TAG_H6, GUMBO_TAG_PRE, GUMBO_TAG_SECTION, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER,
};

bool IsBlock(GumboTag tag) { return std::ranges::find(kBlocks, tag) != kBlocks.end(); }

bool IsHidden(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD ||
         tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TEMPLATE;
}

// Elements without an end tag, or whose end tag people leave out; they nest nothing.
constexpr std::array<std::string_view, 22> kUnclosed = {
    "area", "base", "br",     "col", "embed", "hr", "img", "input", "link", "meta",  "param",
    "wbr",  "p",    "option", "li",  "dt",    "dd", "tr",  "td",    "th",   "tbody", "thead"};

std::string TagName(std::string_view rest) {
  std::string name;
  for (const char c : rest) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter) break;
    name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

// The parser's time grows with the square of the depth, and a few hundred kilobytes of opening tags
// would keep it busy for hours; no court nests like that.
bool NestsTooDeeply(std::string_view html) {
  constexpr int kDepthMax = 1000;
  int depth = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool closes = html.substr(at + 1, 1) == "/";
    const std::string name = TagName(html.substr(at + (closes ? 2 : 1)));
    if (name.empty() || std::ranges::find(kUnclosed, name) != kUnclosed.end()) continue;
    depth = closes ? std::max(0, depth - 1) : depth + 1;
    if (depth > kDepthMax) return true;
  }
  return false;
}

std::string AnchorOf(const GumboNode& node) {
  if (node.type != GUMBO_NODE_ELEMENT || node.v.element.tag != GUMBO_TAG_A) return {};
  const GumboAttribute* name = gumbo_get_attribute(&node.v.element.attributes, "name");
  if (name == nullptr || std::ranges::find(kAnchors, name->value) == kAnchors.end()) return {};
  return name->value;
}

const GumboNode* ChildAt(const GumboNode& node, unsigned index) {
  if (node.type != GUMBO_NODE_ELEMENT && node.type != GUMBO_NODE_TEMPLATE) return nullptr;
  const GumboVector& children = node.v.element.children;
  return index < children.length ? static_cast<const GumboNode*>(children.data[index]) : nullptr;
}

// Visits the tree in document order without recursion, since the nesting is the sender's.
template <typename Enter, typename Leave>
void Walk(const GumboNode& root, const Enter& enter, const Leave& leave) {
  const GumboNode* node = &root;
  for (;;) {
    const GumboNode* next = enter(*node) ? ChildAt(*node, 0) : nullptr;
    while (next == nullptr) {
      leave(*node);
      if (node == &root) return;
      next = ChildAt(*node->parent, static_cast<unsigned>(node->index_within_parent + 1));
      if (next == nullptr) {
        node = node->parent;
        continue;
      }
      break;
    }
    node = next;
  }
}

std::u32string_view Trimmed(std::u32string_view text) {
  const auto space = [](char32_t c) { return c <= U' ' || c == 0xFEFF; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  return text;
}

std::u32string Lower(std::u32string_view text) {
  std::u32string lower(text);
  for (char32_t& c : lower) c += c >= U'A' && c <= U'Z' ? U'a' - U'A' : 0;
  return lower;
}

}  // namespace

bool LooksLikeHtml(std::u32string_view text) {
  constexpr std::size_t kHead = 4096;
  text = Trimmed(text);
  if (text.empty() || text.front() != U'<') return false;
  const std::u32string head = Lower(text.substr(0, kHead));
  constexpr std::u32string_view kTags[] = {U"<!doctype html", U"<html", U"<head", U"<body",
                                           U"<div",           U"<p",    U"<a ",   U"<span",
                                           U"<table",         U"<meta"};
  return std::ranges::any_of(
      kTags, [&](std::u32string_view tag) { return head.find(tag) != std::u32string::npos; });
}

absl::Status AddHtml(std::string_view html, std::string_view place, TextBuilder& out) {
  if (NestsTooDeeply(html)) {
    return MakeError(Reason::kTooLarge, "the page is nested more deeply than can be read");
  }
  const auto destroy = [](GumboOutput* output) {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  };
  const std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()), destroy);
  bool anchored = false;
  Walk(
      *parsed->root,
      [&](const GumboNode& node) {
        anchored = anchored || !AnchorOf(node).empty();
        return !anchored;
      },
      [](const GumboNode&) {});
  std::string at(place);
  bool begun = !anchored;
  Walk(
      *parsed->root,
      [&](const GumboNode& node) {
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
            node.type == GUMBO_NODE_CDATA) {
          // A line end in the file is white space; only elements end lines.
          std::string text = node.v.text.text;
          std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
          if (begun) out.AddUtf8(text, at);
          return false;
        }
        if (node.type != GUMBO_NODE_ELEMENT) return false;
        if (std::string anchor = AnchorOf(node); !anchor.empty()) {
          begun = true;
          at = std::move(anchor);
          out.EndLine();
        }
        if (IsBlock(node.v.element.tag)) out.EndLine();
        return !IsHidden(node.v.element.tag);
      },
      [&](const GumboNode& node) {
        if (node.type == GUMBO_NODE_ELEMENT && IsBlock(node.v.element.tag)) out.EndLine();
      });
  out.EndLine();
  return absl::OkStatus();
}

}  // namespace recoup::court
