#include "tests/hospital/bills/bill.h"

#include <array>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace recoup::hospital::bills {
namespace {

using domain::Money;

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  // From 0 to below `end`; the same on every platform, as the standard's distributions are not.
  std::uint64_t Below(std::uint64_t end) { return engine_() % end; }
  std::int64_t Between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(Below(static_cast<std::uint64_t>(to - from + 1)));
  }
  template <typename List>
  std::string Of(const List& list) {
    return std::string(list[Below(list.size())]);
  }
  std::string Digits(std::size_t count) {
    std::string digits;
    for (std::size_t i = 0; i < count; ++i) digits.push_back(static_cast<char>('0' + Below(10)));
    return digits;
  }

 private:
  std::mt19937_64 engine_;
};

constexpr std::array<std::string_view, 12> kFamilies = {"林", "沈", "顾", "陆", "严", "潘",
                                                        "葛", "范", "彭", "鲁", "韦", "苗"};
constexpr std::array<std::string_view, 12> kGiven = {
    "若溪", "知远", "明轩", "雨桐", "嘉禾", "思源", "云舟", "子衿", "安之", "沐阳", "清扬", "立夏"};
constexpr std::array<std::string_view, 6> kProvinces = {"江苏省", "浙江省", "北京市",
                                                        "上海市", "广东省", "四川省"};
constexpr std::array<std::string_view, 6> kHospitals = {"东岸第一人民医院", "青溪县中医医院",
                                                        "临江市骨科医院",   "南湖区中心医院",
                                                        "望山医院",         "云渡大学附属医院"};
constexpr std::array<std::string_view, 4> kTypes = {"综合医院", "中医医院", "专科医院",
                                                    "社区卫生服务中心"};
constexpr std::array<std::string_view, 4> kInsurance = {"职工基本医疗保险", "城乡居民基本医疗保险",
                                                        "职工医保", "居民医保"};
constexpr std::array<std::string_view, 5> kDepartments = {"骨科", "神经外科", "普外科",
                                                          "急诊医学科", "康复医学科"};
constexpr std::array<std::string_view, 12> kItems = {
    "诊查费", "检查费", "化验费",   "治疗费",     "手术费", "西药费",
    "床位费", "护理费", "中成药费", "卫生材料费", "挂号费", "其他收费"};

// GB 11643: area, day of birth, order, and the check character of ISO 7064 MOD 11-2.
std::string InventedCard(Chance& chance) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  const std::string body =
      absl::StrFormat("110105%04d%02d%02d%s", chance.Between(1940, 2005), chance.Between(1, 12),
                      chance.Between(1, 28), chance.Digits(3));
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (body[i] - '0');
  return absl::StrCat(body, std::string(1, "10X98765432"[sum % 11]));
}

std::string CheckCode(Chance& chance) {
  constexpr std::string_view kCharacters = "0123456789abcdef";
  std::string code;
  for (int i = 0; i < 6; ++i) code.push_back(kCharacters[chance.Below(kCharacters.size())]);
  return code;
}

void FillSums(Chance& chance, Bill& bill) {
  const std::int64_t total = bill.total.fen();
  const std::int64_t fund = chance.Below(6) == 0 ? 0 : total * chance.Between(30, 75) / 100;
  const std::int64_t other =
      chance.Below(2) == 0 ? 0 : (total - fund) * chance.Between(5, 30) / 100;
  const std::int64_t account =
      chance.Below(3) == 0 ? 0 : (total - fund - other) * chance.Between(5, 60) / 100;
  bill.fund = Money::Fen(fund);
  bill.other = Money::Fen(other);
  bill.account = Money::Fen(account);
  bill.cash = Money::Fen(total - fund - other - account);
  const std::int64_t own = (total - fund - other) * chance.Between(0, 40) / 100;
  bill.own_cost = Money::Fen(own);
  bill.self_paid = Money::Fen(total - fund - other - own);
  const std::int64_t prepaid = chance.Between(1, 20) * 50'000;
  bill.prepaid = Money::Fen(prepaid);
  const std::int64_t cash = bill.cash.fen();
  bill.topped_up = Money::Fen(cash > prepaid ? cash - prepaid : 0);
  bill.refunded = Money::Fen(cash > prepaid ? 0 : prepaid - cash);
}

}  // namespace

Bill MakeBill(std::uint64_t seed) {
  Chance chance(seed);
  Bill bill;
  bill.province = chance.Of(kProvinces);
  bill.code = absl::StrCat(chance.Between(11, 65), "060", chance.Below(10), "26");
  bill.number = chance.Digits(10);
  bill.check_code = CheckCode(chance);
  const std::int64_t month = chance.Between(1, 12);
  const std::int64_t first = chance.Between(1, 14);
  bill.admitted_on = absl::StrFormat("2026-%02d-%02d", month, first);
  bill.discharged_on = absl::StrFormat("2026-%02d-%02d", month, first + chance.Between(1, 14));
  bill.issued_on = bill.discharged_on;
  bill.payer = absl::StrCat(chance.Of(kFamilies), chance.Of(kGiven));
  bill.payer_id = InventedCard(chance);
  bill.gender = (bill.payer_id[16] - '0') % 2 == 1 ? "男" : "女";
  bill.hospital = chance.Of(kHospitals);
  bill.institution_type = chance.Of(kTypes);
  bill.insurance_type = chance.Of(kInsurance);
  bill.insurance_number = chance.Digits(10);
  bill.outpatient_number = chance.Digits(8);
  bill.case_number = chance.Digits(8);
  bill.inpatient_number = chance.Digits(7);
  bill.department = chance.Of(kDepartments);
  bill.business_number = chance.Digits(16);
  const std::uint64_t count = 3 + chance.Below(6);
  const std::uint64_t from = chance.Below(kItems.size());
  std::int64_t total = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::int64_t fen = chance.Between(500, i == 0 ? 1'500'000 : 150'000);
    bill.items.push_back({std::string(kItems[(from + i) % kItems.size()]), Money::Fen(fen)});
    total += fen;
  }
  bill.total = Money::Fen(total);
  FillSums(chance, bill);
  bill.reviewer = absl::StrCat(chance.Of(kFamilies), chance.Of(kGiven));
  bill.cashier = absl::StrCat(chance.Of(kFamilies), chance.Of(kGiven));
  return bill;
}

}  // namespace recoup::hospital::bills
