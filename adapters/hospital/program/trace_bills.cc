#include "adapters/hospital/program/trace_bills.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/progress.h"
#include "adapters/hospital/invoice/read_invoice.h"
#include "adapters/hospital/invoice/values.h"
#include "adapters/hospital/program/bill_evidence.h"
#include "adapters/hospital/program/message_file.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital {
namespace {

namespace fs = std::filesystem;

struct ReadInvoice {
  std::string source;
  invoice::Invoice invoice;
  bool confirmed = false;
};

// The reading that `name` means: as printed, or the file's own name where only one has it.
ReadInvoice* Named(const std::string& name, std::vector<ReadInvoice>& invoices) {
  ReadInvoice* by_file_name = nullptr;
  for (ReadInvoice& read : invoices) {
    if (read.source == name) return &read;
    if (fs::path(read.source).filename() != name) continue;
    if (by_file_name != nullptr) return nullptr;
    by_file_name = &read;
  }
  return by_file_name;
}

void Correct(const std::string& text, const invoice::FieldTable& table,
             std::vector<ReadInvoice>& invoices, Faults& faults) {
  const std::size_t equals = text.find('=');
  const std::size_t colon = text.rfind(':', equals);
  if (equals == std::string::npos || colon == std::string::npos) {
    faults.Add("--correct",
               absl::StrCat(text, "：应写作 文件:项目=值，如 scan.png:fund_paid=600.00"));
    return;
  }
  ReadInvoice* const read = Named(text.substr(0, colon), invoices);
  if (read == nullptr) {
    faults.Add("--correct", absl::StrCat(text.substr(0, colon), "：没有读到这张票据"));
    return;
  }
  const std::string key = text.substr(colon + 1, equals - colon - 1);
  const auto spec = std::find_if(table.specs().begin(), table.specs().end(),
                                 [&](const invoice::FieldSpec& one) { return one.key == key; });
  if (spec == table.specs().end()) {
    faults.Add("--correct",
               absl::StrCat(key, "：没有这个项目，如 number、total、fund_paid、issued_on"));
    return;
  }
  std::optional<invoice::Answer> answer = invoice::AnswerFrom(*spec, text.substr(equals + 1));
  if (!answer) {
    faults.Add("--correct", absl::StrCat(text, "：不是", spec->question, "的值"));
    return;
  }
  answer->field = spec->field;
  answer->confidence_percent = 100;
  read->invoice.Put(*std::move(answer));
  invoice::CheckInvoice(table, read->invoice);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> InvoiceFiles(const std::vector<std::string>& paths) {
  Faults faults;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && !fs::exists(path, error)) {
      faults.Add("--invoice", absl::StrCat(path, "：文件不存在"));
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  RECOUP_ASSIGN_OR_RETURN(std::vector<std::string> files, WithoutFolders(paths));
  // A file that is named and lies in a named folder is one file, not a bill presented twice.
  std::set<std::string> seen;
  std::erase_if(files, [&](const std::string& file) {
    std::error_code error;
    const fs::path one = fs::weakly_canonical(file, error);
    return !seen.insert(error ? file : one.string()).second;
  });
  return files;
}

absl::StatusOr<BillsRead> ReadBills(const BillOptions& options, adapters::CommandContext& context) {
  BillsRead out;
  if (options.paths.empty()) return out;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<std::string> files, InvoiceFiles(options.paths));
  RECOUP_ASSIGN_OR_RETURN(const auto reader, invoice::InvoiceReader::Create());
  std::vector<ReadInvoice> invoices;
  adapters::Progress progress({.what = "票据文件",
                               .total = static_cast<std::int64_t>(files.size()),
                               .is_terminal = context.err_is_terminal()},
                              context.clock(), context.err());
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> bytes = ReadMessageFile(file);
    if (!bytes.ok()) {
      out.unread.push_back({file, bytes.status()});
      progress.Add(1);
      continue;
    }
    const std::vector<invoice::InvoicePart> parts = reader->Read(*bytes);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      std::string source = parts.size() == 1 ? file : absl::StrCat(file, "#", i + 1);
      if (parts[i].invoice.ok()) {
        invoices.push_back({std::move(source), *parts[i].invoice});
      } else {
        out.unread.push_back({std::move(source), parts[i].invoice.status()});
      }
    }
    progress.Add(1);
  }
  progress.Finish();
  Faults faults;
  for (const std::string& text : options.corrections) {
    Correct(text, reader->table(), invoices, faults);
  }
  for (const std::string& name : options.confirmations) {
    ReadInvoice* const read = Named(name, invoices);
    if (read == nullptr) {
      faults.Add("--confirm", absl::StrCat(name, "：没有读到这张票据"));
    } else {
      read->confirmed = true;
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  for (const ReadInvoice& read : invoices) {
    out.bills.push_back(BillOf(reader->table(), read.invoice, read.source, read.confirmed));
  }
  return out;
}

}  // namespace recoup::hospital
