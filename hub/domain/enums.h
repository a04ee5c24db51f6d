// The plain enumerations of the domain. For states and their commands see states.h.
#ifndef RECOUP_HUB_DOMAIN_ENUMS_H_
#define RECOUP_HUB_DOMAIN_ENUMS_H_

#include "hub/domain/enum.h"

namespace recoup::domain {

// What kind of third party may answer for the injury.
#define RECOUP_THIRD_PARTY_KINDS(X)                         \
  X(kUnknown, 1, "UNKNOWN", "不明")                         \
  X(kTraffic, 2, "TRAFFIC", "交通事故")                     \
  X(kAssault, 3, "ASSAULT", "他人殴打伤害")                 \
  X(kAnimal, 4, "ANIMAL", "饲养动物致害")                   \
  X(kPremises, 5, "PREMISES", "违反安全保障义务")           \
  X(kLabour, 6, "LABOUR", "提供劳务受害")                   \
  X(kMedical, 7, "MEDICAL", "医疗损害")                     \
  X(kProduct, 8, "PRODUCT", "产品责任")                     \
  X(kSchool, 9, "SCHOOL", "教育机构责任")                   \
  X(kFallingObject, 10, "FALLING_OBJECT", "坠物、物件致害") \
  X(kOther, 11, "OTHER", "其他")
RECOUP_ENUM(ThirdPartyKind, RECOUP_THIRD_PARTY_KINDS)

// Whether the judged medical compensation contains the fund's part. It decides who must repay.
#define RECOUP_BASES(X)                       \
  X(kNone, 1, "NONE", "无判决")               \
  X(kGross, 2, "GROSS", "未扣减医保支付部分") \
  X(kNet, 3, "NET", "已扣减医保支付部分")     \
  X(kFundAwarded, 4, "FUND_AWARDED", "判决直接给付医保基金")
RECOUP_ENUM(Basis, RECOUP_BASES)

#define RECOUP_GRADES(X)                                           \
  X(kNoAdvance, 1, "NO_ADVANCE", "医保基金未垫付")                 \
  X(kAdvanceRepaid, 2, "ADVANCE_REPAID", "医保基金已垫付、已退回") \
  X(kAdvanceOutstanding, 3, "ADVANCE_OUTSTANDING", "医保基金已垫付、未退回")
RECOUP_ENUM(Grade, RECOUP_GRADES)

#define RECOUP_DEBTOR_KINDS(X)          \
  X(kInsurer, 1, "INSURER", "保险公司") \
  X(kCompany, 2, "COMPANY", "单位")     \
  X(kPerson, 3, "PERSON", "个人")       \
  X(kInjuredPerson, 4, "INJURED_PERSON", "受害人（参保人）")
RECOUP_ENUM(DebtorKind, RECOUP_DEBTOR_KINDS)

// CTP: compulsory third-party motor insurance (交强险). COMMERCIAL: every voluntary liability
// cover.
#define RECOUP_POLICY_KINDS(X) \
  X(kCtp, 1, "CTP", "交强险")  \
  X(kCommercial, 2, "COMMERCIAL", "商业责任险")
RECOUP_ENUM(PolicyKind, RECOUP_POLICY_KINDS)

// Why an amount is given up.
#define RECOUP_RELINQUISH_REASONS(X)                             \
  X(kNotRecoverable, 1, "NOT_RECOVERABLE", "无法追回")           \
  X(kLimitationExpired, 2, "LIMITATION_EXPIRED", "诉讼时效抗辩") \
  X(kNotOwed, 3, "NOT_OWED", "不应追偿")                         \
  X(kTooSmall, 4, "TOO_SMALL", "小额不予追偿")                   \
  X(kOther, 5, "OTHER", "其他")
RECOUP_ENUM(RelinquishReason, RECOUP_RELINQUISH_REASONS)

// What the insurer of one policy says when it is asked at discharge.
#define RECOUP_SPLIT_ANSWERS(X)         \
  X(kAsked, 1, "ASKED", "待答复")       \
  X(kAccepted, 2, "ACCEPTED", "已接受") \
  X(kDeclined, 3, "DECLINED", "不接受") \
  X(kLapsed, 4, "LAPSED", "逾期未答复")
RECOUP_ENUM(SplitAnswer, RECOUP_SPLIT_ANSWERS)

// What kind of document a court case was closed with.
#define RECOUP_DOCUMENT_TYPES(X)                           \
  X(kJudgment, 1, "JUDGMENT", "判决书")                    \
  X(kRuling, 2, "RULING", "裁定书")                        \
  X(kMediationDocument, 3, "MEDIATION_DOCUMENT", "调解书") \
  X(kDecision, 4, "DECISION", "决定书")                    \
  X(kNotice, 5, "NOTICE", "通知书")                        \
  X(kOrder, 6, "ORDER", "令")                              \
  X(kOther, 7, "OTHER", "其他")
RECOUP_ENUM(DocumentType, RECOUP_DOCUMENT_TYPES)

#define RECOUP_INSTANCES(X)                                   \
  X(kFirst, 1, "FIRST", "一审")                               \
  X(kSecond, 2, "SECOND", "二审")                             \
  X(kRetrial, 3, "RETRIAL", "再审")                           \
  X(kSpecial, 4, "SPECIAL", "特别程序（含调解协议司法确认）") \
  X(kPreAction, 5, "PRE_ACTION", "诉前调解")                  \
  X(kEnforcement, 6, "ENFORCEMENT", "执行")                   \
  X(kOther, 7, "OTHER", "其他")
RECOUP_ENUM(Instance, RECOUP_INSTANCES)

// What a decision does to the earlier one of the same dispute that it speaks of (民诉法 157, 177).
#define RECOUP_CASE_OUTCOMES(X)                                      \
  X(kUpheld, 1, "UPHELD", "维持原判")                                \
  X(kChanged, 2, "CHANGED", "改判")                                  \
  X(kRemanded, 3, "REMANDED", "撤销原判、发回重审")                  \
  X(kSuitWithdrawn, 4, "SUIT_WITHDRAWN", "撤销原判、准许撤回起诉")   \
  X(kAppealWithdrawn, 5, "APPEAL_WITHDRAWN", "准许撤回上诉或者申请") \
  X(kCorrected, 6, "CORRECTED", "补正")
RECOUP_ENUM(CaseOutcome, RECOUP_CASE_OUTCOMES)

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_ENUMS_H_
