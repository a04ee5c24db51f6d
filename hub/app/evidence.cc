#include "hub/app/evidence.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::EvidenceChunk;
using domain::EvidenceFile;

struct Form {
  std::string_view media_type;
  std::string_view begins_with;
};
constexpr std::array kForms = {
    Form{"application/pdf", "%PDF-"},
    Form{"image/jpeg", "\xFF\xD8\xFF"},
    Form{"image/png", "\x89PNG\r\n\x1A\n"},
    Form{"image/tiff", std::string_view("II*\0", 4)},
    Form{"image/tiff", std::string_view("MM\0*", 4)},
};

// The caller's own demand, for whose sake something can still be shown.
absl::StatusOr<Demand> LoadForEvidence(UnitOfWork& work, const domain::PoolId& pool,
                                       domain::DemandId id) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(pool.value, id.value));
  if (demand == nullptr || !demand->is_issued() || demand->debtor_party != work.caller().party) {
    return NotFound("no such demand");
  }
  if (demand->state != domain::DemandState::kPaid) return *demand;
  return Refuse(Reason::kIllegalTransition, "nothing of the demand is open", "STATE",
                NameOf(pool, id), "追偿函已结清，不再接收证据");
}

EvidenceFile* FindFile(Demand& demand, domain::EvidenceId id) {
  const auto found = std::find_if(demand.evidence.begin(), demand.evidence.end(),
                                  [&](const EvidenceFile& file) { return file.id == id; });
  return found == demand.evidence.end() ? nullptr : &*found;
}

// What came first was something else than announced, or its sender lost track.
absl::Status StartOver(UnitOfWork& work, const domain::PoolId& pool, EvidenceFile& file) {
  for (const domain::EvidencePart& part : file.parts) {
    RECOUP_ASSIGN_OR_RETURN(EvidenceChunk chunk,
                            work.Get<EvidenceChunk>(pool.value, part.chunk.value));
    chunk.content.clear();
    work.Put(chunk);
  }
  file.parts.clear();
  file.received = 0;
  return absl::OkStatus();
}

absl::Status CheckPiece(const PutEvidenceChunk& command, const EvidenceFile& file) {
  if (file.complete()) {
    return Refuse(Reason::kIllegalTransition, "the document is complete", "STATE",
                  file.id.ToString(), "文件已完整，不能改动");
  }
  const auto size = static_cast<std::int64_t>(command.content.size());
  if (command.offset != 0 && command.offset != file.received) {
    return Refuse(Reason::kIllegalTransition, "bytes are missing in between", "OFFSET",
                  file.id.ToString(), absl::StrCat("已收到 ", file.received, " 字节，从此处继续"));
  }
  if (size > file.size - command.offset) {
    return MakeError(Reason::kTooLarge,
                     absl::StrCat("more than the ", file.size, " bytes that were announced"));
  }
  const bool last = command.offset + size == file.size;
  if (!last && command.content.size() < kEvidencePieceMin) {
    return FaultOf("content", "fewer than 64 KiB, and not the last bytes");
  }
  return absl::OkStatus();
}

// All but the last piece are stored, as this command sees them.
absl::Status CheckWhole(UnitOfWork& work, const domain::PoolId& pool, const EvidenceFile& file) {
  crypto::Sha256Hasher hasher;
  bool has_form = false;
  for (std::size_t i = 0; i < file.parts.size(); ++i) {
    RECOUP_ASSIGN_OR_RETURN(const EvidenceChunk* chunk,
                            work.Find<EvidenceChunk>(pool.value, file.parts[i].chunk.value));
    if (chunk == nullptr) return absl::DataLossError("a piece of a document is gone");
    if (i == 0) has_form = HasForm(file.media_type, chunk->content);
    hasher.Update(chunk->content);
  }
  const crypto::Digest digest = hasher.Finish();
  if (std::string(digest.begin(), digest.end()) != file.sha256) {
    return FaultOf("content", "the document does not have the hash that was announced");
  }
  if (!has_form) return FaultOf("content", "the document is not of the announced media type");
  return absl::OkStatus();
}

}  // namespace

bool IsEvidenceType(std::string_view media_type) {
  return std::any_of(kForms.begin(), kForms.end(),
                     [&](const Form& form) { return form.media_type == media_type; });
}

bool HasForm(std::string_view media_type, std::string_view bytes) {
  return std::any_of(kForms.begin(), kForms.end(), [&](const Form& form) {
    return form.media_type == media_type && bytes.starts_with(form.begins_with);
  });
}

absl::StatusOr<EvidenceAnswer> AttachEvidenceOf(const AttachEvidence& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Demand demand, LoadForEvidence(work, command.pool, command.demand));
  const auto& lines = demand.lines;
  const bool of_line = !command.advance || std::any_of(lines.begin(), lines.end(), [&](auto& line) {
    return line.advance == *command.advance;
  });
  if (!of_line) return FaultOf("advance", "not an advance of this demand");
  for (const EvidenceFile& file : demand.evidence) {
    const bool known = file.sha256 == command.sha256 && file.advance == command.advance;
    if (known) return EvidenceAnswer{command.pool, file};
  }
  if (demand.evidence.size() >= kEvidencePerDemandMax) {
    return Refuse(Reason::kIllegalTransition, "the demand has as many documents as it may have",
                  "COUNT", NameOf(demand.pool, demand.id), "每份追偿函至多 20 份证据文件");
  }
  EvidenceFile file;
  file.id = work.NewId<domain::EvidenceId>();
  file.advance = command.advance;
  file.file_name = command.file_name;
  file.media_type = command.media_type;
  file.size = command.size;
  file.sha256 = command.sha256;
  file.attached_by = work.caller().actor;
  file.attached_time = work.now();
  demand.evidence.push_back(file);
  work.Put(demand);
  return EvidenceAnswer{command.pool, std::move(file)};
}

absl::StatusOr<EvidenceAnswer> PutEvidenceChunkOf(const PutEvidenceChunk& command,
                                                  UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Demand demand, LoadForEvidence(work, command.pool, command.demand));
  EvidenceFile* file = FindFile(demand, command.evidence);
  if (file == nullptr) return NotFound("no such document");
  RECOUP_RETURN_IF_ERROR(CheckPiece(command, *file));
  if (command.offset == 0) RECOUP_RETURN_IF_ERROR(StartOver(work, command.pool, *file));
  EvidenceChunk chunk;
  chunk.id = work.NewId<domain::EvidenceChunkId>();
  chunk.pool = command.pool;
  chunk.content = command.content;
  work.Put(chunk);
  const auto size = static_cast<std::int64_t>(command.content.size());
  file->parts.push_back({chunk.id, size});
  file->received += size;
  EvidenceAnswer answer{command.pool, *file};
  if (file->complete()) {
    RECOUP_RETURN_IF_ERROR(CheckWhole(work, command.pool, *file));
    RECOUP_RETURN_IF_ERROR(AddTimeline(work, command.pool, demand.recovery,
                                       About(domain::TimelineKind::kEvidenceAttached, demand),
                                       work.now(),
                                       absl::StrCat(demand.debtor_name, " 提交证据 ",
                                                    file->file_name, "（", file->size, " 字节）")));
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.evidence_attached"));
  }
  work.Put(demand);
  return answer;
}

absl::StatusOr<std::string> ReadEvidence(RecordReader& reader, const domain::PoolId& pool,
                                         const EvidenceFile& file, std::int64_t offset) {
  std::int64_t begin = 0;
  for (const domain::EvidencePart& part : file.parts) {
    if (offset < begin + part.size) {
      RECOUP_ASSIGN_OR_RETURN(EvidenceChunk chunk,
                              reader.Get<EvidenceChunk>(pool.value, part.chunk.value));
      return chunk.content.substr(static_cast<std::size_t>(offset - begin));
    }
    begin += part.size;
  }
  return std::string();
}

}  // namespace recoup::app
