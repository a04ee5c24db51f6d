#include "adapters/court/program/document_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/court/extract.h"
#include "adapters/court/sources/evidence_places.h"
#include "adapters/court/sources/reading_confidence.h"
#include "hub/base/mutex.h"

namespace recoup::court {
namespace {

// Files in, documents out in the same order; what lies between is bounded.
class Pipeline {
 public:
  Pipeline(SourceQueue& queue, std::size_t window) : queue_(queue), window_(window) {}

  // The next file with its number, or nothing: at the end, or when stopped.
  std::optional<std::pair<std::size_t, SourceFile>> TakeFile() {
    MutexLock lock(mutex_);
    while (!stopped_ && given_ - taken_ >= window_) changed_.wait(mutex_);
    if (stopped_ || ended_) return std::nullopt;
    // Loading under the lock: one disk, and the queue is for one thread.
    std::optional<SourceFile> file = queue_.Next();
    known_ = queue_.known();
    if (!file.has_value()) {
      ended_ = true;
      changed_.notify_all();
      return std::nullopt;
    }
    return std::make_pair(given_++, *std::move(file));
  }

  void Put(std::size_t number, std::vector<DocumentRead> documents) {
    MutexLock lock(mutex_);
    done_.emplace(number, std::move(documents));
    changed_.notify_all();
  }

  // The documents of the next file in order; nothing after the last.
  std::optional<std::pair<std::vector<DocumentRead>, std::int64_t>> TakeDocuments() {
    MutexLock lock(mutex_);
    while (!done_.contains(taken_) && !(ended_ && taken_ == given_)) changed_.wait(mutex_);
    const auto next = done_.find(taken_);
    if (next == done_.end()) return std::nullopt;
    auto documents = std::move(next->second);
    done_.erase(next);
    ++taken_;
    changed_.notify_all();
    return std::make_pair(std::move(documents), known_);
  }

  void Stop() {
    MutexLock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  SourceQueue& queue_ RECOUP_GUARDED_BY(mutex_);
  const std::size_t window_;
  std::map<std::size_t, std::vector<DocumentRead>> done_ RECOUP_GUARDED_BY(mutex_);
  std::size_t given_ RECOUP_GUARDED_BY(mutex_) = 0;
  std::size_t taken_ RECOUP_GUARDED_BY(mutex_) = 0;
  std::int64_t known_ RECOUP_GUARDED_BY(mutex_) = 0;
  bool ended_ RECOUP_GUARDED_BY(mutex_) = false;
  bool stopped_ RECOUP_GUARDED_BY(mutex_) = false;
};

}  // namespace

std::vector<DocumentRead> DocumentReader::Read(const SourceFile& file) {
  DocumentRead first;
  first.name = file.name;
  const auto failed = [&first](absl::Status error) {
    first.elements = std::move(error);
    std::vector<DocumentRead> one;
    one.push_back(std::move(first));
    return one;
  };
  if (!file.bytes.ok()) return failed(file.bytes.status());
  first.sha256 = crypto::Sha256(*file.bytes);
  if (IsKnown(first.sha256)) {
    first.known = true;
    std::vector<DocumentRead> one;
    one.push_back(std::move(first));
    return one;
  }
  absl::StatusOr<std::vector<SourceDocument>> sources = source_.Read(*file.bytes);
  if (!sources.ok()) return failed(sources.status());
  std::vector<DocumentRead> documents;
  for (std::size_t i = 0; i < sources->size(); ++i) {
    SourceDocument& source = (*sources)[i];
    const crypto::Digest sha256 =
        source.own_bytes.empty() ? first.sha256 : crypto::Sha256(source.own_bytes);
    std::string name = i == 0 ? file.name : absl::StrCat(file.name, "#", i + 1);
    if (!source.own_bytes.empty() && IsKnown(sha256)) {
      DocumentRead known;
      known.name = std::move(name);
      known.sha256 = sha256;
      known.known = true;
      documents.push_back(std::move(known));
    } else {
      documents.push_back(Extract(std::move(source), std::move(name), sha256));
    }
  }
  return documents;
}

DocumentRead DocumentReader::Extract(SourceDocument source, std::string name,
                                     const crypto::Digest& sha256) const {
  DocumentRead document;
  document.name = std::move(name);
  document.sha256 = sha256;
  JudgmentElements elements = ExtractElements(source.text, rules_);
  ApplyReadingConfidence(source, elements);
  TellPlaces(source, elements);
  document.elements = std::move(elements);
  source.own_bytes.clear();
  if (!options_.keep_text) source.text.clear();
  document.source = std::move(source);
  return document;
}

absl::Status ReadAllDocuments(SourceQueue& queue, const RuleBook& rules,
                              const ReadingOptions& options, const TakeFile& take) {
  constexpr std::size_t kFilesPerThread = 4;
  Pipeline pipeline(queue, kFilesPerThread * static_cast<std::size_t>(options.threads));
  std::vector<std::thread> threads;
  for (int i = 0; i < options.threads; ++i) {
    threads.emplace_back([&] {
      DocumentReader reader(rules, options);
      while (auto file = pipeline.TakeFile()) {
        pipeline.Put(file->first, reader.Read(file->second));
      }
    });
  }
  absl::Status status;
  while (auto documents = pipeline.TakeDocuments()) {
    status = take(std::move(documents->first), documents->second);
    if (!status.ok()) break;
  }
  pipeline.Stop();
  for (std::thread& thread : threads) thread.join();
  return status;
}

int ThreadsOfThisMachine() {
  constexpr int kThreadsMax = 16;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kThreadsMax);
}

}  // namespace recoup::court
