#include "adapters/insurer/bank/profile_words.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "adapters/insurer/bank/text.h"

namespace recoup::insurer::bank {
namespace {

struct Word {
  std::string_view text;
  ColumnMeaning meaning;
};

// The usual one first within each meaning.
constexpr std::array kHeadings = {
    Word{"记账日期", ColumnMeaning::kBookedOn},
    Word{"入账日期", ColumnMeaning::kBookedOn},
    Word{"账务日期", ColumnMeaning::kBookedOn},
    Word{"记账时间", ColumnMeaning::kBookedOn},
    Word{"入账时间", ColumnMeaning::kBookedOn},
    Word{"交易日期", ColumnMeaning::kBookedOn},
    Word{"交易日", ColumnMeaning::kBookedOn},
    Word{"交易时间", ColumnMeaning::kBookedOn},
    Word{"业务日期", ColumnMeaning::kBookedOn},
    Word{"发生日期", ColumnMeaning::kBookedOn},
    Word{"交易日期时间", ColumnMeaning::kBookedOn},
    Word{"日期", ColumnMeaning::kBookedOn},
    Word{"bookingdate", ColumnMeaning::kBookedOn},
    Word{"transactiondate", ColumnMeaning::kBookedOn},
    Word{"date", ColumnMeaning::kBookedOn},
    Word{"起息日", ColumnMeaning::kValuedOn},
    Word{"起息日期", ColumnMeaning::kValuedOn},
    Word{"valuedate", ColumnMeaning::kValuedOn},
    Word{"借方发生额", ColumnMeaning::kDebit},
    Word{"借方金额", ColumnMeaning::kDebit},
    Word{"支出金额", ColumnMeaning::kDebit},
    Word{"付款金额", ColumnMeaning::kDebit},
    Word{"转出金额", ColumnMeaning::kDebit},
    Word{"支取金额", ColumnMeaning::kDebit},
    Word{"支出", ColumnMeaning::kDebit},
    Word{"支取", ColumnMeaning::kDebit},
    Word{"借方", ColumnMeaning::kDebit},
    Word{"debit", ColumnMeaning::kDebit},
    Word{"debitamount", ColumnMeaning::kDebit},
    Word{"贷方发生额", ColumnMeaning::kCredit},
    Word{"贷方金额", ColumnMeaning::kCredit},
    Word{"收入金额", ColumnMeaning::kCredit},
    Word{"收款金额", ColumnMeaning::kCredit},
    Word{"转入金额", ColumnMeaning::kCredit},
    Word{"存入金额", ColumnMeaning::kCredit},
    Word{"收入", ColumnMeaning::kCredit},
    Word{"存入", ColumnMeaning::kCredit},
    Word{"贷方", ColumnMeaning::kCredit},
    Word{"credit", ColumnMeaning::kCredit},
    Word{"creditamount", ColumnMeaning::kCredit},
    Word{"交易金额", ColumnMeaning::kAmount},
    Word{"发生额", ColumnMeaning::kAmount},
    Word{"发生金额", ColumnMeaning::kAmount},
    Word{"金额", ColumnMeaning::kAmount},
    Word{"amount", ColumnMeaning::kAmount},
    Word{"借贷标志", ColumnMeaning::kDirection},
    Word{"借贷标识", ColumnMeaning::kDirection},
    Word{"借贷方向", ColumnMeaning::kDirection},
    Word{"借贷", ColumnMeaning::kDirection},
    Word{"借/贷", ColumnMeaning::kDirection},
    Word{"收付标志", ColumnMeaning::kDirection},
    Word{"收支标志", ColumnMeaning::kDirection},
    Word{"收支方向", ColumnMeaning::kDirection},
    Word{"收支", ColumnMeaning::kDirection},
    Word{"收/支", ColumnMeaning::kDirection},
    Word{"收付", ColumnMeaning::kDirection},
    Word{"收/付", ColumnMeaning::kDirection},
    Word{"收付方向", ColumnMeaning::kDirection},
    Word{"来往账标志", ColumnMeaning::kDirection},
    Word{"交易方向", ColumnMeaning::kDirection},
    Word{"dc", ColumnMeaning::kDirection},
    Word{"d/c", ColumnMeaning::kDirection},
    Word{"余额", ColumnMeaning::kBalance},
    Word{"账户余额", ColumnMeaning::kBalance},
    Word{"交易后余额", ColumnMeaning::kBalance},
    Word{"当前余额", ColumnMeaning::kBalance},
    Word{"本次余额", ColumnMeaning::kBalance},
    Word{"联机余额", ColumnMeaning::kBalance},
    Word{"balance", ColumnMeaning::kBalance},
    Word{"对方户名", ColumnMeaning::kCounterpartyName},
    Word{"对方账户名", ColumnMeaning::kCounterpartyName},
    Word{"对方账户名称", ColumnMeaning::kCounterpartyName},
    Word{"对方账号名称", ColumnMeaning::kCounterpartyName},
    Word{"对方名称", ColumnMeaning::kCounterpartyName},
    Word{"对方单位", ColumnMeaning::kCounterpartyName},
    Word{"对方单位名称", ColumnMeaning::kCounterpartyName},
    Word{"对方", ColumnMeaning::kCounterpartyName},
    Word{"对手户名", ColumnMeaning::kCounterpartyName},
    Word{"对手方", ColumnMeaning::kCounterpartyName},
    Word{"对手方名称", ColumnMeaning::kCounterpartyName},
    Word{"交易对手", ColumnMeaning::kCounterpartyName},
    Word{"交易对手名称", ColumnMeaning::kCounterpartyName},
    Word{"收(付)方名称", ColumnMeaning::kCounterpartyName},
    Word{"收付方名称", ColumnMeaning::kCounterpartyName},
    Word{"收/付方名称", ColumnMeaning::kCounterpartyName},
    Word{"收(付)款方名称", ColumnMeaning::kCounterpartyName},
    Word{"收(付)方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"收付方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"收/付方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"收(付)款方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"对方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"对方账户", ColumnMeaning::kCounterpartyAccount},
    Word{"对手账号", ColumnMeaning::kCounterpartyAccount},
    Word{"对手方账号", ColumnMeaning::kCounterpartyAccount},
    Word{"交易对手账号", ColumnMeaning::kCounterpartyAccount},
    Word{"对方卡号/账号", ColumnMeaning::kCounterpartyAccount},
    Word{"流水号", ColumnMeaning::kBankReference},
    Word{"交易流水号", ColumnMeaning::kBankReference},
    Word{"银行流水号", ColumnMeaning::kBankReference},
    Word{"核心流水号", ColumnMeaning::kBankReference},
    Word{"业务流水号", ColumnMeaning::kBankReference},
    Word{"交易流水", ColumnMeaning::kBankReference},
    Word{"日志号", ColumnMeaning::kBankReference},
    Word{"账户明细编号-交易流水号", ColumnMeaning::kBankReference},
    Word{"币种", ColumnMeaning::kCurrency},
    Word{"币别", ColumnMeaning::kCurrency},
    Word{"货币", ColumnMeaning::kCurrency},
    Word{"交易货币", ColumnMeaning::kCurrency},
    Word{"交易币种", ColumnMeaning::kCurrency},
    Word{"currency", ColumnMeaning::kCurrency},
    Word{"本方账号", ColumnMeaning::kOwnAccount},
    Word{"我方账号", ColumnMeaning::kOwnAccount},
    Word{"查询账号", ColumnMeaning::kOwnAccount},
    Word{"账号", ColumnMeaning::kOwnAccount},
    Word{"摘要", ColumnMeaning::kRemittance},
    Word{"附言", ColumnMeaning::kRemittance},
    Word{"用途", ColumnMeaning::kRemittance},
    Word{"备注", ColumnMeaning::kRemittance},
    Word{"交易摘要", ColumnMeaning::kRemittance},
    Word{"交易附言", ColumnMeaning::kRemittance},
    Word{"客户附言", ColumnMeaning::kRemittance},
    Word{"交易用途", ColumnMeaning::kRemittance},
    Word{"交易说明", ColumnMeaning::kRemittance},
    Word{"摘要说明", ColumnMeaning::kRemittance},
    Word{"留言", ColumnMeaning::kRemittance},
    Word{"个性化信息", ColumnMeaning::kRemittance},
    Word{"description", ColumnMeaning::kRemittance},
    Word{"remark", ColumnMeaning::kRemittance},
    Word{"付款人名称", ColumnMeaning::kPayerName},
    Word{"付款人户名", ColumnMeaning::kPayerName},
    Word{"付款人", ColumnMeaning::kPayerName},
    Word{"付款方名称", ColumnMeaning::kPayerName},
    Word{"付款方户名", ColumnMeaning::kPayerName},
    Word{"付方户名", ColumnMeaning::kPayerName},
    Word{"付方名称", ColumnMeaning::kPayerName},
    Word{"付款人账号", ColumnMeaning::kPayerAccount},
    Word{"付款方账号", ColumnMeaning::kPayerAccount},
    Word{"付款账号", ColumnMeaning::kPayerAccount},
    Word{"付方账号", ColumnMeaning::kPayerAccount},
    Word{"收款人名称", ColumnMeaning::kPayeeName},
    Word{"收款人户名", ColumnMeaning::kPayeeName},
    Word{"收款人", ColumnMeaning::kPayeeName},
    Word{"收款方名称", ColumnMeaning::kPayeeName},
    Word{"收款方户名", ColumnMeaning::kPayeeName},
    Word{"收方户名", ColumnMeaning::kPayeeName},
    Word{"收方名称", ColumnMeaning::kPayeeName},
    Word{"收款人账号", ColumnMeaning::kPayeeAccount},
    Word{"收款方账号", ColumnMeaning::kPayeeAccount},
    Word{"收款账号", ColumnMeaning::kPayeeAccount},
    Word{"收方账号", ColumnMeaning::kPayeeAccount},
};

constexpr std::array<std::string_view, 15> kCreditWords = {
    "贷", "贷方", "c",    "cr",   "crdt", "credit", "收",  "收入",
    "入", "来账", "转入", "入账", "存入", "进账",   "收款"};
constexpr std::array<std::string_view, 15> kDebitWords = {"借",    "借方", "d",    "dr", "dbit",
                                                          "debit", "付",   "支出", "出", "往账",
                                                          "转出",  "出账", "支取", "支", "付款"};

struct Label {
  std::string_view text;
  LabelMeaning meaning;
};

constexpr std::array kLabels = {
    Label{"账号", LabelMeaning::kAccount},      Label{"本方账号", LabelMeaning::kAccount},
    Label{"查询账号", LabelMeaning::kAccount},  Label{"卡号/账号", LabelMeaning::kAccount},
    Label{"账户", LabelMeaning::kAccount},      Label{"银行账号", LabelMeaning::kAccount},
    Label{"币种", LabelMeaning::kCurrency},     Label{"币别", LabelMeaning::kCurrency},
    Label{"起始日期", LabelMeaning::kFrom},     Label{"开始日期", LabelMeaning::kFrom},
    Label{"起始日", LabelMeaning::kFrom},       Label{"截止日期", LabelMeaning::kTo},
    Label{"结束日期", LabelMeaning::kTo},       Label{"终止日期", LabelMeaning::kTo},
    Label{"截止日", LabelMeaning::kTo},         Label{"查询期间", LabelMeaning::kPeriod},
    Label{"查询时间段", LabelMeaning::kPeriod}, Label{"查询日期", LabelMeaning::kPeriod},
    Label{"起止日期", LabelMeaning::kPeriod},   Label{"交易日期", LabelMeaning::kPeriod},
    Label{"日期范围", LabelMeaning::kPeriod},   Label{"对账期间", LabelMeaning::kPeriod},
};

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

// Full width as half, without spaces; 帐 is an old way to write 账.
std::string Plain(std::string_view heading) {
  std::string text = absl::AsciiStrToLower(ToHalfWidth(heading));
  std::erase_if(text, [](char c) { return c == ' ' || c == '_' || c == '\t'; });
  ReplaceAll(text, "帐", "账");
  return text;
}

// Also without units and other words in brackets.
std::string Normalised(std::string_view heading) {
  std::string text = Plain(heading);
  // "（元）", "(CNY)", "[收入]": what stands in brackets explains the heading.
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('[', ']')}) {
    const std::size_t begin = text.find(open);
    if (begin == std::string::npos || begin == 0 || text.find(close, begin) == std::string::npos) {
      continue;
    }
    text.erase(begin, text.find(close, begin) - begin + 1);
  }
  return text;
}

template <std::size_t N>
bool Lists(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<HeadingMeaning> MeaningOf(std::string_view heading) {
  // With its brackets first: 收(付)方名称 is not 收方名称.
  for (const std::string& text : {Plain(heading), Normalised(heading)}) {
    for (std::size_t i = 0; i < kHeadings.size(); ++i) {
      if (kHeadings[i].text == text) {
        return HeadingMeaning{kHeadings[i].meaning, static_cast<int>(i)};
      }
    }
  }
  return std::nullopt;
}

std::optional<Direction> DirectionOfWord(std::string_view word) {
  const std::string text = Normalised(word);
  if (Lists(kCreditWords, text)) return Direction::kCredit;
  if (Lists(kDebitWords, text)) return Direction::kDebit;
  return std::nullopt;
}

std::optional<LabelMeaning> LabelMeaningOf(std::string_view label) {
  const std::string text = Normalised(label);
  const auto found = std::find_if(kLabels.begin(), kLabels.end(),
                                  [&](const Label& candidate) { return candidate.text == text; });
  return found == kLabels.end() ? std::nullopt : std::optional(found->meaning);
}

}  // namespace recoup::insurer::bank
