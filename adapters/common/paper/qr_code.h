// A QR code (ISO/IEC 18004) as its modules, ready to be drawn.
#ifndef RECOUP_ADAPTERS_COMMON_PAPER_QR_CODE_H_
#define RECOUP_ADAPTERS_COMMON_PAPER_QR_CODE_H_

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::adapters {

struct QrCode {
  int side = 0;             // Modules, without the quiet zone.
  std::vector<bool> black;  // Row by row.
  bool at(int row, int column) const {
    return black[static_cast<std::size_t>(row) * static_cast<std::size_t>(side) +
                 static_cast<std::size_t>(column)];
  }
};

// Error correction M (15 %): paper that was folded still scans. TOO_LARGE beyond what a code holds.
absl::StatusOr<QrCode> MakeQrCode(std::string_view payload);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAPER_QR_CODE_H_
