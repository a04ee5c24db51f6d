// Draws text and lines on a cairo context and remembers which value stands where.
#ifndef RECOUP_TESTS_HOSPITAL_BILLS_CANVAS_H_
#define RECOUP_TESTS_HOSPITAL_BILLS_CANVAS_H_

#include <cairo.h>

#include <string>

#include "tests/hospital/bills/drawing.h"

namespace recoup::hospital::bills {

class Canvas {
 public:
  // Borrows both.
  Canvas(cairo_t* out, DrawnBill& drawn) : out_(out), drawn_(drawn) {}

  // The form's own print: brown, as the bills have it. Returns where it ends.
  double Label(double x, double y, const std::string& text, double size = 9);
  // Black, as the program of the hospital fills it in. Returns its box.
  adapters::Box Value(double x, double y, const std::string& text, double size = 9);
  adapters::Box ValueEndingAt(double right, double y, const std::string& text, double size = 9);
  // A value that answers a question.
  void Answer(invoice::Field field, const adapters::Box& box, std::string text);
  // "label：value", which answers.
  void Ask(invoice::Field field, double x, double y, const std::string& label,
           const std::string& value, const std::string& answer = "", double size = 9);

  void Line(double x1, double y1, double x2, double y2);
  void Frame(double x, double y, double width, double height);
  // A round red seal with a name around a star.
  void Stamp(double x, double y, const std::string& name);

 private:
  adapters::Box Text(double x, double y, const std::string& text, double size, bool brown);

  cairo_t* out_;
  DrawnBill& drawn_;
};

// Each layout's page; sizes are set in `drawn`.
void DrawLayout(const Bill& bill, Layout layout, Canvas& canvas, DrawnBill& drawn);
// Where a seal would stand on this layout: over values that matter.
void DrawStamp(const Bill& bill, const DrawnBill& drawn, Canvas& canvas);

}  // namespace recoup::hospital::bills

#endif  // RECOUP_TESTS_HOSPITAL_BILLS_CANVAS_H_
