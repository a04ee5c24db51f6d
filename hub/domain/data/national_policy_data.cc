// The rules of national law, one row each. Where several funds decide differently, the row is the
// default and a fund adds its own.
#include <array>

#include "hub/base/check.h"
#include "hub/domain/calendar.h"
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
constexpr char kCtpRegulation29[] = "机动车交通事故责任强制保险条例第二十九条";
constexpr char kFundDefault[] = "经办机构默认设置，各统筹区可自行规定";
constexpr char kFundPayTypes[] = "国家医保信息平台接口字典 fund_pay_type";
constexpr char kHolidayLaw[] = "全国年节及纪念日放假办法（2024年修订）第二条";
constexpr char kHolidays2025[] = "国务院办公厅关于2025年部分节假日安排的通知";
constexpr char kHolidays2026[] = "国务院办公厅关于2026年部分节假日安排的通知";

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
    Row{"demand.delivery_days", kAlways, 7, kFundDefault},
    Row{"relinquish.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"mediation.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"refund.two_person_limit_fen", kAlways, 100'000, kFundDefault},
    Row{"break.grace_days", kAlways, 5, kFundDefault},
    Row{"mediation.instalment_months_max", kAlways, 24, kFundDefault},
    Row{"mediation.judicial_confirmation_days", kAlways, 30, "民事诉讼法第二百零五条"},

    // Days off and weekend days worked in exchange, as published; for later years the days of the
    // law alone, until they are.
    Row{kCalendarDayKey, kAlways, 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2025, 1, 1), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 1, 2), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 1, 26), 2, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 1, 27), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 1, 28), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 2, 5), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 2, 8), 2, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 2, 9), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 4, 4), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 4, 7), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 4, 27), 2, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 4, 28), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 5, 1), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 5, 6), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 5, 31), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 6, 3), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 9, 28), 2, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 9, 29), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 10, 1), 1, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 10, 9), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 10, 11), 2, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2025, 10, 12), 0, kHolidays2025},
    Row{kCalendarDayKey, absl::CivilDay(2026, 1, 1), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 1, 4), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 1, 5), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 2, 14), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 2, 15), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 2, 24), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 2, 28), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 3, 1), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 4, 4), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 4, 7), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 5, 1), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 5, 6), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 5, 9), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 5, 10), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 6, 19), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 6, 22), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 9, 20), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 9, 21), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 9, 25), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 9, 28), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 10, 1), 1, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 10, 8), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 10, 10), 2, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2026, 10, 11), 0, kHolidays2026},
    Row{kCalendarDayKey, absl::CivilDay(2027, 1, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 1, 2), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 2, 5), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 2, 9), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 4, 5), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 4, 6), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 5, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 5, 3), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 6, 9), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 6, 10), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 9, 15), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 9, 16), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 10, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2027, 10, 4), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 1, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 1, 2), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 1, 25), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 1, 29), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 4, 4), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 4, 5), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 5, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 5, 3), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 5, 28), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 5, 29), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 10, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2028, 10, 4), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 1, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 1, 2), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 2, 12), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 2, 16), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 4, 4), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 4, 5), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 5, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 5, 3), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 6, 16), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 6, 17), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 9, 22), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 9, 23), 0, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 10, 1), 1, kHolidayLaw},
    Row{kCalendarDayKey, absl::CivilDay(2029, 10, 4), 0, kHolidayLaw},
    // Split at discharge: how long insurers may think, and how long a limit stays reserved.
    Row{"split.answer_seconds", kAlways, 120, kFundDefault},
    Row{"split.reservation_minutes", kAlways, 240, kFundDefault},
    Row{"split.silence_accepts_ctp", kAlways, 0, kFundDefault},
    Row{"trace.bill_confidence_percent", kAlways, 90, kFundDefault},

    // Which rows of a settlement are a public fund's (fund_pay_type.h): 1 is, 0 is not.
    Row{"fund_pay_type.3101", kAlways, 1, kFundPayTypes},  // 职工基本医疗保险统筹基金
    Row{"fund_pay_type.3102", kAlways, 0, kFundPayTypes},  // 职工个人账户：参保人自己的钱
    Row{"fund_pay_type.3201", kAlways, 1, kFundPayTypes},  // 公务员医疗补助基金
    Row{"fund_pay_type.3301", kAlways, 1, kFundPayTypes},  // 大额医疗费用补助基金
    Row{"fund_pay_type.3401", kAlways, 1, kFundPayTypes},  // 离休人员医疗保障基金
    Row{"fund_pay_type.3501", kAlways, 1, kFundPayTypes},  // 一至六级残疾军人医疗补助基金
    Row{"fund_pay_type.3701", kAlways, 1, kFundPayTypes},    // 企业补充医疗保险基金
    Row{"fund_pay_type.3901", kAlways, 1, kFundPayTypes},    // 城乡居民基本医疗保险基金
    Row{"fund_pay_type.3902", kAlways, 1, kFundPayTypes},    // 城乡居民大病医疗保险基金
    Row{"fund_pay_type.5101", kAlways, 1, kFundPayTypes},    // 生育基金
    Row{"fund_pay_type.6101", kAlways, 1, kFundPayTypes},    // 医疗救助基金
    Row{"fund_pay_type.6201", kAlways, 0, kFundPayTypes},    // 商业保险：不是医保基金
    Row{"fund_pay_type.999996", kAlways, 0, kFundPayTypes},  // 医院垫付
    Row{"fund_pay_type.999997", kAlways, 0, kFundPayTypes},  // 其他

    // What insurers owe by law.
    Row{"insurer.decide_days", kAlways, 30, kInsuranceLaw23},
    Row{"insurer.pay_days", kAlways, 10, kInsuranceLaw23},
    // Compulsory motor cover: to decide from the receipt of the documents, to pay from the
    // agreement.
    Row{"insurer.ctp_decide_days", kAlways, 5, kCtpRegulation29},
    Row{"insurer.ctp_pay_days", kAlways, 10, kCtpRegulation29},
    Row{"insurer.undisputed_part_days", kAlways, 60, "保险法第二十五条"},
    // Reminders of these clocks, and what silence means: see hub/app/reminders.h.
    Row{"insurer.remind_days_before", kAlways, 5, kFundDefault},
    Row{"insurer.silence_accepts", kAlways, 0, "民法典第一百四十条"},

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
