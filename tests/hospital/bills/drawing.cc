#include "tests/hospital/bills/drawing.h"

#include <cairo-pdf.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <utility>

#include "hub/base/check.h"
#include "tests/hospital/bills/canvas.h"

namespace recoup::hospital::bills {
namespace {

struct SurfaceDestroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;

cairo_status_t AppendTo(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void Draw(cairo_t* out, const Bill& bill, Layout layout, bool stamp, DrawnBill& drawn) {
  Canvas canvas(out, drawn);
  DrawLayout(bill, layout, canvas, drawn);
  if (stamp) DrawStamp(bill, drawn, canvas);
}

Surface Blank(int width, int height) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  cairo_t* out = cairo_create(surface.get());
  cairo_set_source_rgb(out, 1, 1, 1);
  cairo_paint(out);
  cairo_destroy(out);
  return surface;
}

Surface Rendered(const Bill& bill, Layout layout, const Distortion& distortion) {
  const DrawnBill size = Describe(bill, layout);
  const double scale = distortion.dots_per_inch / 72.0;
  Surface surface =
      Blank(static_cast<int>(size.width * scale), static_cast<int>(size.height * scale));
  cairo_t* out = cairo_create(surface.get());
  cairo_scale(out, scale, scale);
  DrawnBill drawn;
  Draw(out, bill, layout, distortion.stamp, drawn);
  cairo_destroy(out);
  return surface;
}

// Quarter turns and skew in one: the paper on the glass.
Surface Laid(const Surface& page, const Distortion& distortion) {
  const int width = cairo_image_surface_get_width(page.get());
  const int height = cairo_image_surface_get_height(page.get());
  const LaidSize size = SizeOnGlass(width, height, distortion);
  Surface laid = Blank(static_cast<int>(size.width), static_cast<int>(size.height));
  cairo_t* out = cairo_create(laid.get());
  cairo_translate(out, size.width / 2, size.height / 2);
  cairo_rotate(out, distortion.quarter_turns * M_PI / 2 + distortion.skew_degrees * M_PI / 180);
  cairo_set_source_surface(out, page.get(), -width / 2.0, -height / 2.0);
  cairo_pattern_set_filter(cairo_get_source(out), CAIRO_FILTER_BILINEAR);
  cairo_paint(out);
  cairo_destroy(out);
  return laid;
}

// One pixel: blue, green, red, unused.
class Pixels {
 public:
  explicit Pixels(const Surface& surface)
      : width_(cairo_image_surface_get_width(surface.get())),
        height_(cairo_image_surface_get_height(surface.get())),
        stride_(cairo_image_surface_get_stride(surface.get())) {
    cairo_surface_flush(surface.get());
    data_ = cairo_image_surface_get_data(surface.get());
  }
  int width() const { return width_; }
  int height() const { return height_; }
  unsigned char& At(int x, int y, int channel) { return data_[y * stride_ + x * 4 + channel]; }

 private:
  int width_, height_, stride_;
  unsigned char* data_ = nullptr;
};

void Blur(Pixels& pixels, int radius) {
  std::vector<int> line;
  const auto pass = [&](int count, const auto& at) {
    line.clear();
    for (int i = 0; i < count; ++i) line.push_back(at(i));
    for (int i = 0; i < count; ++i) {
      int sum = 0, seen = 0;
      for (int j = std::max(0, i - radius); j <= std::min(count - 1, i + radius); ++j, ++seen) {
        sum += line[static_cast<std::size_t>(j)];
      }
      at(i) = static_cast<unsigned char>(sum / seen);
    }
  };
  for (int channel = 0; channel < 3; ++channel) {
    for (int y = 0; y < pixels.height(); ++y) {
      pass(pixels.width(), [&](int x) -> unsigned char& { return pixels.At(x, y, channel); });
    }
    for (int x = 0; x < pixels.width(); ++x) {
      pass(pixels.height(), [&](int y) -> unsigned char& { return pixels.At(x, y, channel); });
    }
  }
}

void Spoil(Pixels& pixels, const Distortion& distortion, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  for (int y = 0; y < pixels.height(); ++y) {
    for (int x = 0; x < pixels.width(); ++x) {
      // The sum of four even numbers is near enough to a normal deviation.
      int deviation = 0;
      if (distortion.noise > 0) {
        for (int i = 0; i < 4; ++i) {
          deviation += static_cast<int>(engine() % (2u * static_cast<unsigned>(distortion.noise)));
        }
        deviation -= 4 * distortion.noise;
      }
      const double light = distortion.uneven_light ? 1.0 - 0.45 * x / pixels.width() : 1.0;
      for (int channel = 0; channel < 3; ++channel) {
        double value = pixels.At(x, y, channel);
        value = 255 - (255 - value) * (1 - distortion.faded);
        value = value * light + deviation;
        pixels.At(x, y, channel) = static_cast<unsigned char>(std::clamp(value, 0.0, 255.0));
      }
    }
  }
}

std::string Encoded(const Surface& surface, const Distortion& distortion) {
  Pixels pixels(surface);
  Pix* pix = pixCreate(pixels.width(), pixels.height(), 32);
  RECOUP_CHECK(pix != nullptr);
  for (int y = 0; y < pixels.height(); ++y) {
    for (int x = 0; x < pixels.width(); ++x) {
      pixSetRGBPixel(pix, x, y, pixels.At(x, y, 2), pixels.At(x, y, 1), pixels.At(x, y, 0));
    }
  }
  pixSetResolution(pix, distortion.dots_per_inch, distortion.dots_per_inch);
  l_uint8* data = nullptr;
  std::size_t size = 0;
  const int failed = distortion.jpeg_quality > 0
                         ? pixWriteMemJpeg(&data, &size, pix, distortion.jpeg_quality, 0)
                         : pixWriteMemPng(&data, &size, pix, 0);
  RECOUP_CHECK(failed == 0);
  std::string bytes(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  pixDestroy(&pix);
  return bytes;
}

}  // namespace

LaidSize SizeOnGlass(double width, double height, const Distortion& distortion) {
  const double angle = std::abs(distortion.skew_degrees) * M_PI / 180;
  if (distortion.quarter_turns % 2 == 1) std::swap(width, height);
  return {width * std::cos(angle) + height * std::sin(angle),
          width * std::sin(angle) + height * std::cos(angle)};
}

std::vector<Distortion> AllDistortions() {
  std::vector<Distortion> all;
  const auto add = [&all](const char* name) -> Distortion& {
    all.emplace_back().name = name;
    return all.back();
  };
  add("clean, 300 dpi").dots_per_inch = 300;
  add("clean, 200 dpi");
  add("clean, 150 dpi").dots_per_inch = 150;
  add("skew 3 degrees").skew_degrees = 3;
  add("skew -7 degrees").skew_degrees = -7;
  add("on its side").quarter_turns = 1;
  add("on its head").quarter_turns = 2;
  {
    Distortion& turned = add("on its other side, skew 2");
    turned.quarter_turns = 3;
    turned.skew_degrees = 2;
  }
  add("noise").noise = 22;
  add("blur").blur_pixels = 1;
  add("faded").faded = 0.6;
  add("uneven light").uneven_light = true;
  add("red seal").stamp = true;
  {
    Distortion& bad = add("bad copy");
    bad.skew_degrees = 1.5;
    bad.noise = 10;
    bad.blur_pixels = 1;
    bad.faded = 0.3;
    bad.stamp = true;
    bad.jpeg_quality = 60;
  }
  return all;
}

DrawnBill Describe(const Bill& bill, Layout layout) {
  DrawnBill drawn;
  const Surface surface = Blank(1, 1);
  cairo_t* out = cairo_create(surface.get());
  Draw(out, bill, layout, false, drawn);
  cairo_destroy(out);
  return drawn;
}

std::string AsPdf(const Bill& bill, Layout layout, bool stamp) {
  const DrawnBill size = Describe(bill, layout);
  std::string bytes;
  const Surface surface(
      cairo_pdf_surface_create_for_stream(&AppendTo, &bytes, size.width, size.height));
  cairo_t* out = cairo_create(surface.get());
  DrawnBill drawn;
  Draw(out, bill, layout, stamp, drawn);
  cairo_show_page(out);
  cairo_destroy(out);
  cairo_surface_finish(surface.get());
  return bytes;
}

std::string AsPicture(const Bill& bill, Layout layout, const Distortion& distortion,
                      std::uint64_t seed) {
  const Surface laid = Laid(Rendered(bill, layout, distortion), distortion);
  Pixels pixels(laid);
  if (distortion.blur_pixels > 0) Blur(pixels, distortion.blur_pixels);
  Spoil(pixels, distortion, seed);
  cairo_surface_mark_dirty(laid.get());
  return Encoded(laid, distortion);
}

}  // namespace recoup::hospital::bills
