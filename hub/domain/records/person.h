// A natural person as the hub knows one. Sealed at rest with the record that holds it.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_
#define RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "hub/domain/enum.h"

namespace recoup::domain {

// Kinds of identity papers. Numbers equal recoup.v1.IdKind.
#define RECOUP_ID_KINDS(X)                                                       \
  X(kResidentId, 1, "RESIDENT_ID", "居民身份证")                                 \
  X(kPassport, 2, "PASSPORT", "护照")                                            \
  X(kHongKongMacaoPermit, 3, "HONG_KONG_MACAO_PERMIT", "港澳居民来往内地通行证") \
  X(kTaiwanPermit, 4, "TAIWAN_PERMIT", "台湾居民来往大陆通行证")                 \
  X(kResidencePermit, 5, "RESIDENCE_PERMIT", "港澳台居民居住证")                 \
  X(kForeignerId, 6, "FOREIGNER_ID", "外国人永久居留身份证")                     \
  X(kMilitaryId, 7, "MILITARY_ID", "军官证")                                     \
  X(kOther, 8, "OTHER", "其他证件")
RECOUP_ENUM(IdKind, RECOUP_ID_KINDS)

struct Person {
  std::string name;
  std::string id_number;  // Normalised resident ID number; empty when not known.
  std::string phone;
  // Keyed blind indexes of id_number and name: equal tokens mean equal values, and nothing else is
  // learnt.
  std::string id_token;
  std::string name_token;
  std::string insured_number{};              // 人员编号, where the source gives it.
  std::optional<absl::CivilDay> birth_on{};  // As the source says; an identity number says it too.
  std::optional<IdKind> id_kind{};           // Of id_number, where the source names it.

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "id_number", self.id_number);
    visit(3, "phone", self.phone);
    visit(4, "id_token", self.id_token);
    visit(5, "name_token", self.name_token);
    visit(90, "insured_number", self.insured_number);
    visit(91, "birth_on", self.birth_on);
    visit(92, "id_kind", self.id_kind);
  }
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_
