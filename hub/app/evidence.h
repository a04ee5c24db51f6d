// Documents that an insurer attaches to a demand as evidence, piece by piece.
//
// What is announced (size, hash, form) is what must arrive: a document counts only once all of it
// is here and is what it was announced to be. Pieces are records of their own, sealed like every
// other; their bytes also lie in the sealed body of the event that brought them.
#ifndef RECOUP_HUB_APP_EVIDENCE_H_
#define RECOUP_HUB_APP_EVIDENCE_H_

#include <optional>
#include <string>
#include <string_view>

#include "hub/app/record_reader.h"
#include "hub/app/unit_of_work.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/records/negotiation.h"

namespace recoup::app {

inline constexpr std::int64_t kEvidenceSizeMax = 4 * 1024 * 1024;
inline constexpr std::size_t kEvidencePerDemandMax = 20;
// Small pieces would make many records; the last one may be small.
inline constexpr std::size_t kEvidencePieceMin = 64 * 1024;

struct AttachEvidence {
  domain::PoolId pool;
  domain::DemandId demand;
  std::optional<domain::AdvanceId> advance;
  std::string file_name;
  std::string media_type;
  std::int64_t size = 0;
  std::string sha256;
};

struct PutEvidenceChunk {
  domain::PoolId pool;
  domain::DemandId demand;
  domain::EvidenceId evidence;
  std::int64_t offset = 0;
  std::string content;
};

// What an answer about a document names.
struct EvidenceAnswer {
  domain::PoolId pool;
  domain::EvidenceFile file;
};

// Whether bytes begin as the media type says; false for a type that is not taken as evidence.
bool HasForm(std::string_view media_type, std::string_view bytes);
bool IsEvidenceType(std::string_view media_type);

absl::StatusOr<EvidenceAnswer> AttachEvidenceOf(const AttachEvidence& command, UnitOfWork& work);
absl::StatusOr<EvidenceAnswer> PutEvidenceChunkOf(const PutEvidenceChunk& command,
                                                  UnitOfWork& work);

// The piece that holds the byte at `offset`, from there on; empty at the end.
absl::StatusOr<std::string> ReadEvidence(RecordReader& reader, const domain::PoolId& pool,
                                         const domain::EvidenceFile& file, std::int64_t offset);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_EVIDENCE_H_
