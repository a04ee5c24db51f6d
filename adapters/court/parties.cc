#include "adapters/court/parties.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace recoup::court {
namespace {

constexpr std::size_t kPartiesMax = 64;

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// In later instances the bracket tells the side of the first instance: 上诉人(原审被告).
Side SideOf(std::string_view role, std::string_view bracket) {
  for (const std::string_view words : {bracket, role}) {
    if (Contains(words, "反诉原告")) return Side::kRespondent;
    if (Contains(words, "反诉被告")) return Side::kClaimant;
    if (Contains(words, "被告")) return Side::kRespondent;
    if (Contains(words, "原告")) return Side::kClaimant;
    if (Contains(words, "第三人")) return Side::kThird;
  }
  return Contains(role, "申请人") && !Contains(role, "被") ? Side::kClaimant : Side::kThird;
}

}  // namespace

PartyKind KindOf(std::string_view name, const RuleBook& rules) {
  if (rules.Fits("party.fund", name)) return PartyKind::kFund;
  if (rules.Fits("party.insurer", name)) return PartyKind::kInsurer;
  if (rules.Fits("party.company", name)) return PartyKind::kCompany;
  if (rules.Fits("party.other", name)) return PartyKind::kOther;
  return PartyKind::kPerson;
}

Parties Parties::Read(std::string_view text, const Outline& outline, const RuleBook& rules) {
  Parties parties;
  parties.ReadCaption(text, outline.caption, rules);
  for (std::size_t i = 0; i < parties.parties_.size(); ++i) {
    parties.spoken_[parties.parties_[i].name] = {i};
  }
  parties.ReadAliases(text, rules);
  parties.AddRoles();
  parties.Compile();
  return parties;
}

void Parties::ReadCaption(std::string_view text, Span caption, const RuleBook& rules) {
  while (caption.begin < caption.end && parties_.size() < kPartiesMax) {
    const std::size_t end = std::min(text.find('\n', caption.begin), caption.end);
    const Span line{caption.begin, end};
    caption.begin = end + 1;
    const auto hit = rules.First("party.line", text, line);
    if (!hit.has_value() || hit->span.begin != line.begin) continue;
    const auto part = [&](std::size_t i) {
      return text.substr(hit->groups[i].begin, hit->groups[i].size());
    };
    Party party;
    party.name = std::string(part(3));
    party.side = SideOf(part(1), part(2));
    party.kind = KindOf(party.name, rules);
    party.line = line;
    if (const auto id = rules.First("party.id_number", text, line)) {
      party.id_number = std::string(text.substr(id->groups[1].begin, id->groups[1].size()));
    }
    if (!Find(party.name).has_value()) parties_.push_back(std::move(party));
  }
}

void Parties::ReadAliases(std::string_view text, const RuleBook& rules) {
  for (const Hit& hit : rules.All("party.alias", text, {0, text.size()})) {
    const std::string_view full = text.substr(hit.groups[1].begin, hit.groups[1].size());
    const std::string alias(text.substr(hit.groups[2].begin, hit.groups[2].size()));
    for (std::size_t i = 0; i < parties_.size(); ++i) {
      const std::string& name = parties_[i].name;
      const bool ends_with = full.size() >= name.size() &&
                             full.substr(full.size() - name.size()) == std::string_view(name);
      if (ends_with) spoken_[alias] = {i};
    }
  }
}

void Parties::AddRoles() {
  std::map<Side, std::vector<std::size_t>> by_side;
  for (std::size_t i = 0; i < parties_.size(); ++i) by_side[parties_[i].side].push_back(i);
  const auto add = [&](std::string_view role, Side side) {
    const auto& members = by_side[side];
    for (const std::string_view prefix : {"", "一审", "原审"}) {
      const std::string spoken = absl::StrCat(std::string(prefix), std::string(role));
      spoken_[spoken] = members.size() == 1 ? members : std::vector<std::size_t>{};
    }
    for (const std::string_view count : {"各", "二", "两", "三", "四", "五"}) {
      spoken_[absl::StrCat(std::string(count), std::string(role))] = members;
    }
  };
  add("原告", Side::kClaimant);
  add("被告", Side::kRespondent);
  add("第三人", Side::kThird);
  for (const std::string_view role : {"反诉原告", "反诉被告", "上诉人", "被上诉人", "申请人"}) {
    spoken_[std::string(role)] = {};
  }
  if (const auto insurer = Only(PartyKind::kInsurer)) {
    spoken_["保险公司"] = {*insurer};
    spoken_["我公司"] = {};
  }
}

void Parties::Compile() {
  std::vector<std::string> names;
  for (const auto& [name, indexes] : spoken_) names.push_back(name);
  // The longest first: "关大海" before "关大", "二被告" before "被告".
  std::ranges::sort(names, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  pattern_ = std::make_unique<const re2::RE2>(
      absl::StrJoin(names, "|", [](std::string* out, const std::string& name) {
        absl::StrAppend(out, re2::RE2::QuoteMeta(name));
      }));
}

std::vector<Mention> Parties::MentionsIn(std::string_view text, Span within) const {
  std::vector<Mention> mentions;
  while (within.begin < within.end) {
    const auto hit = FindIn(*pattern_, text, within);
    if (!hit.has_value()) break;
    const auto found = spoken_.find(std::string(text.substr(hit->span.begin, hit->span.size())));
    if (found != spoken_.end()) mentions.push_back({hit->span, found->second});
    within.begin = hit->span.end;
  }
  return mentions;
}

std::optional<std::size_t> Parties::FirstIn(std::string_view text, Span within) const {
  for (const Mention& mention : MentionsIn(text, within)) {
    if (!mention.parties.empty()) return mention.parties.front();
  }
  return std::nullopt;
}

std::optional<std::size_t> Parties::Find(std::string_view name) const {
  const auto found = std::ranges::find(parties_, name, &Party::name);
  if (found == parties_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - parties_.begin());
}

std::optional<std::size_t> Parties::Only(PartyKind kind) const {
  if (std::ranges::count(parties_, kind, &Party::kind) != 1) return std::nullopt;
  const auto found = std::ranges::find(parties_, kind, &Party::kind);
  return static_cast<std::size_t>(found - parties_.begin());
}

std::optional<std::size_t> Parties::FirstOf(Side side, PartyKind kind) const {
  for (std::size_t i = 0; i < parties_.size(); ++i) {
    if (parties_[i].side == side && parties_[i].kind == kind) return i;
  }
  return std::nullopt;
}

}  // namespace recoup::court
