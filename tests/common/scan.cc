#include "tests/common/scan.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <functional>

namespace recoup::adapters {
namespace {

constexpr double kWidth = 595;
constexpr double kHeight = 842;

cairo_status_t AppendTo(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void DrawLines(cairo_t* out, const std::vector<std::string>& lines) {
  cairo_set_source_rgb(out, 0, 0, 0);
  double top = 60;
  for (const std::string& line : lines) {
    PangoLayout* layout = pango_cairo_create_layout(out);
    PangoFontDescription* font = pango_font_description_from_string("Noto Serif CJK SC");
    pango_font_description_set_absolute_size(font, 15 * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, line.c_str(), -1);
    cairo_move_to(out, 60, top);
    pango_cairo_show_layout(out, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
    top += 30;
  }
}

void DrawParagraphs(cairo_t* out, const std::vector<std::string>& headings,
                    const std::vector<std::string>& paragraphs) {
  constexpr double kFontSize = 12;
  constexpr double kMargin = 70;
  cairo_set_source_rgb(out, 0, 0, 0);
  double top = 50;
  const auto draw = [&](const std::string& text, bool heading) {
    PangoLayout* layout = pango_cairo_create_layout(out);
    PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK SC");
    pango_font_description_set_absolute_size(font, kFontSize * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, static_cast<int>((kWidth - 2 * kMargin) * PANGO_SCALE));
    pango_layout_set_justify(layout, heading ? FALSE : TRUE);
    pango_layout_set_alignment(layout, heading ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    pango_layout_set_indent(layout, heading ? 0 : static_cast<int>(2 * kFontSize * PANGO_SCALE));
    pango_layout_set_text(layout, text.c_str(), -1);
    cairo_move_to(out, kMargin, top);
    pango_cairo_show_layout(out, layout);
    int height = 0;
    pango_layout_get_pixel_size(layout, nullptr, &height);
    pango_font_description_free(font);
    g_object_unref(layout);
    top += height + 2;
  };
  for (const std::string& heading : headings) draw(heading, true);
  for (const std::string& paragraph : paragraphs) draw(paragraph, false);
}

cairo_surface_t* Picture(const std::function<void(cairo_t*)>& draw, int dots_per_inch) {
  const double scale = dots_per_inch / 72.0;
  cairo_surface_t* surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, static_cast<int>(kWidth * scale), static_cast<int>(kHeight * scale));
  cairo_t* out = cairo_create(surface);
  cairo_set_source_rgb(out, 1, 1, 1);
  cairo_paint(out);
  cairo_scale(out, scale, scale);
  draw(out);
  cairo_destroy(out);
  return surface;
}

cairo_surface_t* Picture(const std::vector<std::string>& lines, int dots_per_inch) {
  return Picture([&](cairo_t* out) { DrawLines(out, lines); }, dots_per_inch);
}

std::string Png(cairo_surface_t* picture) {
  std::string bytes;
  cairo_surface_write_to_png_stream(picture, &AppendTo, &bytes);
  cairo_surface_destroy(picture);
  return bytes;
}

std::string Pdf(std::size_t pages, const std::function<void(cairo_t*, std::size_t)>& draw) {
  std::string bytes;
  cairo_surface_t* surface =
      cairo_pdf_surface_create_for_stream(&AppendTo, &bytes, kWidth, kHeight);
  cairo_t* out = cairo_create(surface);
  for (std::size_t i = 0; i < pages; ++i) {
    draw(out, i);
    cairo_show_page(out);
  }
  cairo_destroy(out);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  return bytes;
}

}  // namespace

std::string ScannedPng(const std::vector<std::string>& lines, int dots_per_inch) {
  return Png(Picture(lines, dots_per_inch));
}

std::string ScannedParagraphsPng(const std::vector<std::string>& headings,
                                 const std::vector<std::string>& paragraphs, int dots_per_inch) {
  return Png(
      Picture([&](cairo_t* out) { DrawParagraphs(out, headings, paragraphs); }, dots_per_inch));
}

std::string ScannedPdf(const std::vector<std::vector<std::string>>& pages) {
  constexpr int kDotsPerInch = 200;
  return Pdf(pages.size(), [&](cairo_t* out, std::size_t page) {
    cairo_surface_t* picture = Picture(pages[page], kDotsPerInch);
    cairo_save(out);
    cairo_scale(out, 72.0 / kDotsPerInch, 72.0 / kDotsPerInch);
    cairo_set_source_surface(out, picture, 0, 0);
    cairo_paint(out);
    cairo_restore(out);
    cairo_surface_destroy(picture);
  });
}

std::string TextPdf(const std::vector<std::vector<std::string>>& pages) {
  return Pdf(pages.size(), [&](cairo_t* out, std::size_t page) { DrawLines(out, pages[page]); });
}

std::string LockedPdf() {
  const std::string nobody_knows(64, 'A');
  return "%PDF-1.4\n"
         "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
         "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
         "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
         "4 0 obj\n<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" +
         nobody_knows + "> /U <" + nobody_knows +
         "> >>\nendobj\n"
         "trailer\n<< /Root 1 0 R /Encrypt 4 0 R /ID [<" +
         std::string(32, '0') + "> <" + std::string(32, '0') +
         ">] /Size 5 >>\nstartxref\n0\n%%EOF\n";
}

}  // namespace recoup::adapters
