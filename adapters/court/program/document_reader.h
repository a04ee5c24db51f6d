// Files → documents → elements, on several threads, handed over in the order of the files.
//
// Every command of recoup-court reads through here, so that all of them take the same sources. At
// most a few files per thread are in memory at any time, however many there are.
#ifndef RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_READER_H_
#define RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_READER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/court/elements.h"
#include "adapters/court/rule_book.h"
#include "adapters/court/sources/read_source.h"
#include "adapters/court/sources/source_queue.h"
#include "hub/crypto/sha256.h"

namespace recoup::court {

struct DocumentRead {
  std::string name;         // The file's; "…#2" for the second document of a file.
  crypto::Digest sha256{};  // Of the document's bytes; zero when there are none.
  bool known = false;       // The caller knows it already; not read again.
  absl::StatusOr<JudgmentElements> elements = JudgmentElements();
  SourceDocument source;  // Without its text, unless kept.
};

struct ReadingOptions {
  int threads = 1;
  bool keep_text = false;
  // Asked on any thread, before a file is read; of a file with several documents once for each.
  std::function<bool(const crypto::Digest&)> is_known = {};
};

// One file on one thread. Never empty: what cannot be read comes with its error.
class DocumentReader {
 public:
  // `rules` must outlive it.
  DocumentReader(const RuleBook& rules, const ReadingOptions& options)
      : rules_(rules), options_(options) {}
  std::vector<DocumentRead> Read(const SourceFile& file);

 private:
  DocumentRead Extract(SourceDocument source, std::string name, const crypto::Digest& sha256) const;
  bool IsKnown(const crypto::Digest& sha256) const {
    return options_.is_known && options_.is_known(sha256);
  }

  const RuleBook& rules_;
  const ReadingOptions& options_;
  SourceReader source_;
};

// `take` runs on the calling thread, once per file; an error of it ends the reading and is
// returned. `known` is how many files are known to exist by then.
using TakeFile =
    std::function<absl::Status(std::vector<DocumentRead> documents, std::int64_t known)>;
absl::Status ReadAllDocuments(SourceQueue& queue, const RuleBook& rules,
                              const ReadingOptions& options, const TakeFile& take);

// As many threads as the machine has processors, at most 16.
int ThreadsOfThisMachine();

}  // namespace recoup::court

#endif  // RECOUP_ADAPTERS_COURT_PROGRAM_DOCUMENT_READER_H_
