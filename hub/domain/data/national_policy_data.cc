// The rules of national law, one row each. Where several funds decide differently, the row is the
// default and a fund adds its own.
#include <array>

#include "hub/base/check.h"
#include "hub/domain/policy_data.h"

namespace recoup::domain {
namespace {

struct Row {
  const char* key;
  absl::CivilDay from;
  std::int64_t value;
  const char* source;
};

// "Since ever": rules that have no start that matters here.
constexpr absl::CivilDay kAlways(1900, 1, 1);
constexpr absl::CivilDay kCtp2006(2006, 7, 1);
constexpr absl::CivilDay kCtp2008(2008, 2, 1);
constexpr absl::CivilDay kCtp2020(2020, 9, 19);
// Three years apply to every period of two years that had not yet ended on 2017-10-01.
constexpr absl::CivilDay kThreeYears(2015, 10, 1);

constexpr char kLimits2006[] = "机动车交通事故责任强制保险责任限额（2006）";
constexpr char kLimits2008[] = "保监会公告：交强险责任限额调整（2008-02-01起）";
constexpr char kLimits2020[] = "银保监会公告：交强险责任限额调整（2020-09-19起）";
constexpr char kInsuranceLaw23[] = "保险法第二十三条";
constexpr char kFundDefault[] = "经办机构默认设置，各统筹区可自行规定";

const std::array kRows = {
    // Compulsory motor insurance, per accident, by the date of the accident.
    Row{"ctp.death_limit_fen", kCtp2006, 5'000'000, kLimits2006},
    Row{"ctp.death_limit_fen", kCtp2008, 11'000'000, kLimits2008},
    Row{"ctp.death_limit_fen", kCtp2020, 18'000'000, kLimits2020},
    Row{"ctp.medical_limit_fen", kCtp2006, 800'000, kLimits2006},
    Row{"ctp.medical_limit_fen", kCtp2008, 1'000'000, kLimits2008},
    Row{"ctp.medical_limit_fen", kCtp2020, 1'800'000, kLimits2020},
    Row{"ctp.property_limit_fen", kCtp2006, 200'000, kLimits2006},
    Row{"ctp.property_limit_fen", kCtp2008, 200'000, kLimits2008},
    Row{"ctp.property_limit_fen", kCtp2020, 200'000, kLimits2020},
    // The insured vehicle bears no fault. The limits of 2006 to 2008 are not stated by the sources
    // at hand: a case of those years is refused until a fund enters them.
    Row{"ctp.no_fault_death_limit_fen", kCtp2008, 1'100'000, kLimits2008},
    Row{"ctp.no_fault_death_limit_fen", kCtp2020, 1'800'000, kLimits2020},
    Row{"ctp.no_fault_medical_limit_fen", kCtp2008, 100'000, kLimits2008},
    Row{"ctp.no_fault_medical_limit_fen", kCtp2020, 180'000, kLimits2020},
    Row{"ctp.no_fault_property_limit_fen", kCtp2008, 10'000, kLimits2008},
    Row{"ctp.no_fault_property_limit_fen", kCtp2020, 10'000, kLimits2020},
    // A motor vehicle without fault towards people on foot bears at most this share.
    Row{"traffic.no_fault_share_max_basis_points", kAlways, 1'000, "道路交通安全法第七十六条"},

    // Limitation.
    Row{"limitation.years", kAlways, 2, "民法通则第一百三十五条"},
    Row{"limitation.years", kThreeYears, 3, "民法典第一百八十八条；法释〔2018〕12号第二条"},
    Row{"limitation.longest_years", kAlways, 20, "民法典第一百八十八条第二款"},
    Row{"limitation.suspension_rest_months", kAlways, 6, "民法典第一百九十四条"},
    Row{"limitation.soon_due_days", kAlways, 30, kFundDefault},
    Row{"enforcement.years", kAlways, 2, "民事诉讼法第二百五十条"},

    // Demands and mediation.
    Row{"demand.due_days", kAlways, 30, kFundDefault},
    Row{"demand.soon_due_days", kAlways, 30, kFundDefault},
    Row{"relinquish.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"mediation.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"refund.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"break.grace_days", kAlways, 5, kFundDefault},
    Row{"mediation.instalment_months_max", kAlways, 24, kFundDefault},
    Row{"mediation.judicial_confirmation_days", kAlways, 30, "民事诉讼法第二百零五条"},

    // What insurers owe by law.
    Row{"insurer.decide_days", kAlways, 30, kInsuranceLaw23},
    Row{"insurer.pay_days", kAlways, 10, kInsuranceLaw23},
    Row{"insurer.undisputed_part_days", kAlways, 60, "保险法第二十五条"},

    // Per day, in millionths of the unpaid principal: 1.75 per ten thousand.
    Row{"enforcement.double_interest_millionths_per_day", kAlways, 175, "法释〔2014〕8号第一条"},
};

}  // namespace

std::vector<PolicyRule> NationalPolicyRules() {
  std::vector<PolicyRule> rules;
  for (const Row& row : kRows) {
    rules.push_back({.key = row.key,
                     .pool = std::string(kEveryPool),
                     .effective_from = row.from,
                     .value = row.value,
                     .source = row.source,
                     .version = "CN-" + absl::FormatCivilTime(row.from)});
  }
  return rules;
}

const PolicyData& NationalPolicyData() {
  static const PolicyData& data = *[] {
    absl::StatusOr<PolicyData> created = PolicyData::Create(NationalPolicyRules());
    RECOUP_CHECK(created.ok());
    return new PolicyData(*std::move(created));
  }();
  return data;
}

}  // namespace recoup::domain
