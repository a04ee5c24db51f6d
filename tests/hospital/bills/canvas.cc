#include "tests/hospital/bills/canvas.h"

#include <pango/pangocairo.h>

#include <cmath>
#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::hospital::bills {

adapters::Box Canvas::Text(double x, double y, const std::string& text, double size, bool brown) {
  PangoLayout* layout = pango_cairo_create_layout(out_);
  PangoFontDescription* font =
      pango_font_description_from_string(brown ? "Noto Serif CJK SC" : "Noto Sans CJK SC");
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_layout_set_text(layout, text.c_str(), -1);
  cairo_set_source_rgb(out_, brown ? 0.45 : 0.05, brown ? 0.2 : 0.05, brown ? 0.1 : 0.05);
  cairo_move_to(out_, x, y);
  pango_cairo_show_layout(out_, layout);
  PangoRectangle ink;
  pango_layout_get_pixel_extents(layout, &ink, nullptr);
  pango_font_description_free(font);
  g_object_unref(layout);
  return {x + ink.x, y + ink.y, x + ink.x + ink.width, y + ink.y + ink.height};
}

double Canvas::Label(double x, double y, const std::string& text, double size) {
  return Text(x, y, text, size, true).right;
}

adapters::Box Canvas::Value(double x, double y, const std::string& text, double size) {
  return Text(x, y, text, size, false);
}

adapters::Box Canvas::ValueEndingAt(double right, double y, const std::string& text, double size) {
  // Digits are about half as wide as high.
  const double guess = size * 0.58 * static_cast<double>(text.size());
  return Text(right - guess, y, text, size, false);
}

void Canvas::Answer(invoice::Field field, const adapters::Box& box, std::string text) {
  drawn_.expected.push_back({field, std::move(text), box});
}

void Canvas::Ask(invoice::Field field, double x, double y, const std::string& label,
                 const std::string& value, const std::string& answer, double size) {
  const double end = Label(x, y, absl::StrCat(label, "："), size);
  Answer(field, Value(end + size * 0.3, y, value, size), answer.empty() ? value : answer);
}

void Canvas::Line(double x1, double y1, double x2, double y2) {
  cairo_set_source_rgb(out_, 0.45, 0.2, 0.1);
  cairo_set_line_width(out_, 0.6);
  cairo_move_to(out_, x1, y1);
  cairo_line_to(out_, x2, y2);
  cairo_stroke(out_);
}

void Canvas::Frame(double x, double y, double width, double height) {
  Line(x, y, x + width, y);
  Line(x, y + height, x + width, y + height);
  Line(x, y, x, y + height);
  Line(x + width, y, x + width, y + height);
}

void Canvas::Stamp(double x, double y, const std::string& name) {
  constexpr double kRadius = 52;
  cairo_save(out_);
  // Ink lets through what is printed beneath it.
  cairo_set_operator(out_, CAIRO_OPERATOR_MULTIPLY);
  cairo_set_source_rgba(out_, 0.9, 0.08, 0.1, 0.9);
  cairo_set_line_width(out_, 2.5);
  cairo_new_path(out_);
  cairo_arc(out_, x, y, kRadius, 0, 2 * M_PI);
  cairo_stroke(out_);
  cairo_new_path(out_);
  for (int i = 0; i <= 5; ++i) {
    const double angle = -M_PI / 2 + i * 4 * M_PI / 5;
    const double px = x + 14 * std::cos(angle), py = y + 14 * std::sin(angle);
    if (i == 0) {
      cairo_move_to(out_, px, py);
    } else {
      cairo_line_to(out_, px, py);
    }
  }
  cairo_fill(out_);
  PangoLayout* layout = pango_cairo_create_layout(out_);
  PangoFontDescription* font = pango_font_description_from_string("Noto Serif CJK SC");
  pango_font_description_set_absolute_size(font, 11 * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  for (const auto& [text, dy] :
       {std::pair(name, -34.0), std::pair(std::string("收费专用章"), 20.0)}) {
    pango_layout_set_text(layout, text.c_str(), -1);
    int width = 0, height = 0;
    pango_layout_get_pixel_size(layout, &width, &height);
    cairo_move_to(out_, x - width / 2.0, y + dy);
    pango_cairo_show_layout(out_, layout);
  }
  pango_font_description_free(font);
  g_object_unref(layout);
  cairo_restore(out_);
}

}  // namespace recoup::hospital::bills
