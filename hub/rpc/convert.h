// From proto fields to domain values, collecting every fault with its path. Domain values to proto
// fields.
//
//   FieldReader in(faults, "settlement");
//   command.pool = in.Pool("pool", report.pool());
//   command.amount = in.Amount("fund_paid_fen", report.fund_paid_fen());
//
// A value that cannot be read comes back empty and leaves a fault; the caller checks the faults
// once at the end.
#ifndef RECOUP_HUB_RPC_CONVERT_H_
#define RECOUP_HUB_RPC_CONVERT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
#include "hub/app/names.h"
#include "hub/base/error.h"
#include "hub/domain/enum.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/person.h"
#include "recoup/v1/common.pb.h"
#include "recoup/v1/explain.pb.h"

namespace recoup::rpc {

enum class Need { kRequired, kOptional };

inline constexpr std::size_t kIdentifierMax = 100;
inline constexpr std::size_t kNameMax = 300;
inline constexpr std::size_t kTextMax = 4000;

class FieldReader {
 public:
  FieldReader(Faults& faults, std::string prefix = "")
      : faults_(faults), prefix_(std::move(prefix)) {}

  // A reader for a nested message or a list element: In("fund_lines", 2) reads
  // "prefix.fund_lines[2].…".
  FieldReader In(std::string_view field) const;
  FieldReader In(std::string_view field, int index) const;

  // Text that is valid UTF-8 (proto3 guarantees it) without control characters, at most `max`
  // bytes.
  std::string Text(std::string_view field, const std::string& value, Need need = Need::kRequired,
                   std::size_t max = kIdentifierMax);
  domain::PoolId Pool(std::string_view field, const std::string& name);
  domain::PartyId Party(std::string_view field, const std::string& name,
                        Need need = Need::kRequired);
  domain::Money Amount(std::string_view field, std::int64_t fen);  // Not negative.
  domain::Money PositiveAmount(std::string_view field, std::int64_t fen);
  absl::CivilDay Day(std::string_view field, const std::string& text);
  std::optional<absl::CivilDay> OptionalDay(std::string_view field, const std::string& text);
  // Facts: not after `latest`, since what has happened does not lie in the future.
  absl::CivilDay Day(std::string_view field, const std::string& text, absl::CivilDay latest);
  std::optional<absl::CivilDay> OptionalDay(std::string_view field, const std::string& text,
                                            absl::CivilDay latest);
  // Not after `latest`, for the same reason.
  absl::Time Time(std::string_view field, bool present, const google::protobuf::Timestamp& time,
                  absl::Time latest);
  Id RequestId(const std::string& text);
  // A person as the sender knows them, the identity number checked and normalised; all but the name
  // may be missing.
  domain::Person Person(std::string_view field, const recoup::v1::Person& person, Need name_need,
                        absl::CivilDay today);
  // A unified social credit code (统一社会信用代码), checked and normalised; may be empty.
  std::string CreditCode(std::string_view field, const std::string& text);
  // Empty, or 32 bytes.
  std::string Sha256(std::string_view field, const std::string& bytes);

  template <typename TypedIdT>
  app::PoolResource<TypedIdT> Name(std::string_view field, const std::string& name) {
    const auto parsed = app::ParseName<TypedIdT>(name);
    if (parsed) return *parsed;
    Add(field, absl::StrCat("not a name like pools/310115-310/",
                            std::string(app::Collection<TypedIdT>::kName), "/<id>"));
    return {};
  }

  // Numbers of proto and domain enums are the same (a test holds them together).
  template <domain::NamedEnum E>
  E Enum(std::string_view field, int number) {
    const E value = static_cast<E>(number);
    if (!domain::IsKnown(value))
      Add(field, number == 0 ? "missing" : "not a value of this program");
    return value;
  }
  template <domain::NamedEnum E>
  E EnumOr(std::string_view field, int number, E otherwise) {
    return number == 0 ? otherwise : Enum<E>(field, number);
  }

  void Add(std::string_view field, std::string description);
  Faults& faults() { return faults_; }

 private:
  std::string Path(std::string_view field) const;
  std::optional<absl::CivilDay> ReadDay(std::string_view field, const std::string& text,
                                        absl::CivilDay earliest);

  Faults& faults_;
  std::string prefix_;
};

void SetTime(absl::Time time, google::protobuf::Timestamp* out);
std::string DayText(absl::CivilDay day);
std::string DayText(const std::optional<absl::CivilDay>& day);
void PersonToProto(const domain::Person& person, recoup::v1::Person* out);
void ExplanationToProto(const domain::Explanation& explanation, recoup::v1::Explanation* out);

// The etag of a record is its version.
std::string EtagOf(std::int64_t version);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERT_H_
