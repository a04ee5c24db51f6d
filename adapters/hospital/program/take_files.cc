#include "adapters/hospital/program/take_files.h"

#include <array>
#include <utility>

#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
#include "adapters/common/progress.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/message_file.h"
#include "hub/base/status.h"

namespace recoup::hospital {

void ReportFile(adapters::CommandContext& context, const std::string& name,
                const absl::StatusOr<Taken>& taken) {
  if (context.json()) {
    Json json = {{"file", name}};
    json.update(taken.ok() ? TakenAsJson(*taken)
                           : Json::parse(adapters::ErrorAsJson(taken.status())));
    context.out() << JsonLine(json);
    return;
  }
  context.out() << name << "：";
  if (taken.ok()) {
    context.out() << TakenForPeople(*taken);
  } else {
    context.out() << "未收\n" << adapters::ErrorForPeople(taken.status(), context.out_colour());
  }
}

namespace {

// What shares one commit.
constexpr std::size_t kMessagesAtOnce = 256;

class FileTaker {
 public:
  FileTaker(adapters::CommandContext& context, Intake& intake, std::size_t files)
      : context_(context),
        intake_(intake),
        progress_({.what = "条消息", .is_terminal = context.err_is_terminal()}, context.clock(),
                  context.err()),
        files_left_(static_cast<std::int64_t>(files)),
        many_(files > kMessagesTold) {}

  // An error is one of the disk.
  absl::Status Add(std::vector<NamedArrival> arrivals, std::int64_t files) {
    many_ = many_ || arrivals.size() > kMessagesTold;
    Expect(static_cast<std::int64_t>(arrivals.size()), files);
    for (NamedArrival& named : arrivals) {
      names_.push_back(std::move(named.name));
      arrivals_.push_back(std::move(named.arrival));
      if (arrivals_.size() >= kMessagesAtOnce) RECOUP_RETURN_IF_ERROR(TakeBatch());
    }
    return absl::OkStatus();
  }
  void Refuse(const std::string& name, const absl::Status& why) {
    Expect(1, 1);
    Tell(name, why);
  }
  absl::StatusOr<FilesTaken> Finish() && {
    RECOUP_RETURN_IF_ERROR(TakeBatch());
    if (TellsNumbers()) Summarise();
    return std::move(files_);
  }

 private:
  bool TellsNumbers() const { return many_ && !context_.json(); }

  // Files that were not read yet have a message each at least.
  void Expect(std::int64_t messages, std::int64_t files) {
    messages_ += messages;
    files_left_ -= files;
    progress_.SetTotal(messages_ + files_left_);
  }

  absl::Status TakeBatch() {
    const std::vector<absl::StatusOr<Taken>> answers = intake_.TakeManyNow(arrivals_);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      // The hub is not involved yet: what is transient here is the disk.
      if (!answers[i].ok() && adapters::IsTransient(answers[i].status())) {
        return adapters::AsUsageError(answers[i].status());
      }
      Tell(names_[i], answers[i]);
    }
    names_.clear();
    arrivals_.clear();
    return absl::OkStatus();
  }

  void Tell(const std::string& name, const absl::StatusOr<Taken>& taken) {
    const bool now = !TellsNumbers();
    if (now) {
      ReportFile(context_, name, taken);
    } else {
      progress_.Add(1);
    }
    if (taken.ok()) {
      files_.taken.push_back(*taken);
      return;
    }
    ++files_.refused;
    if (!now) refused_.emplace_back(name, taken.status());
  }

  void Summarise() {
    progress_.Finish();
    std::array<std::int64_t, 5> as = {};
    for (const Taken& taken : files_.taken) ++as[static_cast<std::size_t>(taken.as)];
    const auto count = [&as](TakenAs kind) { return as[static_cast<std::size_t>(kind)]; };
    context_.out() << "收下 " << files_.taken.size() << " 条：待上报 " << count(TakenAs::kSent)
                   << "，待核实 " << count(TakenAs::kAsked) << "，待补充 " << count(TakenAs::kHeld)
                   << "，无需处理 " << count(TakenAs::kNothing) << "，此前已收 "
                   << count(TakenAs::kKnown) << "；未收 " << files_.refused << " 条"
                   << (refused_.empty() ? "。\n" : "：\n");
    for (const auto& [name, why] : refused_) ReportFile(context_, name, why);
  }

  adapters::CommandContext& context_;
  Intake& intake_;
  adapters::Progress progress_;
  std::int64_t messages_ = 0;  // Of the files read.
  std::int64_t files_left_;
  bool many_;  // Told by their number instead of one by one.
  std::vector<std::string> names_;
  std::vector<Arrival> arrivals_;
  std::vector<std::pair<std::string, absl::Status>> refused_;
  FilesTaken files_;
};

using OnFiles = std::function<absl::Status(std::vector<NamedArrival> arrivals, std::int64_t files)>;

absl::Status ForEachOf(const std::vector<std::string>& names, const ReadingRules& rules,
                       const OnUnreadable& on_unreadable, const OnFiles& on_files) {
  std::vector<NamedBytes> bulk;
  for (const std::string& name : names) {
    absl::StatusOr<std::string> bytes = ReadMessageFile(name);
    if (!bytes.ok()) {
      on_unreadable(name, bytes.status());
    } else if (names.size() > 1 && IsBulkFile(name, *bytes)) {
      bulk.push_back({name, *std::move(bytes)});
    } else {
      RECOUP_RETURN_IF_ERROR(on_files(ArrivalsIn(name, *bytes, rules), 1));
    }
  }
  if (bulk.empty()) return absl::OkStatus();
  return on_files(ArrivalsInBulk(bulk, rules), static_cast<std::int64_t>(bulk.size()));
}

}  // namespace

absl::Status ForEachFile(const std::vector<std::string>& paths, const ReadingRules& rules,
                         const OnUnreadable& on_unreadable, const OnArrivals& on_arrivals) {
  const absl::StatusOr<std::vector<std::string>> names = WithoutFolders(paths);
  if (!names.ok()) return adapters::AsUsageError(names.status());
  return ForEachOf(
      *names, rules, on_unreadable,
      [&](std::vector<NamedArrival> arrivals, std::int64_t) { return on_arrivals(arrivals); });
}

absl::StatusOr<FilesTaken> TakeFiles(adapters::CommandContext& context, Intake& intake,
                                     const std::vector<std::string>& paths) {
  const absl::StatusOr<std::vector<std::string>> names = WithoutFolders(paths);
  if (!names.ok()) return adapters::AsUsageError(names.status());
  FileTaker taker(context, intake, names->size());
  RECOUP_RETURN_IF_ERROR(ForEachOf(
      *names, intake.rules(),
      [&](const std::string& name, const absl::Status& why) { taker.Refuse(name, why); },
      [&](std::vector<NamedArrival> arrivals, std::int64_t files) {
        return taker.Add(std::move(arrivals), files);
      }));
  return std::move(taker).Finish();
}

}  // namespace recoup::hospital
