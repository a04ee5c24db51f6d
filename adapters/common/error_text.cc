#include "adapters/common/error_text.h"

#include "absl/strings/str_cat.h"
#include "adapters/common/phrases.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::adapters {

std::string_view ReasonInChinese(Reason reason) {
  switch (reason) {
    case Reason::kUnauthenticated:
      return "身份未验证，请检查证书";
    case Reason::kPartyUnknown:
      return "系统不认识该机构";
    case Reason::kNotAllowed:
      return "没有此操作的权限";
    case Reason::kQueueFull:
      return "系统繁忙，请稍后再试";
    case Reason::kQuotaExceeded:
      return "超出配额，请稍后再试";
    case Reason::kDeadlineExceeded:
      return "超过时限，结果未知，可用同一请求号重试";
    case Reason::kShuttingDown:
      return "系统正在停机，请稍后再试";
    case Reason::kStoreUnavailable:
      return "系统暂不可用，请稍后再试";
    case Reason::kNotImplemented:
      return "系统不提供此功能";
    case Reason::kInvalidArgument:
      return "内容有误";
    case Reason::kTooLarge:
      return "内容过大";
    case Reason::kSignatureInvalid:
      return "签名无效";
    case Reason::kRequestIdReused:
      return "请求号已用于其他内容";
    case Reason::kRequestIdExpired:
      return "请求号已过期";
    case Reason::kPageTokenInvalid:
      return "翻页标记无效";
    case Reason::kNotFound:
      return "未找到";
    case Reason::kEtagMismatch:
      return "内容已被他人修改，请重新读取";
    case Reason::kAlreadyExistsWithOtherContent:
      return "已存在，但内容不同";
    case Reason::kIllegalTransition:
      return "当前状态不允许此操作";
    case Reason::kSamePersonMayNotApprove:
      return "经办人不得审批本人经办的事项";
    case Reason::kApprovalRequired:
      return "需要第二人审批";
    case Reason::kAmountExceedsOpen:
      return "金额超过未偿金额";
    case Reason::kAmountExceedsLimit:
      return "金额超过限额";
    case Reason::kPolicyDataMissing:
      return "缺少适用的政策数据";
    case Reason::kStatementDoesNotAddUp:
      return "对账单金额不平";
    case Reason::kAtomicBatchRefused:
      return "批次中有被拒绝的项目，整批未执行";
    case Reason::kLedgerLawBroken:
      return "账目校验失败，已停止处理";
    case Reason::kInternal:
      return "系统内部错误";
  }
  return "未知错误";
}

std::string ErrorForPeople(const absl::Status& error, Colour colour) {
  const ErrorDetail detail = DetailOf(error);
  const std::string english(error.message());
  const std::string chinese = InChinese(english);
  std::string text =
      absl::StrCat(Red("错误", colour), "：", std::string(ReasonInChinese(detail.reason)), "\n");
  // The message of several faults repeats the first of them.
  if (detail.faults.empty() && chinese != english) absl::StrAppend(&text, "说明：", chinese, "\n");
  absl::StrAppend(&text, Red("Error", colour), ": ", english, " [",
                  std::string(ReasonName(detail.reason)), "]\n");
  if (!detail.faults.empty()) absl::StrAppend(&text, "有误的内容 / faults:\n");
  for (const FieldFault& fault : detail.faults) {
    // A fault of the whole has no path.
    const std::string place = fault.field.empty() ? "全文 / whole" : InChinese(fault.field);
    absl::StrAppend(&text, "  ", Bold(place, colour), ": ", InChinese(fault.description), "\n");
  }
  if (!detail.preconditions.empty()) absl::StrAppend(&text, "须先完成 / first:\n");
  for (const UnmetPrecondition& unmet : detail.preconditions) {
    absl::StrAppend(&text, "  ", Bold(unmet.subject, colour), ": ", InChinese(unmet.description),
                    " [", unmet.type, "]\n");
  }
  if (detail.retry_after_ms.has_value()) {
    // Rounded up: coming back too early only meets the same answer.
    const std::int64_t seconds = (*detail.retry_after_ms + 999) / 1000;
    absl::StrAppend(&text, "请在 ", seconds, " 秒后重试 / try again in ", seconds, " s\n");
  }
  return text;
}

std::string ErrorInACell(const absl::Status& error) {
  const ErrorDetail detail = DetailOf(error);
  const std::string title(ReasonInChinese(detail.reason));
  if (detail.faults.empty()) {
    const std::string chinese = InChinese(std::string(error.message()));
    return chinese == error.message() ? title : absl::StrCat(title, "：", chinese);
  }
  const FieldFault& first = detail.faults.front();
  std::string text = absl::StrCat(title, "：", InChinese(first.field),
                                  first.field.empty() ? "" : " ", InChinese(first.description));
  if (const std::size_t more = detail.faults.size() - 1; more > 0) {
    absl::StrAppend(&text, "（另有 ", more, " 处）");
  }
  return text;
}

std::string ErrorAsJson(const absl::Status& error) {
  const ErrorDetail detail = DetailOf(error);
  nlohmann::ordered_json json;
  json["reason"] = ReasonName(detail.reason);
  json["message"] = std::string(error.message());
  json["faults"] = nlohmann::ordered_json::array();
  for (const FieldFault& fault : detail.faults) {
    json["faults"].push_back({{"field", fault.field}, {"description", fault.description}});
  }
  json["preconditions"] = nlohmann::ordered_json::array();
  for (const UnmetPrecondition& unmet : detail.preconditions) {
    json["preconditions"].push_back(
        {{"type", unmet.type}, {"subject", unmet.subject}, {"description", unmet.description}});
  }
  if (!detail.metadata.empty()) json["metadata"] = detail.metadata;
  if (detail.retry_after_ms.has_value()) json["retry_after_ms"] = *detail.retry_after_ms;
  return nlohmann::ordered_json({{"error", json}})
             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) +
         "\n";
}

}  // namespace recoup::adapters
