// Pictures that lie on their side, stand on their head or are skewed, turned upright before their
// text is recognised; and the way back, so that boxes are on the page as it was handed in.
//
// Used by one thread at a time.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_UPRIGHT_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_UPRIGHT_H_

#include <memory>
#include <vector>

#include "adapters/common/pages/recognise.h"

namespace recoup::hospital::invoice {

// How a page was turned. Points; angles clockwise.
struct Turn {
  int quarter_turns = 0;
  double skew_degrees = 0;
  double width = 0, height = 0;  // Of the page as handed in.
  double upright_width = 0, upright_height = 0;

  // The smallest box on the page as handed in that holds `upright`.
  adapters::Box ToPage(const adapters::Box& upright) const;
};

// Decorates an engine: the words come in upright coordinates; `turns` has one entry per picture.
class UprightRecogniser final : public adapters::Recogniser {
 public:
  explicit UprightRecogniser(std::unique_ptr<adapters::Recogniser> engine);

  absl::StatusOr<std::vector<adapters::Word>> Recognise(const adapters::GreyImage& image) override;

  const std::vector<Turn>& turns() const { return turns_; }
  void Forget() { turns_.clear(); }

 private:
  const std::unique_ptr<adapters::Recogniser> engine_;
  std::vector<Turn> turns_;
};

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_UPRIGHT_H_
