// An OFD file (GB/T 33190, the fixed layout of Chinese e-bills): a zip of XML parts.
//
// The data of the bill is usually attached, and then nothing has to be recognised; else the text
// objects of its pages are words with their geometry. Refused: no zip, no OFD in it, damaged parts.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/common/pages/page.h"

namespace recoup::hospital::invoice {

struct AttachedPart {
  std::string name;  // In the zip.
  std::string bytes;
};

struct OfdFile {
  // XML parts that are not of the layout itself, and attachments of other kinds: what may be data.
  std::vector<AttachedPart> attached;
  adapters::PagedDocument document;
};

absl::StatusOr<OfdFile> ReadOfd(std::string_view bytes);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_OFD_H_
