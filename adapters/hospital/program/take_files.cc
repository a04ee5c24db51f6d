#include "adapters/hospital/program/take_files.h"

#include "absl/strings/str_cat.h"
#include "adapters/common/backoff.h"
#include "adapters/common/error_text.h"
#include "adapters/hospital/program/describe.h"
#include "adapters/hospital/program/message_file.h"

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

absl::StatusOr<FilesTaken> TakeFiles(adapters::CommandContext& context, Intake& intake,
                                     const std::vector<std::string>& names) {
  FilesTaken files;
  for (const std::string& name : names) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile(name);
    if (!bytes.ok()) {
      ReportFile(context, name, bytes.status());
      ++files.refused;
      continue;
    }
    for (const NamedArrival& named : ArrivalsIn(name, *bytes, intake.rules())) {
      const absl::StatusOr<Taken> taken = intake.Take(named.arrival);
      // The hub is not involved yet: what is transient here is the disk.
      if (!taken.ok() && adapters::IsTransient(taken.status())) {
        return adapters::AsUsageError(taken.status());
      }
      ReportFile(context, named.name, taken);
      if (taken.ok()) {
        files.taken.push_back(*taken);
      } else {
        ++files.refused;
      }
    }
  }
  return files;
}

}  // namespace recoup::hospital
