#include "adapters/court/labels/labels.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "nlohmann/json.hpp"

namespace recoup::court::labels {
namespace {

using Json = nlohmann::json;

constexpr char kNothing[] = "-";

std::string Text(const Json& value) {
  if (value.is_null()) return kNothing;
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string Row(std::initializer_list<std::string> cells) { return absl::StrJoin(cells, "|"); }

std::string Hundredths(const Json& percent) {
  return absl::StrCat(std::llround(percent.get<double>() * 100));
}

Values Read(const Json& label) {
  Values values;
  for (const char* field :
       {"case_number", "court", "document_type", "instance", "cause", "closed_on", "accident_on",
        "medical_expense_total_fen", "medical_expense_awarded_fen", "fund_paid_fen",
        "self_paid_fen", "basis", "grade", "third_party_kind"}) {
    if (!label.at(field).is_null()) values[field].insert(Text(label.at(field)));
  }
  for (const Json& p : label.at("injured_persons")) {
    values["injured_persons"].insert(Row({Text(p.at("name")), Text(p.at("id_number"))}));
  }
  for (const Json& s : label.at("liability")) {
    values["liability"].insert(Row({Text(s.at("party")), Hundredths(s.at("share_percent"))}));
  }
  for (const Json& o : label.at("obligations")) {
    values["obligations"].insert(
        Row({Text(o.at("debtor")), Text(o.at("debtor_kind")), Text(o.at("creditor")),
             Text(o.at("amount_fen")), Text(o.at("policy_kind"))}));
  }
  for (const Json& p : label.at("policies")) {
    values["policies"].insert(Row({Text(p.at("insurer")), Text(p.at("kind")),
                                   Text(p.at("limit_fen")), Text(p.at("medical_remaining_fen"))}));
  }
  return values;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Fen(const std::optional<domain::Money>& money) {
  return money.has_value() ? absl::StrCat(money->fen()) : kNothing;
}

class Collector {
 public:
  explicit Collector(const JudgmentElements& elements) : elements_(elements) {}

  // `path` is that of the evidence; a value is as certain as the least certain of what supports it.
  void Add(const std::string& field, const std::string& path, std::string value) {
    std::optional<int> lowest;
    for (const Evidence& evidence : elements_.evidence) {
      const bool of_this = evidence.field == path || absl::StartsWith(evidence.field, path + ".");
      if (of_this) lowest = std::min(lowest.value_or(100), evidence.confidence_percent);
    }
    values_.push_back({field, std::move(value), lowest.value_or(0)});
  }

  std::vector<ReadValue> Take() { return std::move(values_); }

 private:
  const JudgmentElements& elements_;
  std::vector<ReadValue> values_;
};

template <typename Enum>
std::string Wire(Enum value) {
  return std::string(Name(value));
}

}  // namespace

absl::StatusOr<Values> ValuesOfLabel(const std::string& json) {
  try {
    return Read(Json::parse(json));
  } catch (const std::exception& error) {  // nlohmann-json reports by throwing.
    return MakeError(Reason::kInvalidArgument, absl::StrCat("label: ", error.what()));
  }
}

absl::StatusOr<std::vector<LabelledDocument>> ReadLabelled(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat(folder, ": ", error.message()));
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : entries) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  std::vector<LabelledDocument> documents;
  for (std::filesystem::path& path : paths) {
    LabelledDocument document;
    document.name = path.stem().string();
    RECOUP_ASSIGN_OR_RETURN(document.truth, ValuesOfLabel(ReadFile(path)));
    document.bytes = ReadFile(path.replace_extension("txt"));
    documents.push_back(std::move(document));
  }
  return documents;
}

std::vector<ReadValue> ValuesOf(const JudgmentElements& e) {
  Collector out(e);
  const auto text = [&](const char* field, const std::optional<std::string>& value) {
    if (value.has_value()) out.Add(field, field, *value);
  };
  const auto day = [&](const char* field, const std::optional<absl::CivilDay>& value) {
    if (value.has_value()) out.Add(field, field, absl::FormatCivilTime(*value));
  };
  const auto money = [&](const char* field, const std::optional<domain::Money>& value) {
    if (value.has_value()) out.Add(absl::StrCat(field, "_fen"), field, Fen(value));
  };
  text("case_number", e.case_number);
  text("court", e.court);
  text("cause", e.cause);
  if (e.document_type) out.Add("document_type", "document_type", Wire(*e.document_type));
  if (e.instance) out.Add("instance", "instance", Wire(*e.instance));
  if (e.third_party_kind)
    out.Add("third_party_kind", "third_party_kind", Wire(*e.third_party_kind));
  out.Add("basis", "basis", Wire(e.basis));
  out.Add("grade", "grade", Wire(e.grade));
  day("closed_on", e.closed_on);
  day("accident_on", e.accident_on);
  money("medical_expense_total", e.medical_expense_total);
  money("medical_expense_awarded", e.medical_expense_awarded);
  money("fund_paid", e.fund_paid);
  money("self_paid", e.self_paid);
  for (std::size_t i = 0; i < e.injured_persons.size(); ++i) {
    const auto& p = e.injured_persons[i];
    out.Add("injured_persons", absl::StrCat("injured_persons[", i, "]"),
            Row({p.name, p.id_number.value_or(kNothing)}));
  }
  for (std::size_t i = 0; i < e.liability.size(); ++i) {
    const auto& s = e.liability[i];
    out.Add("liability", absl::StrCat("liability[", i, "]"),
            Row({s.party, absl::StrCat(s.share_percent.hundredths)}));
  }
  for (std::size_t i = 0; i < e.obligations.size(); ++i) {
    const auto& o = e.obligations[i];
    const PartyKind kind = o.debtor_kind == PartyKind::kFund ? PartyKind::kOther : o.debtor_kind;
    out.Add("obligations", absl::StrCat("obligations[", i, "]"),
            Row({o.debtor, Wire(kind), o.creditor, absl::StrCat(o.amount.fen()),
                 o.policy_kind ? Wire(*o.policy_kind) : kNothing}));
  }
  for (std::size_t i = 0; i < e.policies.size(); ++i) {
    const auto& p = e.policies[i];
    out.Add("policies", absl::StrCat("policies[", i, "]"),
            Row({p.insurer, Wire(p.kind), Fen(p.limit), Fen(p.medical_remaining)}));
  }
  return out.Take();
}

Values WithoutConfidence(const std::vector<ReadValue>& values) {
  Values out;
  for (const ReadValue& value : values) out[value.field].insert(value.value);
  return out;
}

Difference Compare(const std::multiset<std::string>& truth,
                   const std::multiset<std::string>& read) {
  Difference difference;
  std::ranges::set_difference(truth, read, std::back_inserter(difference.missed));
  std::ranges::set_difference(read, truth, std::back_inserter(difference.wrong));
  difference.right = static_cast<int>(truth.size() - difference.missed.size());
  return difference;
}

}  // namespace recoup::court::labels
