#include "adapters/hospital/mapping/fields.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "adapters/common/format.h"
#include "hub/base/clock.h"

namespace recoup::hospital::mapping {
namespace {

struct IdKindRow {
  std::string_view psn_cert_type;
  v1::IdKind kind;
};

// The national interface's dictionary psn_cert_type.
constexpr std::array kIdKinds = {
    IdKindRow{"01", v1::ID_KIND_RESIDENT_ID},
    IdKindRow{"02", v1::ID_KIND_MILITARY_ID},
    IdKindRow{"03", v1::ID_KIND_MILITARY_ID},  // Armed police.
    IdKindRow{"04", v1::ID_KIND_HONG_KONG_MACAO_PERMIT},
    IdKindRow{"05", v1::ID_KIND_HONG_KONG_MACAO_PERMIT},
    IdKindRow{"06", v1::ID_KIND_TAIWAN_PERMIT},
    IdKindRow{"07", v1::ID_KIND_FOREIGNER_ID},
    IdKindRow{"08", v1::ID_KIND_PASSPORT},
};

}  // namespace

std::string PoolNameOf(const PoolHint& pool) {
  return absl::StrCat("pools/", pool.area_code, "-", pool.insurance_type);
}

std::string PoolName(const PoolHint& pool, Faults& faults) {
  if (pool.area_code.empty()) faults.Add("insuplc_admdvs", "参保地未知：无法确定统筹区基金");
  if (pool.insurance_type.empty()) faults.Add("insutype", "险种未知：无法确定统筹区基金");
  return PoolNameOf(pool);
}

v1::IdKind IdKindFrom(std::string_view psn_cert_type) {
  for (const IdKindRow& row : kIdKinds) {
    if (row.psn_cert_type == psn_cert_type) return row.kind;
  }
  return v1::ID_KIND_OTHER;
}

v1::Person PersonFrom(const Patient& patient, SourceKind source) {
  v1::Person person;
  person.set_name(patient.name);
  if (!patient.id_number.empty()) {
    person.set_id_kind(IdKindFrom(patient.id_type));
    person.set_id_number(patient.id_number);
  }
  if (source == SourceKind::kNationalInterface) person.set_insured_number(patient.person_number);
  if (patient.birth_date) person.set_birth_on(DayText(*patient.birth_date));
  person.set_phone(patient.phone);
  return person;
}

void SetTime(absl::Time time, google::protobuf::Timestamp& timestamp) {
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

std::string DayText(absl::CivilDay day) { return adapters::FormatDate(day); }

std::string ChinaDayText(absl::Time time) { return DayText(ChinaDate(time)); }

}  // namespace recoup::hospital::mapping
