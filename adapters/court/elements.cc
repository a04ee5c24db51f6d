#include "adapters/court/elements.h"

#include "hub/base/check.h"

namespace recoup::court {

std::string_view Name(DocumentType value) {
  switch (value) {
    case DocumentType::kJudgment:
      return "JUDGMENT";
    case DocumentType::kRuling:
      return "RULING";
    case DocumentType::kMediation:
      return "MEDIATION";
    case DocumentType::kOther:
      return "OTHER";
  }
  CheckFailed(__FILE__, __LINE__, "DocumentType");
}

std::string_view Name(Instance value) {
  switch (value) {
    case Instance::kFirst:
      return "FIRST";
    case Instance::kSecond:
      return "SECOND";
    case Instance::kRetrial:
      return "RETRIAL";
    case Instance::kOther:
      return "OTHER";
  }
  CheckFailed(__FILE__, __LINE__, "Instance");
}

std::string_view Name(Basis value) {
  switch (value) {
    case Basis::kNone:
      return "NONE";
    case Basis::kGross:
      return "GROSS";
    case Basis::kNet:
      return "NET";
    case Basis::kFundAwarded:
      return "FUND_AWARDED";
  }
  CheckFailed(__FILE__, __LINE__, "Basis");
}

std::string_view Name(CaseOutcome value) {
  switch (value) {
    case CaseOutcome::kUpheld:
      return "UPHELD";
    case CaseOutcome::kChanged:
      return "CHANGED";
    case CaseOutcome::kRemanded:
      return "REMANDED";
    case CaseOutcome::kSuitWithdrawn:
      return "SUIT_WITHDRAWN";
    case CaseOutcome::kAppealWithdrawn:
      return "APPEAL_WITHDRAWN";
    case CaseOutcome::kCorrected:
      return "CORRECTED";
  }
  CheckFailed(__FILE__, __LINE__, "CaseOutcome");
}

std::string_view Name(Grade value) {
  switch (value) {
    case Grade::kNoAdvance:
      return "NO_ADVANCE";
    case Grade::kAdvanceRepaid:
      return "ADVANCE_REPAID";
    case Grade::kAdvanceOutstanding:
      return "ADVANCE_OUTSTANDING";
  }
  CheckFailed(__FILE__, __LINE__, "Grade");
}

std::string_view Name(PartyKind value) {
  switch (value) {
    case PartyKind::kPerson:
      return "PERSON";
    case PartyKind::kInsurer:
      return "INSURER";
    case PartyKind::kCompany:
      return "COMPANY";
    case PartyKind::kFund:
      return "FUND";
    case PartyKind::kOther:
      return "OTHER";
  }
  CheckFailed(__FILE__, __LINE__, "PartyKind");
}

std::string_view Name(PolicyKind value) {
  switch (value) {
    case PolicyKind::kCompulsory:
      return "CTP";
    case PolicyKind::kCommercial:
      return "COMMERCIAL";
  }
  CheckFailed(__FILE__, __LINE__, "PolicyKind");
}

std::string_view Name(MedicalShare::Source value) {
  switch (value) {
    case MedicalShare::Source::kStated:
      return "STATED";
    case MedicalShare::Source::kWorkedOut:
      return "WORKED_OUT";
  }
  CheckFailed(__FILE__, __LINE__, "MedicalShare::Source");
}

std::string_view Name(ThirdPartyKind value) {
  switch (value) {
    case ThirdPartyKind::kTraffic:
      return "TRAFFIC";
    case ThirdPartyKind::kAssault:
      return "ASSAULT";
    case ThirdPartyKind::kAnimal:
      return "ANIMAL";
    case ThirdPartyKind::kPremises:
      return "PREMISES";
    case ThirdPartyKind::kWork:
      return "WORK";
    case ThirdPartyKind::kMedical:
      return "MEDICAL";
    case ThirdPartyKind::kSchool:
      return "SCHOOL";
    case ThirdPartyKind::kProduct:
      return "PRODUCT";
    case ThirdPartyKind::kFallingObject:
      return "FALLING_OBJECT";
    case ThirdPartyKind::kOther:
      return "OTHER";
  }
  CheckFailed(__FILE__, __LINE__, "ThirdPartyKind");
}

}  // namespace recoup::court
