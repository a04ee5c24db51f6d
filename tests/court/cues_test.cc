// Questions that are answered from the cues of a text are answered as without them.
#include "adapters/court/cues.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "adapters/court/document.h"
#include "adapters/court/figure_runs.h"
#include "adapters/court/labels/labels.h"
#include "adapters/court/literals.h"
#include "adapters/court/rule_book.h"
#include "adapters/court/source.h"

namespace recoup::court {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::vector<std::pair<std::uint32_t, std::size_t>> Found(const std::vector<std::string>& literals,
                                                         std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::size_t>> found;
  LiteralMatcher(literals).Each(
      text, [&](std::uint32_t literal, std::size_t begin) { found.emplace_back(literal, begin); });
  return found;
}

TEST(LiteralMatcher, FindsOverlappingLiteralsAndThoseInsideOthers) {
  EXPECT_THAT(Found({"she", "he", "hers", "his"}, "ushers"),
              ElementsAre(Pair(0u, 1u), Pair(1u, 2u), Pair(2u, 2u)));
  EXPECT_THAT(Found({"医保", "保局"}, "医保局"), ElementsAre(Pair(0u, 0u), Pair(1u, 3u)));
  EXPECT_THAT(Found({"abc"}, "xABCx"), ElementsAre(Pair(0u, 1u)));
  EXPECT_THAT(Found({"abc"}, "ababab"), IsEmpty());
  EXPECT_THAT(Found({}, "abc"), IsEmpty());
  // Signs of one to four bytes, and a text that ends inside one.
  EXPECT_THAT(Found({"aé医𠮷"}, "医aé医𠮷"), ElementsAre(Pair(0u, 3u)));
  EXPECT_THAT(Found({"aé医𠮷"}, "aé医\xF0\xA0"), IsEmpty());
}

TEST(Cues, TellBordersOfAPart) {
  CuePlan plan;
  const std::size_t slot = plan.AddSlot({{{"bb", "cccc"}}});
  const std::size_t both = plan.AddSlot({{{"aab"}}, {{"bb", "cccc"}}});
  const std::size_t anywhere = plan.AddSlot({});
  plan.Finish();
  const Cues cues(plan, "aabbaa");
  EXPECT_TRUE(cues.MayHit(slot, {0, 6}));
  EXPECT_TRUE(cues.MayHit(slot, {2, 4}));
  EXPECT_FALSE(cues.MayHit(slot, {3, 6}));
  EXPECT_FALSE(cues.MayHit(slot, {0, 3}));
  EXPECT_TRUE(cues.MayHit(both, {0, 4}));
  EXPECT_FALSE(cues.MayHit(both, {1, 6}));
  EXPECT_TRUE(cues.MayHit(anywhere, {0, 0}));
}

constexpr std::size_t kFar = 1'000;

std::optional<Span> SpanOf(const Cues& cues, std::size_t slot, const PatternReach& reach,
                           Span within) {
  const auto place = cues.NextPlace(slot, reach, within);
  return place.has_value() ? std::optional(place->span) : std::nullopt;
}

// Of "甲。乙甲\n丙甲。" with "甲" at 0, 9 and 16.
TEST(Cues, TellThePlacesWhereAPatternCanReach) {
  CuePlan plan;
  const std::size_t slot = plan.AddSlot({{{"甲"}, kFar}});
  const std::size_t near = plan.AddSlot({{{"甲"}, 4}});
  const std::size_t anywhere = plan.AddSlot({});
  plan.Finish();
  const std::string text = "甲。乙甲\n丙甲。";
  const Cues cues(plan, text);
  const Span all{0, text.size()};
  const PatternReach sentence{std::nullopt, false, false, {}};
  const PatternReach unstopped{std::nullopt, true, false, {}};
  const PatternReach line{std::nullopt, false, true, {}};
  const PatternReach short_one{7, true, true, {}};
  const PatternReach far{};
  EXPECT_EQ(SpanOf(cues, slot, sentence, all), (Span{0, 3}));
  EXPECT_EQ(SpanOf(cues, slot, sentence, {3, 20}), (Span{3, 12}));
  EXPECT_EQ(SpanOf(cues, slot, line, all), (Span{0, 12}));
  EXPECT_EQ(SpanOf(cues, slot, unstopped, {3, 22}), (Span{3, 19}));
  EXPECT_EQ(SpanOf(cues, slot, far, all), all);
  // A pattern that has four bytes before the word begins there.
  EXPECT_EQ(SpanOf(cues, near, far, {3, 22}), (Span{5, 22}));
  // Two places that touch are one; a border of the part cuts it.
  EXPECT_EQ(SpanOf(cues, near, short_one, all), (Span{0, 22}));
  EXPECT_EQ(SpanOf(cues, near, PatternReach{3, true, true, {}}, all), (Span{0, 3}));
  EXPECT_EQ(SpanOf(cues, near, PatternReach{3, true, true, {}}, {6, 22}), (Span{6, 19}));
  EXPECT_EQ(SpanOf(cues, near, PatternReach{3, true, true, {}}, {10, 18}), std::nullopt);
  EXPECT_EQ(SpanOf(cues, slot, sentence, {19, 22}), std::nullopt);
  EXPECT_EQ(SpanOf(cues, anywhere, sentence, {3, 20}), (Span{3, 20}));
}

// Of "甲乙丙甲丁乙": the words stand in their order, and not too far behind the first.
TEST(Cues, StandInTheirOrder) {
  CuePlan plan;
  const auto place = [&](std::vector<Cue> in_order) { return plan.AddSlot(in_order); };
  const std::size_t ordered = place({{{"丙"}, 0}, {{"乙"}, kFar}});
  const std::size_t twice = place({{{"乙"}, 0}, {{"乙"}, kFar}});
  const std::size_t thrice = place({{{"乙"}, 0}, {{"乙"}, kFar}, {{"乙"}, kFar}});
  const std::size_t reversed = place({{{"丁"}, 0}, {{"丙"}, kFar}});
  const std::size_t second_only = place({{{"甲"}, 0}, {{"丁"}, 3}});
  const std::size_t too_far = place({{{"丙"}, 0}, {{"丁"}, 5}});
  plan.Finish();
  const std::string text = "甲乙丙甲丁乙";
  const Cues cues(plan, text);
  const Span all{0, text.size()};
  EXPECT_EQ(SpanOf(cues, ordered, {}, all), (Span{6, 18}));
  EXPECT_EQ(SpanOf(cues, twice, {}, all), (Span{3, 18}));
  EXPECT_EQ(SpanOf(cues, thrice, {}, all), std::nullopt);
  EXPECT_EQ(SpanOf(cues, reversed, {}, all), std::nullopt);
  EXPECT_EQ(SpanOf(cues, second_only, {}, all), (Span{9, 18}));
  EXPECT_EQ(SpanOf(cues, too_far, {}, all), std::nullopt);
}

// A pattern that begins with its word is tried at each; where that would take long, at all at once.
TEST(Cues, TellWhereHitsBegin) {
  CuePlan plan;
  const std::size_t begins = plan.AddSlot({{{"甲"}, 0}});
  const std::size_t later = plan.AddSlot({{{"甲"}, 1}});
  plan.Finish();
  const std::string text = "乙甲乙甲乙" + std::string(3'000, 'x');
  const Cues cues(plan, text);
  const PatternReach near{9, true, true, {}};
  const auto place = [&](std::size_t slot, const PatternReach& reach, Span within) {
    return cues.NextPlace(slot, reach, within).value();
  };
  EXPECT_EQ(place(begins, near, {0, 100}).span, (Span{3, 12}));
  EXPECT_TRUE(place(begins, near, {0, 100}).begins_hit);
  EXPECT_EQ(place(begins, near, {4, 100}).span, (Span{9, 18}));
  EXPECT_TRUE(place(begins, {}, {0, 100}).begins_hit);
  EXPECT_FALSE(place(begins, {}, {0, 3'000}).begins_hit);
  EXPECT_FALSE(place(later, near, {0, 100}).begins_hit);
}

bool Same(const std::vector<Hit>& a, const std::vector<Hit>& b) {
  return std::ranges::equal(a, b, [](const Hit& x, const Hit& y) {
    return x.rule == y.rule && x.span == y.span && x.groups == y.groups;
  });
}

// Every group of the built-in rules, asked about every sentence and clause of whole judgments.
TEST(Cues, ChangeNoAnswerOfTheBuiltInRules) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  const auto documents = labels::ReadLabelled(RECOUP_SOURCE_DIR "/tests/court/data/judgments");
  ASSERT_TRUE(documents.ok()) << documents.status();
  constexpr std::size_t kStride = 12;  // Each question costs a run of the pattern.
  std::size_t hits = 0;
  for (std::size_t i = 0; i < documents->size(); i += kStride) {
    const Document document = ReadDocument(DecodeText((*documents)[i].bytes).value(), rules);
    std::vector<Span> parts = {{0, document.text().size()}};
    for (const Sentence& sentence : document.outline.sentences) {
      parts.push_back(sentence.span);
      for (const Span clause : Clauses(document.text(), sentence.span)) parts.push_back(clause);
    }
    for (const auto& [name, group] : rules.groups()) {
      for (const Span part : parts) {
        const auto plain = rules.All(name, document.text(), part);
        const auto cued = rules.All(name, document.text(), part, &document.cues);
        ASSERT_TRUE(Same(plain, cued)) << name << ": " << document.view(part);
        hits += plain.size();
      }
    }
  }
  EXPECT_GT(hits, 1000u);
}

// The examples beside the rules are short and hit: the cue must be there.
TEST(Cues, StandInEveryExample) {
  const RuleBook rules = RuleBook::BuiltIn().value();
  for (const auto& [name, group] : rules.groups()) {
    for (const Rule& rule : group.rules) {
      for (const std::string& text : rule.examples) {
        const Cues cues = rules.CuesIn(text);
        EXPECT_TRUE(cues.MayHit(rule.cue_slot, {0, text.size()})) << rule.name << ": " << text;
      }
    }
  }
}

// What is not in a run is not read; the whole text, read without runs, knows no figure outside.
TEST(FigureRuns, HoldEveryFigureOfWholeJudgments) {
  const auto documents = labels::ReadLabelled(RECOUP_SOURCE_DIR "/tests/court/data/judgments");
  ASSERT_TRUE(documents.ok()) << documents.status();
  std::size_t figures = 0;
  for (const auto& judgment : *documents) {
    const std::string text = Normalise(DecodeText(judgment.bytes).value()).text;
    const FigureRuns runs = FindFigureRuns(text);
    const auto expect_inside = [&](const std::vector<Span>& kind, const auto& found) {
      for (const auto& figure : found) {
        const bool inside = std::ranges::any_of(kind, [&](Span run) {
          return run.begin <= figure.span.begin && figure.span.end <= run.end;
        });
        ASSERT_TRUE(inside) << text.substr(figure.span.begin, figure.span.size());
        ++figures;
      }
    };
    const Span all{0, text.size()};
    expect_inside(runs.amounts, FindAmounts(text, all));
    expect_inside(runs.shares, FindShares(text, all));
    expect_inside(runs.dates, FindDates(text, all));
  }
  EXPECT_GT(figures, 1000u);
}

// Parts cut figures at every place; what is found once must agree with what is read there.
TEST(Figures, AreThoseOfThePartWhereverItIsCut) {
  const std::string text =
      "共12,345.60元，按70%计8641.92元（1.5万元以内），二〇二二年五月五日至2022-06-31付五千元/天";
  const Figures figures(text);
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t end = begin; end <= text.size(); ++end) {
      const Span part{begin, end};
      const auto same = [](const auto& a, const auto& b) {
        return std::ranges::equal(a, b,
                                  [](const auto& x, const auto& y) { return x.span == y.span; });
      };
      ASSERT_TRUE(same(figures.Amounts(text, part), FindAmounts(text, part)))
          << begin << "," << end;
      ASSERT_TRUE(same(figures.Shares(text, part), FindShares(text, part))) << begin << "," << end;
      ASSERT_TRUE(same(figures.Dates(text, part), FindDates(text, part))) << begin << "," << end;
    }
  }
}

}  // namespace
}  // namespace recoup::court
