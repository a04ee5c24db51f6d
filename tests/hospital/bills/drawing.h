// A bill drawn on a page, as PDF or as a picture that went through a scanner or a camera; and what
// a reader should answer to each question, with the place of the value.
//
// Six layouts, as provinces print them: what stands where, in which words, with or without a grid.
#ifndef RECOUP_TESTS_HOSPITAL_BILLS_DRAWING_H_
#define RECOUP_TESTS_HOSPITAL_BILLS_DRAWING_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/common/pages/page.h"
#include "adapters/hospital/invoice/fields.h"
#include "tests/hospital/bills/bill.h"

namespace recoup::hospital::bills {

enum class Layout {
  kOutpatientForm,     // The national form: label and value with a colon, in three columns.
  kInpatientForm,      // The same with deposits and the days of the stay.
  kOutpatientColumns,  // Payments under the heads of a table.
  kInpatientSentence,  // Payments in one running sentence below the table.
  kInpatientGrid,      // Label and value in cells of a grid, without colons.
  kOutpatientStrip,    // A narrow strip, one line for each value, amounts at the right edge.
};
inline constexpr std::array kLayouts = {Layout::kOutpatientForm,    Layout::kInpatientForm,
                                        Layout::kOutpatientColumns, Layout::kInpatientSentence,
                                        Layout::kInpatientGrid,     Layout::kOutpatientStrip};
std::string_view NameOf(Layout layout);

struct Expected {
  invoice::Field field = invoice::Field::kTitle;
  std::string text;   // As an Answer has it.
  adapters::Box box;  // Of the value, in points on the upright page.
};

struct DrawnBill {
  double width = 0, height = 0;  // Points.
  std::vector<Expected> expected;
};

struct Distortion {
  std::string name;
  int dots_per_inch = 200;
  double skew_degrees = 0;
  int quarter_turns = 0;  // Clockwise.
  int blur_pixels = 0;
  int noise = 0;       // Deviation of each pixel's grey, of 255.
  double faded = 0;    // 0 as printed, 1 white.
  bool stamp = false;  // A red seal over the values.
  bool uneven_light = false;
  int jpeg_quality = 0;  // 0: PNG.
};

// How large a picture holds the whole page, turned and skewed about its middle.
struct LaidSize {
  double width = 0, height = 0;
};
LaidSize SizeOnGlass(double width, double height, const Distortion& distortion);

// What is measured: each alone, then a bad copy of everything.
std::vector<Distortion> AllDistortions();

// What the page would answer; nothing is rendered.
DrawnBill Describe(const Bill& bill, Layout layout);
// Text as text.
std::string AsPdf(const Bill& bill, Layout layout, bool stamp = false);
std::string AsPicture(const Bill& bill, Layout layout, const Distortion& distortion,
                      std::uint64_t seed);

}  // namespace recoup::hospital::bills

#endif  // RECOUP_TESTS_HOSPITAL_BILLS_DRAWING_H_
