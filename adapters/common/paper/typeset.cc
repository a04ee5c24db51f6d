#include "adapters/common/paper/typeset.h"

#include <utility>

namespace recoup::adapters {
namespace {

constexpr double kUnboundedWidth = -1;

GPtr<PangoLayout> MakeLayout(PangoContext* context, const std::string& text, const TextStyle& style,
                             double width) {
  GPtr<PangoLayout> layout(pango_layout_new(context));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, "Noto Serif CJK SC, Noto Serif, serif");
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout.get(), width < 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_indent(layout.get(),
                          static_cast<int>(style.first_indent_em * style.size * PANGO_SCALE));
  pango_layout_set_justify(layout.get(), style.align == TextAlign::kJustified);
  if (style.align == TextAlign::kCentre) {
    pango_layout_set_alignment(layout.get(), PANGO_ALIGN_CENTER);
  } else if (style.align == TextAlign::kRight) {
    pango_layout_set_alignment(layout.get(), PANGO_ALIGN_RIGHT);
  }
  // Names of rules and numbers are broken where they must be, but never given a hyphen of ours.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  const std::string valid = ValidUtf8(text);
  pango_layout_set_text(layout.get(), valid.data(), static_cast<int>(valid.size()));
  return layout;
}

}  // namespace

std::string ValidUtf8(const std::string& text) {
  const std::unique_ptr<char, decltype(&g_free)> valid(
      g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), &g_free);
  return valid.get();
}

Typesetter::Typesetter()
    : fonts_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(fonts_.get())) {
  // One unit is one point, and figures do not depend on a screen.
  pango_cairo_context_set_resolution(context_.get(), 72);
  const std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> options(
      cairo_font_options_create(), &cairo_font_options_destroy);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options.get());
  pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
}

SetText Typesetter::Set(const std::string& text, const TextStyle& style, double width) const {
  SetText set;
  set.layout = MakeLayout(context_.get(), text, style, width);
  set.line_height = style.size * style.line_height;
  set.red = style.red;
  PangoLayoutIter* at = pango_layout_get_iter(set.layout.get());
  do {
    PangoRectangle box;
    pango_layout_iter_get_line_extents(at, nullptr, &box);
    const double height = pango_units_to_double(box.height);
    const double ascent =
        pango_units_to_double(pango_layout_iter_get_baseline(at)) - pango_units_to_double(box.y);
    set.lines.push_back({pango_layout_iter_get_line_readonly(at), pango_units_to_double(box.x),
                         (set.line_height - height) / 2 + ascent});
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
  return set;
}

double Typesetter::WidthOf(const std::string& text, const TextStyle& style) const {
  const GPtr<PangoLayout> layout = MakeLayout(context_.get(), text, style, kUnboundedWidth);
  int width = 0;
  pango_layout_get_size(layout.get(), &width, nullptr);
  return pango_units_to_double(width);
}

}  // namespace recoup::adapters
