#include "adapters/hospital/program/take_files.h"

#include <utility>

#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
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

class FileTaker {
 public:
  FileTaker(adapters::CommandContext& context, Intake& intake)
      : context_(context), intake_(intake) {}

  // An error is one of the disk.
  absl::Status TakeAll(const std::vector<NamedArrival>& arrivals) {
    for (const NamedArrival& named : arrivals) {
      const absl::StatusOr<Taken> taken = intake_.Take(named.arrival);
      // The hub is not involved yet: what is transient here is the disk.
      if (!taken.ok() && adapters::IsTransient(taken.status())) {
        return adapters::AsUsageError(taken.status());
      }
      ReportFile(context_, named.name, taken);
      if (taken.ok()) {
        files_.taken.push_back(*taken);
      } else {
        ++files_.refused;
      }
    }
    return absl::OkStatus();
  }
  void Refuse(const std::string& name, const absl::Status& why) {
    ReportFile(context_, name, why);
    ++files_.refused;
  }
  FilesTaken Result() && { return std::move(files_); }

 private:
  adapters::CommandContext& context_;
  Intake& intake_;
  FilesTaken files_;
};

}  // namespace

absl::Status ForEachFile(const std::vector<std::string>& paths, const ReadingRules& rules,
                         const OnUnreadable& on_unreadable, const OnArrivals& on_arrivals) {
  const absl::StatusOr<std::vector<std::string>> names = WithoutFolders(paths);
  if (!names.ok()) return adapters::AsUsageError(names.status());
  std::vector<NamedBytes> bulk;
  for (const std::string& name : *names) {
    absl::StatusOr<std::string> bytes = ReadMessageFile(name);
    if (!bytes.ok()) {
      on_unreadable(name, bytes.status());
    } else if (names->size() > 1 && IsBulkFile(name, *bytes)) {
      bulk.push_back({name, *std::move(bytes)});
    } else {
      RECOUP_RETURN_IF_ERROR(on_arrivals(ArrivalsIn(name, *bytes, rules)));
    }
  }
  if (bulk.empty()) return absl::OkStatus();
  return on_arrivals(ArrivalsInBulk(bulk, rules));
}

absl::StatusOr<FilesTaken> TakeFiles(adapters::CommandContext& context, Intake& intake,
                                     const std::vector<std::string>& names) {
  FileTaker taker(context, intake);
  RECOUP_RETURN_IF_ERROR(ForEachFile(
      names, intake.rules(),
      [&](const std::string& name, const absl::Status& why) { taker.Refuse(name, why); },
      [&](const std::vector<NamedArrival>& arrivals) { return taker.TakeAll(arrivals); }));
  return std::move(taker).Result();
}

}  // namespace recoup::hospital
