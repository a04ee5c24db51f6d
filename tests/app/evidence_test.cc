// Documents as evidence: announced, sent in pieces, complete only when they are what was announced.
#include "hub/app/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "tests/app/debtor_story.h"

namespace recoup::testing {
namespace {

using domain::Demand;
using domain::EvidenceFile;

std::string Sha256Of(const std::string& bytes) {
  const crypto::Digest digest = crypto::Sha256(bytes);
  return {digest.begin(), digest.end()};
}

std::string Pdf(std::size_t size) {
  std::string bytes = "%PDF-1.7\n";
  bytes.resize(size, 'x');
  return bytes;
}

struct EvidenceStory : DebtorStory {
  const Demand demand = IssueNew("insurer/huaan");

  app::AttachEvidence Announcement(const std::string& bytes,
                                   const char* media_type = "application/pdf") const {
    app::AttachEvidence command;
    command.pool = pool;
    command.demand = demand.id;
    command.file_name = "病历.pdf";
    command.media_type = media_type;
    command.size = static_cast<std::int64_t>(bytes.size());
    command.sha256 = Sha256Of(bytes);
    return command;
  }
  absl::StatusOr<app::EvidenceAnswer> Attach(const app::Caller& caller,
                                             const app::AttachEvidence& command) {
    return Run(caller, [&](app::UnitOfWork& work) { return app::AttachEvidenceOf(command, work); });
  }
  absl::StatusOr<app::EvidenceAnswer> Put(const EvidenceFile& file, std::int64_t offset,
                                          const std::string& content,
                                          std::optional<app::Caller> caller = std::nullopt) {
    return Run(caller.value_or(insurer), [&](app::UnitOfWork& work) {
      return app::PutEvidenceChunkOf({.pool = pool,
                                      .demand = demand.id,
                                      .evidence = file.id,
                                      .offset = offset,
                                      .content = content},
                                     work);
    });
  }
  std::string ReadAll(const EvidenceFile& file) {
    std::string all;
    Read([&](app::RecordReader& reader) {
      for (;;) {
        const auto piece =
            app::ReadEvidence(reader, pool, file, static_cast<std::int64_t>(all.size()));
        ASSERT_TRUE(piece.ok()) << piece.status();
        if (piece->empty()) return;
        all += *piece;
      }
    });
    return all;
  }
};

TEST(EvidenceTest, InPiecesAndReadBack) {
  EvidenceStory story;
  const std::string bytes = Pdf(200'000);
  const auto attached = story.Attach(story.insurer, story.Announcement(bytes));
  ASSERT_TRUE(attached.ok()) << attached.status();
  EXPECT_FALSE(attached->file.complete());
  const auto first = story.Put(attached->file, 0, bytes.substr(0, 150'000));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->file.received, 150'000);
  const auto last = story.Put(attached->file, 150'000, bytes.substr(150'000));
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_TRUE(last->file.complete());
  EXPECT_EQ(story.ReadAll(last->file), bytes);
  EXPECT_EQ(story.NoticesTo(story.insurer.party).back(), "demand.evidence_attached");
  // The same document again is the same document.
  const auto again = story.Attach(story.insurer, story.Announcement(bytes));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->file.id, attached->file.id);
  EXPECT_EQ(story.Stored(story.demand).evidence.size(), 1u);
}

TEST(EvidenceTest, OneDocumentMaySupportSeveralLines) {
  EvidenceStory story;
  app::AttachEvidence command = story.Announcement(Pdf(2'000));
  const auto of_all = story.Attach(story.insurer, command);
  ASSERT_TRUE(of_all.ok()) << of_all.status();
  command.advance = story.demand.lines[1].advance;
  const auto of_line = story.Attach(story.insurer, command);
  ASSERT_TRUE(of_line.ok()) << of_line.status();
  EXPECT_NE(of_line->file.id, of_all->file.id);
  EXPECT_EQ(of_line->file.advance, story.demand.lines[1].advance);
  EXPECT_EQ(story.Attach(story.insurer, command)->file.id, of_line->file.id);
  EXPECT_EQ(story.Stored(story.demand).evidence.size(), 2u);
  // Known bytes are no way round the check of the line.
  command.advance = domain::AdvanceId();
  EXPECT_EQ(ReasonOf(story.Attach(story.insurer, command).status()), Reason::kInvalidArgument);
}

TEST(EvidenceTest, APieceMustFit) {
  EvidenceStory story;
  const std::string bytes = Pdf(200'000);
  const EvidenceFile file = story.Attach(story.insurer, story.Announcement(bytes))->file;
  EXPECT_EQ(ReasonOf(story.Put(file, 1, bytes.substr(1, 70'000)).status()),
            Reason::kIllegalTransition);
  EXPECT_EQ(ReasonOf(story.Put(file, 0, bytes.substr(0, 65'535)).status()),
            Reason::kInvalidArgument);
  EXPECT_EQ(ReasonOf(story.Put(file, 0, bytes + "x").status()), Reason::kTooLarge);
  EXPECT_EQ(ReasonOf(story.Put(file, 0, bytes, story.other_insurer).status()), Reason::kNotFound);
  ASSERT_TRUE(story.Put(file, 0, bytes.substr(0, 65'536)).ok());
  // Offset 0 starts over.
  ASSERT_TRUE(story.Put(file, 0, bytes.substr(0, 100'000)).ok());
  ASSERT_TRUE(story.Put(file, 100'000, bytes.substr(100'000)).ok());
  EXPECT_EQ(story.ReadAll(story.Stored(story.demand).evidence[0]), bytes);
  EXPECT_EQ(ReasonOf(story.Put(file, 0, bytes).status()), Reason::kIllegalTransition);
}

TEST(EvidenceTest, TheWholeMustBeWhatWasAnnounced) {
  EvidenceStory story;
  const std::string bytes = Pdf(1'000);
  std::string other = bytes;
  other.back() = 'y';
  const EvidenceFile file = story.Attach(story.insurer, story.Announcement(bytes))->file;
  EXPECT_EQ(ReasonOf(story.Put(file, 0, other).status()), Reason::kInvalidArgument);
  EXPECT_FALSE(story.Stored(story.demand).evidence[0].complete());
  EXPECT_TRUE(story.Put(file, 0, bytes).ok());
  // A program that calls itself a picture.
  const std::string program(100, 'M');
  const EvidenceFile picture =
      story.Attach(story.insurer, story.Announcement(program, "image/png"))->file;
  EXPECT_EQ(ReasonOf(story.Put(picture, 0, program).status()), Reason::kInvalidArgument);
}

TEST(EvidenceTest, WhoAndWhatAndHowMany) {
  EvidenceStory story;
  EXPECT_EQ(ReasonOf(story.Attach(story.other_insurer, story.Announcement(Pdf(10))).status()),
            Reason::kNotFound);
  EXPECT_EQ(ReasonOf(story.Attach(story.fund, story.Announcement(Pdf(10))).status()),
            Reason::kNotFound);
  app::AttachEvidence foreign_line = story.Announcement(Pdf(10));
  foreign_line.advance = story.IssueNew("insurer/huaan").lines[0].advance;
  EXPECT_EQ(ReasonOf(story.Attach(story.insurer, foreign_line).status()), Reason::kInvalidArgument);
  for (std::size_t i = 0; i < app::kEvidencePerDemandMax; ++i) {
    ASSERT_TRUE(story.Attach(story.insurer, story.Announcement(Pdf(10 + i))).ok());
  }
  EXPECT_EQ(ReasonOf(story.Attach(story.insurer, story.Announcement(Pdf(900))).status()),
            Reason::kIllegalTransition);
}

struct FormRow {
  const char* media_type;
  std::string bytes;
  bool has_form;
};

TEST(EvidenceTest, Forms) {
  for (const FormRow& row :
       {FormRow{"application/pdf", "%PDF-1.4", true},
        FormRow{"application/pdf", " %PDF-1.4", false},
        FormRow{"image/jpeg", "\xFF\xD8\xFF\xE0", true}, FormRow{"image/jpeg", "\xFF\xD8", false},
        FormRow{"image/png", "\x89PNG\r\n\x1A\n", true},
        FormRow{"image/tiff", std::string("II*\0", 4), true},
        FormRow{"image/tiff", std::string("MM\0*", 4), true}, FormRow{"image/tiff", "%PDF-", false},
        FormRow{"text/html", "<html>", false}}) {
    SCOPED_TRACE(row.media_type);
    EXPECT_EQ(app::HasForm(row.media_type, row.bytes), row.has_form);
  }
}

}  // namespace
}  // namespace recoup::testing
