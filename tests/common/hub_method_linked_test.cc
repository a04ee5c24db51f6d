// A program that calls by name refers to no generated code of the services, and yet they are there.
#include <gtest/gtest.h>

#include "adapters/common/hub_method.h"

namespace recoup::adapters {
namespace {

TEST(HubMethodLinkedTest, AMethodOfEachServiceIsFound) {
  for (const char* method :
       {"AccountService.SignAccount", "AgreementService.CreateAgreement", "AuditService.ListEvents",
        "CourtService.PushCourtCase", "FundService.GetAdvance", "HospitalService.FlagAdmission",
        "InsurerService.RegisterPolicy", "MediationService.OpenMediation",
        "NegotiationService.OfferSettlement", "ReconciliationService.CreateSettlementBatch"}) {
    EXPECT_NE(FindHubMethod(method), nullptr) << method;
  }
}

TEST(HubMethodLinkedTest, WhatIsNoMethodIsNotFound) {
  for (const char* method :
       {"", ".", "FundService", "FundService.", ".GetAdvance", "FundService.Nothing",
        "NothingService.GetAdvance", "recoup.v1.FundService.GetAdvance"}) {
    EXPECT_EQ(FindHubMethod(method), nullptr) << method;
  }
}

}  // namespace
}  // namespace recoup::adapters
