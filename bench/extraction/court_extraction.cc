// court_extraction: how well the reader of court documents does on labelled documents.
//
//   RECOUP_SAMPLES=/path/to/labelled court_extraction [--misses]
//
// The folder holds pairs NAME.txt and NAME.json. Every value is one item ("accident_on=2021-03-08",
// "obligation=debtor|kind|creditor|amount|policy"); per field the program prints true positives,
// false positives, misses and F1; then grade and basis accuracy. Without RECOUP_SAMPLES it says so
// and succeeds, because the documents cannot always be published.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "adapters/court/extract.h"
#include "hub/base/error.h"

namespace {

using nlohmann::json;
using recoup::court::JudgmentElements;
using recoup::domain::Money;

using Items = std::map<std::string, std::multiset<std::string>>;  // field → values

struct Score {
  int right = 0, wrong = 0, missed = 0;
  double Precision() const { return right + wrong == 0 ? 1.0 : 1.0 * right / (right + wrong); }
  double Recall() const { return right + missed == 0 ? 1.0 : 1.0 * right / (right + missed); }
  double F1() const {
    return right + wrong + missed == 0 ? 1 : 2.0 * right / (2.0 * right + wrong + missed);
  }
  void Add(const Score& other) {
    right += other.right;
    wrong += other.wrong;
    missed += other.missed;
  }
};

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string Text(const json& value) {
  return value.is_null() ? "-" : value.is_string() ? value.get<std::string>() : value.dump();
}

Items Expected(const json& label) {
  Items items;
  for (const char* field : {"case_number", "court", "document_type", "instance", "cause",
                            "closed_on", "accident_on", "basis", "grade", "third_party_kind"}) {
    if (!label[field].is_null()) items[field].insert(Text(label[field]));
  }
  for (const char* field :
       {"medical_expense_total", "medical_expense_awarded", "fund_paid", "self_paid"}) {
    const json& fen = label[std::string(field) + "_fen"];
    if (!fen.is_null()) items[field].insert(Text(fen));
  }
  for (const json& p : label["injured_persons"]) {
    items["injured_persons"].insert(absl::StrCat(Text(p["name"]), "|", Text(p["id_number"])));
  }
  for (const json& s : label["liability"]) {
    items["liability"].insert(absl::StrCat(
        Text(s["party"]), "|", static_cast<int>(s["share_percent"].get<double>() * 100 + 0.5)));
  }
  for (const json& o : label["obligations"]) {
    items["obligations"].insert(absl::StrCat(Text(o["debtor"]), "|", Text(o["debtor_kind"]), "|",
                                             Text(o["creditor"]), "|", Text(o["amount_fen"]), "|",
                                             Text(o["policy_kind"])));
  }
  for (const json& p : label["policies"]) {
    items["policies"].insert(absl::StrCat(Text(p["insurer"]), "|", Text(p["kind"]), "|",
                                          Text(p["limit_fen"]), "|",
                                          Text(p["medical_remaining_fen"])));
  }
  return items;
}

std::string Fen(const std::optional<Money>& money) {
  return money.has_value() ? absl::StrCat(money->fen()) : "-";
}

std::string Wire(auto value) { return std::string(recoup::court::Name(value)); }

Items Found(const JudgmentElements& e) {
  Items items;
  const auto text = [&](const char* field, const std::optional<std::string>& value) {
    if (value.has_value()) items[field].insert(*value);
  };
  const auto day = [&](const char* field, const std::optional<absl::CivilDay>& value) {
    if (value.has_value()) items[field].insert(absl::FormatCivilTime(*value));
  };
  const auto money = [&](const char* field, const std::optional<Money>& value) {
    if (value.has_value()) items[field].insert(Fen(value));
  };
  text("case_number", e.case_number);
  text("court", e.court);
  text("cause", e.cause);
  if (e.document_type) items["document_type"].insert(Wire(*e.document_type));
  if (e.instance) items["instance"].insert(Wire(*e.instance));
  if (e.third_party_kind) items["third_party_kind"].insert(Wire(*e.third_party_kind));
  items["basis"].insert(Wire(e.basis));
  items["grade"].insert(Wire(e.grade));
  day("closed_on", e.closed_on);
  day("accident_on", e.accident_on);
  money("medical_expense_total", e.medical_expense_total);
  money("medical_expense_awarded", e.medical_expense_awarded);
  money("fund_paid", e.fund_paid);
  money("self_paid", e.self_paid);
  for (const auto& p : e.injured_persons) {
    items["injured_persons"].insert(absl::StrCat(p.name, "|", p.id_number.value_or("-")));
  }
  for (const auto& s : e.liability) {
    items["liability"].insert(absl::StrCat(s.party, "|", s.share_percent.hundredths));
  }
  for (const auto& o : e.obligations) {
    items["obligations"].insert(absl::StrCat(o.debtor, "|", Wire(o.debtor_kind), "|", o.creditor,
                                             "|", o.amount.fen(), "|",
                                             o.policy_kind ? Wire(*o.policy_kind) : "-"));
  }
  for (const auto& p : e.policies) {
    items["policies"].insert(absl::StrCat(p.insurer, "|", Wire(p.kind), "|", Fen(p.limit), "|",
                                          Fen(p.medical_remaining)));
  }
  return items;
}

// Compares one field of one document; with `misses`, says what differs.
Score Compare(const std::multiset<std::string>& expected, const std::multiset<std::string>& found,
              const std::string& where, bool misses) {
  std::vector<std::string> missed, wrong;
  std::ranges::set_difference(expected, found, std::back_inserter(missed));
  std::ranges::set_difference(found, expected, std::back_inserter(wrong));
  if (misses) {
    for (const auto& value : missed) std::cout << where << "  missed " << value << "\n";
    for (const auto& value : wrong) std::cout << where << "  wrong  " << value << "\n";
  }
  return {static_cast<int>(expected.size() - missed.size()), static_cast<int>(wrong.size()),
          static_cast<int>(missed.size())};
}

void Print(const std::string& field, const Score& s) {
  std::cout << absl::StrFormat("%-26s %5d %5d %5d   %.3f %.3f %.3f\n", field, s.right, s.wrong,
                               s.missed, s.Precision(), s.Recall(), s.F1());
}

int Run(const std::filesystem::path& folder, bool misses) {
  const auto rules = recoup::court::RuleBook::BuiltIn();
  if (!rules.ok()) {
    std::cerr << rules.status().ToString() << "\n";
    for (const auto& fault : recoup::DetailOf(rules.status()).faults) {
      std::cerr << fault.field << ": " << fault.description << "\n";
    }
    return 1;
  }
  std::map<std::string, Score> scores;
  std::set<std::filesystem::path> labels;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") labels.insert(entry.path());
  }
  for (std::filesystem::path path : labels) {
    Items expected = Expected(json::parse(ReadFile(path)));
    const std::string name = path.stem().string();
    const auto elements =
        recoup::court::ReadPlainText(ReadFile(path.replace_extension("txt")), *rules);
    Items found = elements.ok() ? Found(*elements) : Items();
    for (const auto& [field, values] : found) expected.try_emplace(field);
    for (const auto& [field, values] : expected) {
      scores[field].Add(
          Compare(values, found[field], absl::StrCat(name.substr(0, 24), " ", field), misses));
    }
  }
  Score all;
  std::cout << absl::StrFormat("%-26s %5s %5s %5s   %s\n", "field", "right", "wrong", "miss",
                               "P     R     F1");
  for (const auto& [field, score] : scores) {
    Print(field, score);
    all.Add(score);
  }
  Print("all (micro)", all);
  std::cout << labels.size() << " documents; grade accuracy " << scores["grade"].Recall()
            << ", basis accuracy " << scores["basis"].Recall() << "\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const char* folder = std::getenv("RECOUP_SAMPLES");
  if (folder == nullptr) {
    std::cout << "SKIPPED: RECOUP_SAMPLES names no folder of labelled documents.\n";
    return 0;
  }
  try {
    return Run(folder, argc > 1 && std::string(argv[1]) == "--misses");
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
