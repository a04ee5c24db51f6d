// Amounts in capitals, as payments are written in words: 30,160.05 → 叁万零壹佰陆拾元零伍分.
#ifndef RECOUP_ADAPTERS_COMMON_LETTERS_CHINESE_AMOUNT_H_
#define RECOUP_ADAPTERS_COMMON_LETTERS_CHINESE_AMOUNT_H_

#include <cstdint>
#include <string>

namespace recoup::adapters {

// 《支付结算办法》附一“正确填写票据和结算凭证的基本规定”：元 without fen ends in 整, zeros inside
// are one 零. Negative amounts begin with 负. Up to 9,999 trillion yuan.
std::string ChineseAmount(std::int64_t fen);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_LETTERS_CHINESE_AMOUNT_H_
