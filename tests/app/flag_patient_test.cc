// The patient of a flag is corrected: what happens to the settlements of the visit.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/app/flag_admission.h"
#include "tests/app/case_story.h"

namespace recoup::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

domain::Person SomebodyUnnamed() {
  domain::Person person;
  person.name = "无名氏";
  return person;
}

absl::StatusOr<app::FlagAnswer> FlagUnnamed(HubWorld& world) {
  return world.Run(world.hospital, [&world](app::UnitOfWork& work) {
    app::FlagAdmission command;
    command.pool = world.pool;
    command.flag.visit_id = "V-1";
    command.flag.patient = SomebodyUnnamed();
    return app::FlagAdmissionOf(command, work);
  });
}

absl::StatusOr<app::FlagAnswer> NamePatient(HubWorld& world, domain::Person person) {
  return world.Run(world.hospital, [&world, person](app::UnitOfWork& work) {
    app::AmendFlag command;
    command.pool = world.pool;
    command.flag.visit_id = "V-1";
    command.changes.patient = person;
    command.fields = {"patient"};
    command.reason = "患者合并";
    return app::AmendFlagOf(command, work);
  });
}

domain::Person TheSurvivor() {
  domain::Person person;
  person.name = kPatientName;
  person.id_number = kPatientNumber;
  return person;
}

app::ReportSettlement SettlementOfUnnamed(const HubWorld& world) {
  app::ReportSettlement command = PudongSettlement(world);
  command.settlement.patient = SomebodyUnnamed();
  command.settlement.patient.phone = "13900000001";
  return command;
}

TEST(FlagHistoryTest, EachVersionNamesWhatWasChanged) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  const auto amended = world.Run(world.hospital, [&world](app::UnitOfWork& work) {
    app::AmendFlag command;
    command.pool = world.pool;
    command.flag.visit_id = "V-1";
    command.changes.plate = "沪AD1234";
    command.fields = {"plate", "patient"};
    command.changes.patient = TheSurvivor();
    command.state = domain::FlagState::kConfirmed;
    return app::AmendFlagOf(command, work);
  });
  ASSERT_TRUE(amended.ok()) << amended.status();
  const auto cleared = world.Run(world.hospital, [&world](app::UnitOfWork& work) {
    app::ClearFlag command;
    command.pool = world.pool;
    command.flag.visit_id = "V-1";
    command.reason = "自行摔伤";
    return app::ClearFlagOf(command, work);
  });
  ASSERT_TRUE(cleared.ok()) << cleared.status();
  const std::vector<domain::FlagChange>& history = cleared->flag.history;
  ASSERT_THAT(history, SizeIs(3));
  EXPECT_THAT(history[0].changed_fields, IsEmpty());
  EXPECT_THAT(history[1].changed_fields, ElementsAre("state", "plate", "patient"));
  EXPECT_THAT(history[2].changed_fields, ElementsAre("state"));
}

TEST(FlagPatientTest, SettlementsFollowTheFlagToThePatientThatStays) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, SettlementOfUnnamed(world)).ok());
  const domain::Advance before = TheOnly<domain::Advance>(world);
  const auto amended = NamePatient(world, TheSurvivor());
  ASSERT_TRUE(amended.ok()) << amended.status();
  const domain::Advance after = TheOnly<domain::Advance>(world);
  EXPECT_EQ(after.patient.name, kPatientName);
  EXPECT_EQ(after.patient.id_number, kPatientNumber);
  EXPECT_EQ(after.patient.phone, "13900000001");  // Of which the correction says nothing.
  EXPECT_NE(after.patient.id_token, before.patient.id_token);
  EXPECT_THAT(after.quality_notes, ElementsAre(HasSubstr("随就诊标志更正")));
  EXPECT_EQ(amended->flag.history.back().reason, "患者合并");
  // No money moved.
  EXPECT_EQ(after.stages, before.stages);
  EXPECT_EQ(after.transfers, before.transfers);
  EXPECT_EQ(after.state, before.state);
}

TEST(FlagPatientTest, AJudgmentThatWaitedForThePersonFindsTheSettlement) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, SettlementOfUnnamed(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  EXPECT_THAT(DemandsOf(world), IsEmpty());
  ASSERT_TRUE(NamePatient(world, TheSurvivor()).ok());
  EXPECT_THAT(DemandsOf(world), SizeIs(2));
}

TEST(FlagPatientTest, TheSameSettlementAgainIsKnownAfterItFollowed) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, SettlementOfUnnamed(world)).ok());
  ASSERT_TRUE(NamePatient(world, TheSurvivor()).ok());
  const auto again = Report(world, SettlementOfUnnamed(world));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->advance.patient.name, kPatientName);
  app::ReportSettlement other = SettlementOfUnnamed(world);
  other.settlement.amount = Yuan("44700");
  EXPECT_FALSE(Report(world, other).ok());
}

TEST(FlagPatientTest, WhatARecoveryClaimsStaysAndSaysSo) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(Push(world, Signed(world, PudongCase(), "e1"), true).ok());
  ASSERT_TRUE(TheOnly<domain::Advance>(world).recovery.has_value());
  domain::Person other = TheSurvivor();
  other.name = "顾砚舟";
  ASSERT_TRUE(NamePatient(world, other).ok());
  EXPECT_EQ(TheOnly<domain::Advance>(world).patient.name, kPatientName);
  EXPECT_THAT(TheOnly<domain::Advance>(world).quality_notes, ElementsAre(HasSubstr("未随之更正")));
}

TEST(FlagPatientTest, AnIdentityNumberThePlatformKnewIsNotLost) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  domain::Person other;
  other.name = "顾砚舟";
  ASSERT_TRUE(NamePatient(world, other).ok());
  EXPECT_EQ(TheOnly<domain::Advance>(world).patient.id_number, kPatientNumber);
  EXPECT_THAT(TheOnly<domain::Advance>(world).quality_notes, ElementsAre(HasSubstr("未随之更正")));
}

TEST(FlagPatientTest, AFlagByNumberAloneTakesNoNameFromASettlement) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, SettlementOfUnnamed(world)).ok());
  domain::Person numbered;
  numbered.insured_number = "31011500000077";
  numbered.id_number = kPatientNumber;
  ASSERT_TRUE(NamePatient(world, numbered).ok());
  EXPECT_EQ(TheOnly<domain::Advance>(world).patient.name, "无名氏");
  EXPECT_THAT(TheOnly<domain::Advance>(world).quality_notes, ElementsAre(HasSubstr("未随之更正")));
}

TEST(FlagPatientTest, ACorrectionOfSomethingElseTouchesNoSettlement) {
  HubWorld world;
  ASSERT_TRUE(FlagUnnamed(world).ok());
  ASSERT_TRUE(Report(world, PudongSettlement(world)).ok());
  ASSERT_TRUE(NamePatient(world, SomebodyUnnamed()).ok());
  EXPECT_EQ(TheOnly<domain::Advance>(world).patient.name, kPatientName);
  EXPECT_THAT(TheOnly<domain::Advance>(world).quality_notes, IsEmpty());
}

}  // namespace
}  // namespace recoup::testing
