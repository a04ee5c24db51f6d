// Scores of the reader on labelled documents, and how they are printed.
#ifndef RECOUP_BENCH_EXTRACTION_REPORT_H_
#define RECOUP_BENCH_EXTRACTION_REPORT_H_

#include <iosfwd>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "adapters/court/labels/labels.h"

namespace recoup::bench {

struct Score {
  int right = 0, wrong = 0, missed = 0;
  double Precision() const { return right + wrong == 0 ? 1.0 : 1.0 * right / (right + wrong); }
  double Recall() const { return right + missed == 0 ? 1.0 : 1.0 * right / (right + missed); }
  double F1() const {
    return right + wrong + missed == 0 ? 1.0 : 2.0 * right / (2.0 * right + wrong + missed);
  }
};

class Report {
 public:
  void Add(const court::labels::LabelledDocument& document,
           const std::vector<court::labels::ReadValue>& read);

  // Per field: right, wrong, missed, precision, recall, F1; then grade and basis, their confusion
  // tables, calibration, and the documents with most faults.
  void Print(std::ostream& out) const;
  // Every value that was missed or is wrong.
  void PrintMisses(std::ostream& out) const;

 private:
  struct Miss {
    std::string document, field, what, value;
  };
  struct Bin {
    int right = 0, all = 0;
  };

  void Calibrate(const court::labels::ReadValue& value, bool right);

  int documents_ = 0;
  std::map<std::string, Score> scores_;
  std::map<std::string, std::map<std::pair<std::string, std::string>, int>> confusion_;
  std::map<int, Bin> calibration_;  // By the lower bound of the confidence, in percent.
  std::vector<Miss> misses_;
};

}  // namespace recoup::bench

#endif  // RECOUP_BENCH_EXTRACTION_REPORT_H_
