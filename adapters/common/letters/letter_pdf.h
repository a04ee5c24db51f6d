// A letter of the hub on paper: 医保基金退回核查函 and its kind as PDF.
//
// Parties, what was paid and what is asked visit by visit, how the amount was computed step by step
// with its law, the payment reference with a code that phones scan, the due date; an inquiry has
// what is to be answered instead of the amount. Letters from
// before the hub kept their content as data are printed as their text. The same letter gives the
// same bytes; it bears the day it was issued, not the day it is printed. Stateless, thread-safe.
#ifndef RECOUP_ADAPTERS_COMMON_LETTERS_LETTER_PDF_H_
#define RECOUP_ADAPTERS_COMMON_LETTERS_LETTER_PDF_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "recoup/v1/letter.pb.h"

namespace recoup::adapters {

absl::StatusOr<std::string> LetterPdf(const v1::Letter& letter);

// Writes letters to `target`: into a file when it is one letter and the name ends in ".pdf", else
// into a folder, which is made, as "<number>.pdf". Answers with the files. An error of the disk is
// INVALID_ARGUMENT.
absl::StatusOr<std::vector<std::string>> WriteLetterPdfs(const std::vector<v1::Letter>& letters,
                                                         const std::string& target);

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_LETTERS_LETTER_PDF_H_
