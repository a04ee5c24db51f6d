#include "adapters/common/split_report.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"

namespace recoup::adapters {
namespace {

std::string TimeText(const google::protobuf::Timestamp& time) {
  return FormatChinaTime(absl::FromUnixSeconds(time.seconds()));
}

std::string PayerText(const v1::SplitShare& share) {
  if (share.is_fund()) return "医保基金";
  if (share.is_patient()) return "患者";
  if (share.is_hospital()) return "医院";
  return share.debtor().display_name();
}

std::string PartsForPeople(const v1::Split& split) {
  if (split.parts().empty()) return "没有找到当日有效的保单，保险公司不参与分账。\n";
  Table table({{"保单"},
               {"险种"},
               {"答复"},
               {"责任比例", Align::kRight},
               {"承担（元）", Align::kRight},
               {"赔案号"},
               {"说明"}});
  for (const v1::SplitPart& part : split.parts()) {
    const bool share = part.kind() == v1::POLICY_KIND_COMMERCIAL && part.share_bp() > 0;
    table.AddRow({part.policy(), part.kind() == v1::POLICY_KIND_CTP ? "交强险" : "商业险",
                  std::string(InChinese(part.answer())),
                  share ? absl::StrCat(FormatYuan(part.share_bp()), "%") : "",
                  FormatYuan(part.amount_fen()), part.claim_number(), part.text()});
  }
  return table.Render();
}

std::string SharesForPeople(const v1::Split& split) {
  if (split.shares().empty()) return "";
  Table table({{"付款方"}, {"金额（元）", Align::kRight}});
  for (const v1::SplitShare& share : split.shares()) {
    table.AddRow({PayerText(share), FormatYuan(share.amount_fen())});
  }
  return table.Render();
}

}  // namespace

std::string_view InChinese(v1::SplitState state) {
  if (state == v1::SPLIT_STATE_QUOTED) return "已询价";
  if (state == v1::SPLIT_STATE_SETTLED) return "已结算";
  if (state == v1::SPLIT_STATE_RELEASED) return "已释放";
  if (state == v1::SPLIT_STATE_REVERSED) return "已撤销";
  return "未说明";
}

std::string_view InChinese(v1::SplitAnswer answer) {
  if (answer == v1::SPLIT_ANSWER_ASKED) return "待答复";
  if (answer == v1::SPLIT_ANSWER_ACCEPTED) return "接受";
  if (answer == v1::SPLIT_ANSWER_DECLINED) return "不接受";
  if (answer == v1::SPLIT_ANSWER_LAPSED) return "逾期未答复";
  return "未说明";
}

std::string SplitForPeople(const v1::Split& split) {
  std::string text =
      absl::StrCat("分    账  ", split.name(), "（", std::string(InChinese(split.state())), "）\n",
                   "就    诊  ", split.visit_id(), "\n");
  if (!split.patient().name().empty()) {
    absl::StrAppend(&text, "患    者  ", split.patient().name(), "\n");
  }
  absl::StrAppend(&text, "事    故  ", split.accident_on(), " ", split.plate(), "\n", "总 费 用  ",
                  FormatYuan(split.total_fen()), " 元；不分账时基金支付 ",
                  FormatYuan(split.fund_paid_fen()), " 元，个人负担 ",
                  FormatYuan(split.self_paid_fen()), " 元\n");
  const bool quoted = split.state() == v1::SPLIT_STATE_QUOTED;
  if (quoted && split.has_answer_due_time()) {
    absl::StrAppend(&text, "答复期限  ", TimeText(split.answer_due_time()), "\n");
  }
  if (quoted && split.has_expires_time()) {
    absl::StrAppend(&text, "有效期至  ", TimeText(split.expires_time()), "\n");
  }
  if (!split.settlement_id().empty()) {
    absl::StrAppend(&text, "结    算  ", split.settlement_id(), "\n");
  }
  absl::StrAppend(&text, PartsForPeople(split), SharesForPeople(split));
  for (const v1::ExplanationStep& step : split.explanation().steps()) {
    absl::StrAppend(&text, "    ", step.label(), "：", step.formula(), " = ",
                    FormatYuan(step.result_fen()), " 元（", step.source(), "）\n");
  }
  return text;
}

}  // namespace recoup::adapters
