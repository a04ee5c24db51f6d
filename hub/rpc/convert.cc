#include "hub/rpc/convert.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/str_cat.h"
#include "hub/app/letters.h"
#include "hub/base/clock.h"
#include "hub/domain/identity.h"
#include "hub/rpc/shape.h"

namespace recoup::rpc {
namespace {

constexpr absl::CivilDay kEarliestDay(1990, 1, 1);  // Before any record this hub can hold.
constexpr absl::CivilDay kEarliestBirth(1880, 1, 1);
constexpr std::size_t kDocumentHashSize = 32;
constexpr absl::Duration kClockSkew = absl::Minutes(10);

}  // namespace

std::string FieldReader::Path(std::string_view field) const {
  if (prefix_.empty()) return std::string(field);
  if (field.empty()) return prefix_;
  return absl::StrCat(prefix_, ".", std::string(field));
}

FieldReader FieldReader::In(std::string_view field) const {
  return FieldReader(faults_, Path(field));
}

FieldReader FieldReader::In(std::string_view field, int index) const {
  return FieldReader(faults_, absl::StrCat(Path(field), "[", index, "]"));
}

void FieldReader::Add(std::string_view field, std::string description) {
  faults_.Add(Path(field), std::move(description));
}

std::string FieldReader::Text(std::string_view field, const std::string& value, Need need,
                              std::size_t max) {
  if (value.empty()) {
    if (need == Need::kRequired) Add(field, "missing");
    return "";
  }
  if (value.size() > max) {
    Add(field, absl::StrCat("longer than ", max, " bytes"));
    return "";
  }
  if (HoldsControlCharacters(value)) {
    Add(field, "holds control characters");
    return "";
  }
  return value;
}

domain::PoolId FieldReader::Pool(std::string_view field, const std::string& name) {
  if (const auto pool = app::ParsePoolName(name)) return *pool;
  Add(field, name.empty() ? "missing" : "not a pool like pools/310115-310");
  return {};
}

domain::PartyId FieldReader::Party(std::string_view field, const std::string& name, Need need) {
  if (name.empty() && need == Need::kOptional) return {};
  if (const auto party = app::ParsePartyName(name)) return *party;
  Add(field, name.empty() ? "missing" : "not a party like parties/insurer/huaan");
  return {};
}

domain::Money FieldReader::Amount(std::string_view field, std::int64_t fen) {
  const auto money = domain::Money::Create(fen);
  if (!money.ok()) {
    Add(field, "beyond 10 trillion yuan");
  } else if (money->is_negative()) {
    Add(field, "negative");
  } else {
    return *money;
  }
  return {};
}

domain::Money FieldReader::PositiveAmount(std::string_view field, std::int64_t fen) {
  if (fen == 0) {
    Add(field, "must be above zero");
    return {};
  }
  return Amount(field, fen);
}

absl::CivilDay FieldReader::Day(std::string_view field, const std::string& text) {
  if (text.empty()) {
    Add(field, "missing");
    return {};
  }
  return OptionalDay(field, text).value_or(absl::CivilDay());
}

std::optional<absl::CivilDay> FieldReader::OptionalDay(std::string_view field,
                                                       const std::string& text) {
  return ReadDay(field, text, kEarliestDay);
}

std::optional<absl::CivilDay> FieldReader::ReadDay(std::string_view field, const std::string& text,
                                                   absl::CivilDay earliest) {
  if (text.empty()) return std::nullopt;
  absl::CivilDay day;
  if (!IsDay(text) || !absl::ParseCivilTime(text, &day)) {
    Add(field, "not a date like 2025-03-25");
    return std::nullopt;
  }
  if (day < earliest || day > absl::CivilDay(2200, 1, 1)) {
    Add(field, "a date no case can have");
    return std::nullopt;
  }
  return day;
}

absl::CivilDay FieldReader::Day(std::string_view field, const std::string& text,
                                absl::CivilDay latest) {
  const absl::CivilDay day = Day(field, text);
  if (day > latest) Add(field, "in the future");
  return day;
}

std::optional<absl::CivilDay> FieldReader::OptionalDay(std::string_view field,
                                                       const std::string& text,
                                                       absl::CivilDay latest) {
  if (text.empty()) return std::nullopt;
  return Day(field, text, latest);
}

absl::Time FieldReader::Time(std::string_view field, bool present,
                             const google::protobuf::Timestamp& time, absl::Time latest) {
  if (!present) {
    Add(field, "missing");
    return {};
  }
  if (time.nanos() < 0 || time.nanos() > 999'999'999) {
    Add(field, "not a time");
    return {};
  }
  const absl::Time value = absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
  if (value < absl::FromCivil(kEarliestDay, ChinaTimeZone())) {
    Add(field, "a time no case can have");
  } else if (value > latest + kClockSkew) {
    Add(field, "in the future");
  }
  return value;
}

Id FieldReader::RequestId(const std::string& text) {
  if (const auto id = Id::FromUuid(text)) {
    if (id->is_version7()) return *id;
  }
  Add("request_id", text.empty() ? "missing" : "not a UUID of version 7");
  return {};
}

domain::Person FieldReader::Person(std::string_view field, const recoup::v1::Person& person,
                                   Need name_need, absl::CivilDay today) {
  FieldReader in = In(field);
  domain::Person out;
  out.name = in.Text("name", person.name(), name_need, kNameMax);
  out.phone = in.Text("phone", person.phone(), Need::kOptional);
  out.insured_number = in.Text("insured_number", person.insured_number(), Need::kOptional);
  out.birth_on = in.ReadDay("birth_on", person.birth_on(), kEarliestBirth);
  if (out.birth_on && *out.birth_on > today) in.Add("birth_on", "in the future");
  if (person.id_kind() != recoup::v1::ID_KIND_UNSPECIFIED) {
    out.id_kind = in.Enum<domain::IdKind>("id_kind", person.id_kind());
  }
  const std::string number = in.Text("id_number", person.id_number(), Need::kOptional);
  if (number.empty()) return out;
  const bool resident = person.id_kind() == recoup::v1::ID_KIND_UNSPECIFIED ||
                        person.id_kind() == recoup::v1::ID_KIND_RESIDENT_ID;
  if (!resident) {
    out.id_number = number;
    return out;
  }
  const absl::StatusOr<domain::ResidentId> id = domain::ResidentId::Parse(number);
  if (id.ok()) {
    out.id_number = id->number();
  } else {
    in.Add("id_number", std::string(id.status().message()));
  }
  return out;
}

std::string FieldReader::CreditCode(std::string_view field, const std::string& text) {
  if (text.empty()) return "";
  const absl::StatusOr<domain::SocialCreditCode> code = domain::SocialCreditCode::Parse(text);
  if (code.ok()) return code->code();
  Add(field, std::string(code.status().message()));
  return "";
}

std::string FieldReader::Sha256(std::string_view field, const std::string& bytes) {
  if (!bytes.empty() && bytes.size() != kDocumentHashSize) Add(field, "not 32 bytes");
  return bytes;
}

void SetTime(absl::Time time, google::protobuf::Timestamp* out) {
  const std::int64_t micros = absl::ToUnixMicros(time);
  out->set_seconds(micros / 1'000'000);
  out->set_nanos(static_cast<int>(micros % 1'000'000) * 1000);
}

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

std::string DayText(const std::optional<absl::CivilDay>& day) { return day ? DayText(*day) : ""; }

void PersonToProto(const domain::Person& person, recoup::v1::Person* out) {
  out->set_name(person.name);
  out->set_id_number(person.id_number);
  out->set_phone(person.phone);
  out->set_insured_number(person.insured_number);
  out->set_birth_on(DayText(person.birth_on));
  if (person.id_kind) out->set_id_kind(static_cast<recoup::v1::IdKind>(*person.id_kind));
}

void ExplanationToProto(const domain::Explanation& explanation, recoup::v1::Explanation* out) {
  for (const domain::ExplanationStep& step : explanation.steps) {
    auto* proto = out->add_steps();
    proto->set_label(step.label);
    proto->set_formula(step.formula);
    proto->set_rule_id(step.rule_id);
    proto->set_rule_version(step.rule_version);
    proto->set_source(step.source);
    if (step.result) proto->set_result_fen(step.result->fen());
    for (const domain::ExplanationInput& input : step.inputs) {
      auto* value = proto->add_inputs();
      value->set_name(input.name);
      if (input.amount) {
        value->set_value(absl::StrCat(input.amount->ToYuanGrouped(), " 元"));
      } else if (input.ratio) {
        value->set_value(app::RatioText(*input.ratio));
      } else {
        value->set_value(input.text);
      }
    }
    if (!step.result_text.empty()) {
      auto* value = proto->add_inputs();
      value->set_name("结果");
      value->set_value(step.result_text);
    }
  }
}

std::string EtagOf(std::int64_t version) { return absl::StrCat("v", version); }

}  // namespace recoup::rpc
