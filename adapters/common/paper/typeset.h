// Text set in lines by Pango, with the lifetimes of its C objects kept; internal to this folder.
#ifndef RECOUP_ADAPTERS_COMMON_PAPER_TYPESET_H_
#define RECOUP_ADAPTERS_COMMON_PAPER_TYPESET_H_

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

namespace recoup::adapters {

struct GObjectUnref {
  void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using GPtr = std::unique_ptr<T, GObjectUnref>;

enum class TextAlign { kLeft, kCentre, kRight, kJustified };

struct TextStyle {
  double size = 12;  // Points.
  bool bold = false;
  bool red = false;
  TextAlign align = TextAlign::kLeft;
  double line_height = 1.5;    // In sizes.
  double first_indent_em = 0;  // In sizes.
};

struct SetLine {
  PangoLayoutLine* line = nullptr;  // Owned by its layout.
  double x = 0;                     // From the left of the block.
  double ascent = 0;                // From the top of the line to its baseline.
};

// One block of text, broken into lines of equal height.
struct SetText {
  GPtr<PangoLayout> layout;
  std::vector<SetLine> lines;
  double line_height = 0;
  bool red = false;

  double height() const { return line_height * static_cast<double>(lines.size()); }
};

// Bytes that are no UTF-8 become replacement characters.
std::string ValidUtf8(const std::string& text);

class Typesetter {
 public:
  Typesetter();
  SetText Set(const std::string& text, const TextStyle& style, double width) const;
  // Of the text on one line.
  double WidthOf(const std::string& text, const TextStyle& style) const;

 private:
  // A font map of its own: the default one is shared between threads and must not be.
  GPtr<PangoFontMap> fonts_;
  GPtr<PangoContext> context_;
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAPER_TYPESET_H_
