#include "adapters/court/parties.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace recoup::court {
namespace {

constexpr std::size_t kPartiesMax = 64;
constexpr std::size_t kOutsidersMax = 16;
constexpr std::size_t kSignBytes = 3;  // Of one Chinese character in UTF-8.

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

// "太原市迅蜂餐饮配送有限公司" without the place it begins with.
std::string_view BehindPlace(std::string_view name) {
  constexpr std::size_t kPlaceSignsMax = 10;
  std::size_t begin = 0;
  for (std::size_t at = kSignBytes;
       at + kSignBytes <= std::min(name.size(), kPlaceSignsMax * kSignBytes); at += kSignBytes) {
    const std::string_view sign = name.substr(at, kSignBytes);
    if (sign == "省" || sign == "市" || sign == "县" || sign == "区") begin = at + kSignBytes;
  }
  return name.substr(begin);
}

}  // namespace

PartyKind KindOf(std::string_view name, const RuleBook& rules) {
  if (rules.Fits("party.fund", name)) return PartyKind::kFund;
  if (rules.Fits("party.insurer", name)) return PartyKind::kInsurer;
  if (rules.Fits("party.company", name)) return PartyKind::kCompany;
  if (rules.Fits("party.other", name)) return PartyKind::kOther;
  return PartyKind::kPerson;
}

Parties Parties::Read(std::string_view text, const Outline& outline, const RuleBook& rules,
                      const Cues& cues) {
  Parties parties;
  parties.ReadCaption(text, outline.caption, rules, cues);
  for (std::size_t i = 0; i < parties.parties_.size(); ++i) {
    parties.spoken_[parties.parties_[i].name] = {i};
  }
  parties.ReadAliases(text, rules, cues);
  parties.AddShortNames(text);
  parties.ReadOutsiders(text, outline, rules, cues);
  parties.ReadOutsideFunds(text, outline.ruling, rules, cues);
  parties.ReadOutsideInsurers(text, outline, rules, cues);
  parties.AddVehicles(text, outline, rules, cues);
  parties.AddRoles();
  parties.FindMentions(text);
  return parties;
}

void Parties::ReadCaption(std::string_view text, Span caption, const RuleBook& rules,
                          const Cues& cues) {
  std::vector<Party> guardians;
  while (caption.begin < caption.end && parties_.size() < kPartiesMax) {
    Span line{caption.begin, std::min(text.find('\n', caption.begin), caption.end)};
    caption.begin = line.end + 1;
    // In a document of one paragraph each party begins with a sentence.
    if (const auto next = rules.Leftmost("party.next", text, line, &cues)) {
      line.end = next->groups[1].begin;
      caption.begin = line.end;
    }
    if (const auto guardian = rules.First("party.guardian", text, line, &cues)) {
      Party party{std::string(text.substr(guardian->groups[1].begin, guardian->groups[1].size())),
                  Side::kOutsider, PartyKind::kPerson, std::nullopt, line};
      if (!Find(party.name).has_value()) guardians.push_back(std::move(party));
      continue;
    }
    const auto hit = rules.First("party.line", text, line, &cues);
    if (!hit.has_value() || hit->span.begin != line.begin) continue;
    const auto part = [&](std::size_t i) {
      return text.substr(hit->groups[i].begin, hit->groups[i].size());
    };
    Party party;
    party.name = std::string(part(3));
    if (rules.Fits("party.no_party", party.name)) continue;
    party.side = SideOf(part(1), part(2));
    party.kind = KindOf(party.name, rules);
    party.line = line;
    if (const auto id = rules.First("party.id_number", text, line, &cues)) {
      party.id_number = std::string(text.substr(id->groups[1].begin, id->groups[1].size()));
    }
    if (!Find(party.name).has_value()) parties_.push_back(std::move(party));
  }
  DropOrdinals();
  // Guardians answer for a child without being sued by name.
  for (Party& guardian : guardians) {
    if (!Find(guardian.name).has_value()) parties_.push_back(std::move(guardian));
  }
}

// "被告一甲", "被告二乙": the parties of a side are counted. One numeral alone may belong to a name
// (被告三亚某公司).
void Parties::DropOrdinals() {
  constexpr std::string_view kOrdinals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
  for (const Side side : {Side::kClaimant, Side::kRespondent}) {
    std::vector<Party*> counted;
    for (Party& party : parties_) {
      if (party.side == side) counted.push_back(&party);
    }
    if (counted.size() < 2 || counted.size() > std::size(kOrdinals)) continue;
    std::size_t place = 0;
    const bool all = std::ranges::all_of(counted, [&](const Party* party) {
      const std::string_view ordinal = kOrdinals[place++];
      return std::string_view(party->name).substr(0, ordinal.size()) == ordinal;
    });
    if (!all) continue;
    for (Party* party : counted) party->name.erase(0, kSignBytes);
  }
}

void Parties::ReadAliases(std::string_view text, const RuleBook& rules, const Cues& cues) {
  for (const Hit& hit : rules.All("party.alias", text, {0, text.size()}, &cues)) {
    const std::string_view full = text.substr(0, hit.span.begin);
    const std::string alias(text.substr(hit.groups[1].begin, hit.groups[1].size()));
    for (std::size_t i = 0; i < parties_.size(); ++i) {
      const std::string& name = parties_[i].name;
      const bool ends_with = full.size() >= name.size() &&
                             full.substr(full.size() - name.size()) == std::string_view(name);
      if (ends_with) spoken_[alias] = {i};
    }
  }
}

// "迅蜂公司" for "太原市迅蜂餐饮配送有限公司", where the court uses a short name without saying so:
// the first signs behind the place, and what such a party is called. Not where it fits two of them.
void Parties::AddShortNames(std::string_view text) {
  constexpr std::size_t kCoreSigns[] = {4, 3, 2};
  constexpr std::string_view kKinds[] = {"公司", "保险公司", "保险", "财险", "财保"};
  std::map<std::string, std::vector<std::size_t>> shorts;
  for (std::size_t i = 0; i < parties_.size(); ++i) {
    const Party& party = parties_[i];
    if (party.kind == PartyKind::kPerson || party.kind == PartyKind::kFund) continue;
    const bool has_alias = std::ranges::any_of(spoken_, [&](const auto& spoken) {
      return spoken.second == std::vector<std::size_t>{i} && spoken.first != party.name;
    });
    if (has_alias) continue;
    const std::string_view core = BehindPlace(party.name);
    if (party.kind == PartyKind::kOther) {
      const bool told = core.size() >= 3 * kSignBytes && core != party.name &&
                        text.find(core) != std::string_view::npos;
      if (told) shorts[std::string(core)].push_back(i);
      continue;
    }
    for (const std::size_t signs : kCoreSigns) {
      for (const std::string_view kind : kKinds) {
        if (kind != "公司" && party.kind != PartyKind::kInsurer) continue;
        const std::string name =
            absl::StrCat(std::string(core.substr(0, signs * kSignBytes)), std::string(kind));
        if (name != party.name && text.find(name) != std::string_view::npos) {
          shorts[name].push_back(i);
        }
      }
    }
  }
  for (auto& [name, indexes] : shorts) {
    if (indexes.size() == 1 && !spoken_.contains(name)) spoken_[name] = std::move(indexes);
  }
}

// "卜庆生驾驶…", "将聂双喜打伤", "致欧根发死亡". A name that overlaps one that is known, or that
// stands only once in the text, is none.
void Parties::ReadOutsiders(std::string_view text, const Outline& outline, const RuleBook& rules,
                            const Cues& cues) {
  const Span story{outline.procedure.begin, outline.ruling.end};
  std::size_t count = 0;
  for (const Hit& hit : rules.All("party.outsider", text, story, &cues)) {
    if (count >= kOutsidersMax) return;
    const std::string name(text.substr(hit.groups[1].begin, hit.groups[1].size()));
    if (rules.Fits("party.no_name", name)) continue;
    const bool known = std::ranges::any_of(spoken_, [&](const auto& spoken) {
      return Contains(spoken.first, name) || Contains(name, spoken.first);
    });
    const std::size_t first = text.find(name);
    if (known || text.find(name, first + name.size()) == std::string_view::npos) continue;
    parties_.push_back({name, Side::kOutsider, PartyKind::kPerson, std::nullopt, hit.groups[1]});
    spoken_[name] = {parties_.size() - 1};
    ++count;
  }
}

// "由甲直接退还某市医疗保障局": the fund is paid without being a party.
void Parties::ReadOutsideFunds(std::string_view text, Span ruling, const RuleBook& rules,
                               const Cues& cues) {
  for (const Hit& hit : rules.All("party.outsider_fund", text, ruling, &cues)) {
    const std::string name(text.substr(hit.groups[1].begin, hit.groups[1].size()));
    if (spoken_.contains(name) || parties_.size() >= kPartiesMax) continue;
    const bool has_fund = std::ranges::any_of(
        parties_, [](const Party& party) { return party.kind == PartyKind::kFund; });
    if (has_fund) return;
    parties_.push_back({name, Side::kOutsider, PartyKind::kFund, std::nullopt, hit.groups[1]});
    spoken_[name] = {parties_.size() - 1};
  }
}

// "该车在某财产保险股份有限公司投保交强险", where no insurer is a party: the policy is that of an
// insurer who is not sued. Beside insurers who are, the words may be another name of one of them.
void Parties::ReadOutsideInsurers(std::string_view text, const Outline& outline,
                                  const RuleBook& rules, const Cues& cues) {
  const bool sued = std::ranges::any_of(
      parties_, [](const Party& party) { return party.kind == PartyKind::kInsurer; });
  if (sued) return;
  const Span story{outline.claims.begin, outline.ruling.end};
  for (const Hit& hit : rules.All("party.outsider_insurer", text, story, &cues)) {
    const std::string name(text.substr(hit.groups[1].begin, hit.groups[1].size()));
    if (spoken_.contains(name) || parties_.size() >= kPartiesMax) continue;
    if (rules.Fits("party.no_insurer", name)) continue;
    parties_.push_back({name, Side::kOutsider, PartyKind::kInsurer, std::nullopt, hit.groups[1]});
    spoken_[name] = {parties_.size() - 1};
  }
  ReadAliases(text, rules, cues);
}

// "粤E12345号车一方承担50%", "货车一方承担50%": the side of a plate, or of a kind of vehicle, is
// whoever drove it. Not where two vehicles are of one kind, or show the same signs of a plate that
// is partly covered.
void Parties::AddVehicles(std::string_view text, const Outline& outline, const RuleBook& rules,
                          const Cues& cues) {
  using Drivers = std::map<std::string, std::vector<std::size_t>>;
  const auto drivers = [&](std::string_view group, Span story) {
    Drivers found;
    for (const Hit& hit : rules.All(group, text, story, &cues)) {
      const std::string_view before = text.substr(0, hit.span.begin);
      for (std::size_t i = 0; i < parties_.size(); ++i) {
        if (parties_[i].kind != PartyKind::kPerson || !before.ends_with(parties_[i].name)) continue;
        for (const std::size_t named : {1u, 2u}) {
          const Span vehicle = hit.groups[named];
          if (vehicle.size() == 0) continue;
          auto& of_vehicle = found[std::string(text.substr(vehicle.begin, vehicle.size()))];
          if (std::ranges::find(of_vehicle, i) == of_vehicle.end()) of_vehicle.push_back(i);
        }
      }
    }
    return found;
  };
  const auto speak = [&](const Drivers& found, std::initializer_list<std::string_view> sides) {
    for (const auto& [vehicle, of_vehicle] : found) {
      if (of_vehicle.size() != 1) continue;
      for (const std::string_view side : sides) {
        spoken_[absl::StrCat(vehicle, std::string(side))] = of_vehicle;
      }
    }
  };
  speak(drivers("party.vehicle", {outline.facts.begin, outline.ruling.begin}),
        {"号车一方", "号车方", "号一方", "号方", "号车辆一方", "号机动车一方", "车一方", "一方"});
  speak(drivers("party.vehicle_kind", {outline.claims.begin, outline.ruling.begin}),
        {"一方", "方", "驾驶人一方", "驾驶人", "驾驶员"});
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

// Names are looked up by their first sign (three bytes); the longest name at a place wins:
// "关大海" before "关大", "二被告" before "被告".
void Parties::FindMentions(std::string_view text) {
  using Spoken = std::pair<std::string_view, const std::vector<std::size_t>*>;
  std::unordered_map<std::uint32_t, std::vector<Spoken>> by_sign;
  const auto sign_at = [](std::string_view s) {
    std::uint32_t sign = 0;
    for (const char c : s.substr(0, kSignBytes)) sign = sign << 8 | static_cast<unsigned char>(c);
    return sign;
  };
  for (const auto& [name, indexes] : spoken_) {
    if (name.size() >= kSignBytes) by_sign[sign_at(name)].emplace_back(name, &indexes);
  }
  for (auto& [sign, names] : by_sign) {
    std::ranges::sort(
        names, [](const Spoken& a, const Spoken& b) { return a.first.size() > b.first.size(); });
  }
  // Most signs begin no name; a look at their last two bytes tells.
  const auto last_bits_of = [](std::string_view sign) {
    constexpr unsigned kBits = 0x3F;  // What the last bytes of a Chinese character hold.
    return (static_cast<unsigned>(sign[1]) & kBits) << 6 | (static_cast<unsigned>(sign[2]) & kBits);
  };
  std::array<bool, 1 << 12> last_bits{};
  for (const auto& [name, indexes] : spoken_) {
    if (name.size() >= kSignBytes) last_bits[last_bits_of(name)] = true;
  }
  for (std::size_t at = 0; at + kSignBytes <= text.size();) {
    std::size_t length = (text[at] & 0xF0) == 0xE0 ? kSignBytes : 1;
    if (!last_bits[last_bits_of(text.substr(at, kSignBytes))]) {
      at += length;
      continue;
    }
    const auto found = by_sign.find(sign_at(text.substr(at)));
    if (found != by_sign.end()) {
      for (const auto& [name, indexes] : found->second) {
        if (text.substr(at, name.size()) != name) continue;
        mentions_.push_back({{at, at + name.size()}, *indexes});
        length = name.size();
        break;
      }
    }
    at += length;
  }
}

std::span<const Mention> Parties::MentionsIn(Span within) const {
  const auto begin = std::ranges::lower_bound(mentions_, within.begin, {},
                                              [](const Mention& m) { return m.span.begin; });
  const auto end = std::ranges::upper_bound(begin, mentions_.end(), within.end, {},
                                            [](const Mention& m) { return m.span.end; });
  return {begin, end};
}

std::optional<std::size_t> Parties::FirstIn(Span within) const {
  for (const Mention& mention : MentionsIn(within)) {
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
