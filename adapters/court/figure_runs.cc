#include "adapters/court/figure_runs.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace recoup::court {
namespace {

// What a sign can be: part of a figure of some kind, and what every figure of that kind has.
enum Role : std::uint8_t {
  kAmount = 1,
  kShare = 2,
  kDate = 4,
  kAmountMark = 8,
  kShareMark = 16,
  kDateMark = 32
};

struct Signs {
  std::string_view signs;
  unsigned roles = 0;
};
// The signs of the patterns in figures.cc.
constexpr Signs kSigns[] = {
    {"0123456789.", kAmount | kShare | kDate},
    {",/亿余多左右每零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅元角分", kAmount},
    {"元", kAmountMark},
    {"%百分之零一二三四五六七八九十两成半各", kShare},
    {"%之成半", kShareMark},
    {"./-O年月日零〇一二三四五六七八九元正十初廿卅壹贰叁肆伍陆柒捌玖拾同当次翌", kDate},
    {"./-年日", kDateMark},
};

constexpr std::size_t kSignBytes = 3;  // Of one Chinese character in UTF-8.
// 〇 and the Chinese characters.
constexpr std::uint32_t kFirstWide = 0x3000;
constexpr std::uint32_t kLastWide = 0x9FFF;

constexpr std::size_t SizeAt(std::string_view text, std::size_t at) {
  const bool wide = (static_cast<unsigned char>(text[at]) & 0xF0) == 0xE0;
  return wide && at + kSignBytes <= text.size() ? kSignBytes : 1;
}

// A place in the table for each sign that can have a role; 0 for all others.
constexpr std::size_t PlaceAt(std::string_view text, std::size_t at, std::size_t size) {
  constexpr std::size_t kAscii = 128;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
  };
  if (size == 1) return byte(0) < kAscii ? byte(0) : 0;
  const std::uint32_t c = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  return c >= kFirstWide && c <= kLastWide ? kAscii + c - kFirstWide : 0;
}

using RoleTable = std::array<std::uint8_t, 128 + kLastWide - kFirstWide + 1>;

constexpr RoleTable MakeRoles() {
  RoleTable roles{};
  for (const Signs& some : kSigns) {
    for (std::size_t at = 0; at < some.signs.size();) {
      const std::size_t size = SizeAt(some.signs, at);
      std::uint8_t& entry = roles[PlaceAt(some.signs, at, size)];
      entry = static_cast<std::uint8_t>(entry | some.roles);
      at += size;
    }
  }
  return roles;
}

constexpr RoleTable kRoles = MakeRoles();

// Collects the runs of one kind.
class Runs {
 public:
  Runs(unsigned member, unsigned mark, std::vector<Span>& out)
      : member_(member), mark_(mark), out_(out) {}

  void Sign(unsigned roles, std::size_t at) {
    if ((roles & member_) == 0) return End(at);
    if (!open_) run_.begin = at;
    open_ = true;
    marked_ = marked_ || (roles & mark_) != 0;
  }
  void End(std::size_t at) {
    if (marked_) out_.push_back({run_.begin, at});
    open_ = marked_ = false;
  }

 private:
  unsigned member_, mark_;
  std::vector<Span>& out_;
  Span run_;
  bool open_ = false;
  bool marked_ = false;
};

}  // namespace

FigureRuns FindFigureRuns(std::string_view text) {
  FigureRuns found;
  Runs amounts(kAmount, kAmountMark, found.amounts);
  Runs shares(kShare, kShareMark, found.shares);
  Runs dates(kDate, kDateMark, found.dates);
  unsigned before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = SizeAt(text, at);
    const unsigned roles = kRoles[PlaceAt(text, at, size)];
    if (roles != 0 || before != 0) {
      amounts.Sign(roles, at);
      shares.Sign(roles, at);
      dates.Sign(roles, at);
    }
    before = roles;
    at += size;
  }
  amounts.End(text.size());
  shares.End(text.size());
  dates.End(text.size());
  return found;
}

}  // namespace recoup::court
