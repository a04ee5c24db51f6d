// Which operative items are in force: those of this document, and those of the first judgment that
// an appeal or retrial leaves standing.
#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/numbers.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

struct Item {
  std::int64_t number = 0;
  Span span;
};

// "一、…；二、…": the items of a part, in order. Without numbers each line is one.
std::vector<Item> ItemsOf(const Reading& reading, Span part) {
  std::vector<Item> items;
  for (const Hit& hit : reading.All("ruling.item", part)) {
    const std::string_view numeral = reading.view(hit.groups[1]);
    std::optional<std::int64_t> number = ParseChineseNumeral(numeral);
    if (std::int64_t digits = 0; absl::SimpleAtoi(std::string(numeral), &digits)) number = digits;
    // Items count upwards; another "一、" belongs to a list inside an item.
    if (!number.has_value() || *number != static_cast<std::int64_t>(items.size()) + 1) continue;
    if (!items.empty()) items.back().span.end = hit.span.begin;
    items.push_back({*number, {hit.span.end, part.end}});
  }
  if (!items.empty()) return items;
  for (std::size_t begin = part.begin; begin < part.end;) {
    const std::size_t end = std::min(reading.text().find('\n', begin), part.end);
    if (end > begin) items.push_back({static_cast<std::int64_t>(items.size()) + 1, {begin, end}});
    begin = end + 1;
  }
  return items;
}

// The ruling of the first instance, as this document recites it.
std::vector<Item> RecitedItems(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  const Span before{outline.procedure.begin, outline.reasons.begin};
  const auto recited = reading.First("ruling.recital", before);
  if (!recited.has_value()) {
    const auto run_on = reading.First("ruling.recital_run", before);
    if (!run_on.has_value()) return {};
    return ItemsOf(reading, run_on->groups[1]);
  }
  const std::size_t line = reading.text().find('\n', recited->span.end);
  Span part{recited->span.end, std::min(line, before.end)};
  if (const auto end = reading.Leftmost("ruling.recital_end", part)) {
    part.end = end->span.begin;
  }
  return ItemsOf(reading, part);
}

// "第一项、第三项", "第一、三项".
std::set<std::int64_t> Numbers(const Reading& reading, Span item) {
  std::set<std::int64_t> numbers;
  for (const Hit& list : reading.All("ruling.item_list", item)) {
    for (const Hit& one : reading.All("ruling.numeral", list.span)) {
      if (const auto n = ParseChineseNumeral(reading.view(one.span))) numbers.insert(*n);
    }
  }
  return numbers;
}

}  // namespace

// "双方确认损失为…，余款21685.82元由甲于2023年4月30日前支付" confirms and orders.
bool OrdersNoPayment(const Reading& reading, Span item) {
  return reading.Has("ruling.no_payment", item) && !reading.Has("ruling.also_pays", item);
}

std::vector<Span> ItemsInForce(const Reading& reading) {
  const std::vector<Item> own = ItemsOf(reading, reading.document.outline.ruling);
  const std::vector<Item> recited = RecitedItems(reading);
  std::map<std::int64_t, Span> standing;  // Of the first judgment, by its numbers.
  std::vector<Span> added;
  const auto recited_span = [&](std::int64_t number) -> std::optional<Span> {
    const auto found = std::ranges::find(recited, number, &Item::number);
    if (found == recited.end()) return std::nullopt;
    return found->span;
  };
  for (const Item& item : own) {
    if (reading.Has("ruling.upheld", item.span)) {
      for (const Item& first : recited) standing[first.number] = first.span;
    } else if (const auto change = reading.First("ruling.changed", item.span)) {
      const auto numbers = Numbers(reading, change->span);
      const Span rest{change->span.end, item.span.end};
      if (numbers.empty()) {
        added.push_back(rest);
      } else {
        standing[*numbers.begin()] = rest;
      }
    } else if (reading.Has("ruling.maintained", item.span)) {
      const auto numbers = Numbers(reading, item.span);
      for (const std::int64_t number : numbers) {
        if (const auto span = recited_span(number)) standing[number] = *span;
      }
      if (!numbers.empty()) continue;  // Else the judgment is maintained as it is.
      for (const Item& first : recited) standing[first.number] = first.span;
    } else if (!OrdersNoPayment(reading, item.span)) {
      added.push_back(item.span);
    }
  }
  std::vector<Span> items;
  for (const auto& [number, span] : standing) items.push_back(span);
  items.insert(items.end(), added.begin(), added.end());
  return items;
}

}  // namespace recoup::court
