// Invented payments with the truth beside them: what each was meant for, and whether the facts
// alone can tell. The same seed and size give the same corpus. For tests of quality and for
// benchmarks.
#ifndef RECOUP_TESTS_RECONCILE_CORPUS_H_
#define RECOUP_TESTS_RECONCILE_CORPUS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/reconcile/facts.h"
#include "hub/reconcile/result.h"

namespace recoup::reconcile {

struct Truth {
  std::string kind;  // What was invented, for instance "reference with a slip".
  bool decidable = false;
  // What belongs to which demand; of an undecidable payment, what it was meant for.
  std::map<std::string, domain::Money> meant;
};

struct Corpus {
  Facts facts;
  std::map<std::string, Truth> truth;  // By entry key.
};

// How demands are spread over payments; the kinds of payment and their weights are the same.
enum class Shape {
  // An advice names up to 22 demands, one or two of three instalments are paid, parts are two:
  // nearly one and a half demands for each entry.
  kWide,
  // An advice names up to four demands, up to twelve of twelve instalments are paid, parts are two
  // to five: as many demands as entries.
  kEven,
};

// About `entries` entries.
Corpus MakeCorpus(std::size_t entries, std::uint64_t seed, Shape shape = Shape::kWide);

struct Quality {
  struct OfKind {
    std::int64_t entries = 0;
    std::int64_t decidable = 0;  // Applications to be found.
    std::int64_t found = 0;      // Of them.
    std::int64_t wrong = 0;      // Applications that are not true.
    std::int64_t guessed = 0;    // Applications of what nobody can tell.
  };
  std::map<std::string, OfKind> by_kind;
  OfKind total;
  double precision() const;
  double recall() const;
};

Quality Measure(const Corpus& corpus, const Result& result);

}  // namespace recoup::reconcile

#endif  // RECOUP_TESTS_RECONCILE_CORPUS_H_
