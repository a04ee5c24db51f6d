// What became of a document, in the words of reports.
#include "adapters/court/program/daily_run.h"
#include "hub/base/check.h"

namespace recoup::court {

std::string_view Name(RunState state) {
  switch (state) {
    case RunState::kPushed:
      return "PUSHED";
    case RunState::kAmended:
      return "AMENDED";
    case RunState::kAlreadyRead:
      return "ALREADY_READ";
    case RunState::kDuplicate:
      return "DUPLICATE";
    case RunState::kDiffers:
      return "DIFFERS";
    case RunState::kIncomplete:
      return "INCOMPLETE";
    case RunState::kWaiting:
      return "WAITING";
    case RunState::kRefused:
      return "REFUSED";
    case RunState::kUnread:
      return "UNREAD";
    case RunState::kChecked:
      return "CHECKED";
  }
  RECOUP_CHECK(false);
}

std::string_view InChinese(RunState state) {
  switch (state) {
    case RunState::kPushed:
      return "已推送";
    case RunState::kAmended:
      return "已更正此前推送的案件";
    case RunState::kAlreadyRead:
      return "此前已处理";
    case RunState::kDuplicate:
      return "与同案文书一致，未重复推送";
    case RunState::kDiffers:
      return "与同案文书不一致，待复核";
    case RunState::kIncomplete:
      return "要素不全，待复核";
    case RunState::kWaiting:
      return "平台暂未应答";
    case RunState::kRefused:
      return "被平台拒绝";
    case RunState::kUnread:
      return "无法读取";
    case RunState::kChecked:
      return "校验通过，未推送";
  }
  RECOUP_CHECK(false);
}

}  // namespace recoup::court
