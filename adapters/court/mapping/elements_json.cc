#include "adapters/court/mapping/elements_json.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/time/civil_time.h"
#include "adapters/court/mapping/element_path.h"
#include "nlohmann/json.hpp"

namespace recoup::court::mapping {
namespace {

using Json = nlohmann::ordered_json;

Json Value(const std::string& text) { return text; }
Json Value(absl::CivilDay day) { return absl::FormatCivilTime(day); }
Json Value(domain::Money money) { return money.fen(); }
template <typename Enum>
Json Value(Enum value) requires(std::is_enum_v<Enum>) {
  return std::string(Name(value));
}

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value.has_value() ? Value(*value) : Json(nullptr);
}

// 70 % as 70, a third as 33.33: the one place where a share leaves as a decimal, for readers who
// expect percent; the hub gets basis points.
Json PercentValue(Percent share) {
  if (share.hundredths % 100 == 0) return share.hundredths / 100;
  return static_cast<double>(share.hundredths) / 100.0;
}

// Funds as debtors are rare and the interface knows four kinds.
Json DebtorKind(PartyKind kind) {
  return std::string(Name(kind == PartyKind::kFund ? PartyKind::kOther : kind));
}

Json InjuredPersons(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const InjuredPerson& person : elements.injured_persons) {
    list.push_back({{"name", person.name}, {"id_number", OrNull(person.id_number)}});
  }
  return list;
}

Json Liability(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const LiabilityShare& share : elements.liability) {
    list.push_back({{"party", share.party}, {"share_percent", PercentValue(share.share_percent)}});
  }
  return list;
}

Json Obligations(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const Obligation& obligation : elements.obligations) {
    list.push_back({{"debtor", obligation.debtor},
                    {"debtor_kind", DebtorKind(obligation.debtor_kind)},
                    {"creditor", obligation.creditor},
                    {"amount_fen", obligation.amount.fen()},
                    {"policy_kind", OrNull(obligation.policy_kind)}});
  }
  return list;
}

// Beside the obligations, whose keys are fixed.
Json MedicalShares(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const MedicalShare& share : elements.medical_shares) {
    list.push_back({{"obligation", share.obligation},
                    {"amount_fen", OrNull(share.amount)},
                    {"set_off_fen", OrNull(share.set_off)},
                    {"source", OrNull(share.source)},
                    {"how", share.how}});
  }
  return list;
}

Json Policies(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const Policy& policy : elements.policies) {
    list.push_back({{"insurer", policy.insurer},
                    {"kind", std::string(Name(policy.kind))},
                    {"limit_fen", OrNull(policy.limit)},
                    {"medical_remaining_fen", OrNull(policy.medical_remaining)}});
  }
  return list;
}

// Hospitals are read for matching and are no key of this document.
bool IsOfADocumentKey(const Evidence& evidence) {
  return !absl::StartsWith(evidence.field, "hospitals");
}

Json EvidenceList(const JudgmentElements& elements) {
  Json list = Json::array();
  for (const Evidence& evidence : elements.evidence) {
    if (!IsOfADocumentKey(evidence)) continue;
    list.push_back({{"element", ElementPath(evidence.field)},
                    {"begin", evidence.begin},
                    {"end", evidence.end},
                    {"place", evidence.place.empty() ? Json(nullptr) : Json(evidence.place)},
                    {"sentence", evidence.sentence},
                    {"rule", evidence.rule}});
  }
  return list;
}

// Between 0 and 1. An element that several places support is as certain as the least certain of
// them.
Json Confidence(const JudgmentElements& elements) {
  std::vector<std::pair<std::string, int>> lowest;
  for (const Evidence& evidence : elements.evidence) {
    if (!IsOfADocumentKey(evidence)) continue;
    std::string path = ElementPath(evidence.field);
    const auto known = std::ranges::find(lowest, path, &std::pair<std::string, int>::first);
    if (known == lowest.end()) {
      lowest.emplace_back(std::move(path), evidence.confidence_percent);
    } else {
      known->second = std::min(known->second, evidence.confidence_percent);
    }
  }
  Json confidence = Json::object();
  for (const auto& [path, percent] : lowest) confidence[path] = percent / 100.0;
  return confidence;
}

}  // namespace

std::string ElementsAsJson(const JudgmentElements& elements, JsonLayout layout) {
  Json json;
  json["case_number"] = OrNull(elements.case_number);
  json["court"] = OrNull(elements.court);
  json["document_type"] = OrNull(elements.document_type);
  json["instance"] = OrNull(elements.instance);
  json["cause"] = OrNull(elements.cause);
  json["closed_on"] = OrNull(elements.closed_on);
  json["accident_on"] = OrNull(elements.accident_on);
  json["injured_persons"] = InjuredPersons(elements);
  json["liability"] = Liability(elements);
  json["medical_expense_total_fen"] = OrNull(elements.medical_expense_total);
  json["medical_expense_awarded_fen"] = OrNull(elements.medical_expense_awarded);
  json["fund_paid_fen"] = OrNull(elements.fund_paid);
  json["self_paid_fen"] = OrNull(elements.self_paid);
  json["basis"] = Value(elements.basis);
  json["grade"] = Value(elements.grade);
  json["obligations"] = Obligations(elements);
  json["policies"] = Policies(elements);
  json["third_party_kind"] = OrNull(elements.third_party_kind);
  json["medical_shares"] = MedicalShares(elements);
  json["evidence"] = EvidenceList(elements);
  json["confidence"] = Confidence(elements);
  json["warnings"] = elements.warnings;
  // Sentences are cut out of valid UTF-8; should one be cut badly, it is mended, not refused.
  return json.dump(layout == JsonLayout::kIndented ? 2 : -1, ' ', false,
                   Json::error_handler_t::replace) +
         "\n";
}

}  // namespace recoup::court::mapping
