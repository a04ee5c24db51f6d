// The enumerations of the API as an insurer's clerk writes and reads them. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_NAMES_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "recoup/v1/agreement.pb.h"
#include "recoup/v1/common.pb.h"
#include "recoup/v1/demand.pb.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/negotiation.pb.h"
#include "recoup/v1/remittance_advice.pb.h"
#include "recoup/v1/settlement_batch.pb.h"

namespace recoup::insurer::mapping {

std::string_view InChinese(v1::AgreementState state);
std::string_view InChinese(v1::DemandState state);
std::string_view InChinese(v1::DisputeDecision decision);
std::string_view InChinese(v1::DisputeReason reason);
std::string_view InChinese(v1::OfferState state);
std::string_view InChinese(v1::PolicyKind kind);
std::string_view InChinese(v1::RemittanceAdviceState state);
std::string_view InChinese(v1::InsurerClockKind kind);
std::string_view InChinese(v1::SettlementBatchState state);
std::string_view InChinese(v1::ThirdPartyKind kind);

// Without the prefix of the enumeration, in either case, with '-' or '_': "limit-exhausted".
std::optional<v1::DemandState> DemandStateFrom(std::string_view text);
std::optional<v1::DisputeReason> DisputeReasonFrom(std::string_view text);
std::optional<v1::PolicyKind> PolicyKindFrom(std::string_view text);
std::optional<v1::ThirdPartyKind> ThirdPartyKindFrom(std::string_view text);

// "pools/310115-310/demands/x" → "pools/310115-310"; nothing for any other form.
std::optional<std::string> PoolOfDemand(std::string_view demand);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_NAMES_H_
