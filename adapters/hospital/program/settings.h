// The settings of recoup-hospital, and what they open.
#ifndef RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SETTINGS_H_
#define RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SETTINGS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/cli.h"
#include "adapters/common/spool.h"
#include "adapters/hospital/program/case_book.h"
#include "adapters/hospital/program/hospital_hub.h"
#include "adapters/hospital/program/intake.h"
#include "adapters/hospital/reader.h"
#include "hub/config/schema.h"

namespace recoup::hospital {

// hub.*, log.*, spool.*, hospital.* and listen.*.
std::vector<config::KeyRow> HospitalKeys();

// "NT-RES=320600-390" or "01=310": the hospital's own code, then the pool's area (or the hospital's
// own) and insurance type. All faulty rows are told.
absl::StatusOr<std::vector<InsuranceMapping>> InsuranceMappings(
    const std::vector<std::string>& rows);
absl::StatusOr<HospitalProfile> ProfileFrom(const config::Config& config);

// How messages are read here: the hospital, its insurance codes, its triage rules.
absl::StatusOr<ReadingRules> ReadingRulesFrom(const config::Config& config);

// Reads a rule file and runs the examples beside its rules.
absl::StatusOr<triage::RuleBook> RuleBookFromFile(const std::string& file);

// "310115-310" or the full name.
std::string PoolNameFromText(const std::string& text);

std::string CaseBookFileOf(const std::string& spool_file);

// Everything a command works on: rules, case book, spool and intake, opened and flushed. The case
// book lies beside the spool, in its file's name plus ".visits".
struct Desk {
  ReadingRules rules;
  std::unique_ptr<CaseBook> book;
  std::unique_ptr<adapters::Spool> spool;
  std::unique_ptr<Intake> intake;
};

// `context` must outlive the desk. Errors are usage errors: a file that cannot be opened, settings.
absl::StatusOr<std::unique_ptr<Desk>> OpenDesk(adapters::CommandContext& context);

// `random` is for backoff only, so that a thread may bring its own.
absl::StatusOr<std::unique_ptr<HospitalHub>> OpenHub(adapters::CommandContext& context,
                                                     Random& random);

}  // namespace recoup::hospital

#endif  // RECOUP_ADAPTERS_HOSPITAL_PROGRAM_SETTINGS_H_
