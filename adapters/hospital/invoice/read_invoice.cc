#include "adapters/hospital/invoice/read_invoice.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/common/archive/archive.h"
#include "adapters/common/pages/page_reader.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/flat.h"
#include "adapters/hospital/invoice/ofd.h"
#include "adapters/hospital/invoice/page_answers.h"
#include "adapters/hospital/invoice/text_page.h"
#include "adapters/hospital/invoice/upright.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::hospital::invoice {

// Pages and the ways they were turned.
class PageSight {
 public:
  PageSight() {
    auto upright = std::make_unique<UprightRecogniser>(adapters::MakeTesseract());
    upright_ = upright.get();
    reader_ = std::make_unique<adapters::PageReader>(std::move(upright));
  }

  absl::StatusOr<adapters::PagedDocument> Read(std::string_view bytes) {
    upright_->Forget();
    return reader_->Read(bytes);
  }

  const std::vector<Turn>& turns() const { return upright_->turns(); }

 private:
  std::unique_ptr<adapters::PageReader> reader_;
  UprightRecogniser* upright_ = nullptr;  // Owned by the reader.
};

namespace {

absl::Status Refuse(std::string why) {
  Faults faults;
  faults.Add("", std::move(why));
  return faults.ToStatus();
}

std::vector<InvoicePart> Alone(absl::StatusOr<Invoice> invoice) {
  std::vector<InvoicePart> parts;
  parts.push_back({"", std::move(invoice)});
  return parts;
}

std::vector<InvoicePart> PartsOf(const absl::StatusOr<std::vector<FlatInvoice>>& flats,
                                 const FieldTable& table, Source source) {
  if (!flats.ok()) return Alone(flats.status());
  std::vector<InvoicePart> parts;
  for (const FlatInvoice& flat : *flats) {
    parts.push_back({flats->size() == 1 ? "" : flat.path, InvoiceFromFlat(flat, table, source)});
  }
  return parts;
}

// The first sign that is no space, whatever the character set; 0 where there is none.
char FirstSign(std::string_view bytes) {
  constexpr std::size_t kBeginning = 1024;
  const std::string text = Utf8FromMarkedUtf16(WithoutByteOrderMark(bytes.substr(0, kBeginning)));
  const std::string_view trimmed = Trimmed(text);
  return trimmed.empty() ? '\0' : trimmed.front();
}

bool LooksLikeXml(std::string_view bytes) { return FirstSign(bytes) == '<'; }

bool LooksLikeJson(std::string_view bytes) {
  const char first = FirstSign(bytes);
  return first == '{' || first == '[';
}

// A page whose text stands on its side, as a page of another width and height.
adapters::Page TurnedPage(const adapters::Page& page, const Turn& turn) {
  adapters::Page turned = page;
  turned.width = turn.upright_width;
  turned.height = turn.upright_height;
  for (adapters::Word& word : turned.words) {
    const adapters::Box& box = word.box;
    switch (turn.quarter_turns) {
      case 1:  // The page is turned clockwise to stand upright.
        word.box = {page.height - box.bottom, box.left, page.height - box.top, box.right};
        break;
      case 2:
        word.box = {page.width - box.right, page.height - box.bottom, page.width - box.left,
                    page.height - box.top};
        break;
      case 3:
        word.box = {box.top, page.width - box.right, box.bottom, page.width - box.left};
        break;
      default:
        break;
    }
  }
  return turned;
}

void MoveSpots(const Turn& turn, Invoice& invoice) {
  for (Answer& answer : invoice.answers) {
    if (answer.spot) answer.spot->box = turn.ToPage(answer.spot->box);
  }
}

// Text that the file holds may lie on its side too: the way up that answers most is right.
std::optional<Invoice> InvoiceOnText(const adapters::Page& page, std::size_t number,
                                     const FieldTable& table, Source source) {
  std::optional<Invoice> best = InvoiceOn(page, number, table, source);
  constexpr std::size_t kEnough = 6;
  if (best && best->answers.size() >= kEnough) return best;
  for (int quarters = 1; quarters < 4; ++quarters) {
    Turn turn;
    turn.quarter_turns = quarters;
    turn.width = page.width;
    turn.height = page.height;
    turn.upright_width = quarters == 2 ? page.width : page.height;
    turn.upright_height = quarters == 2 ? page.height : page.width;
    std::optional<Invoice> invoice = InvoiceOn(TurnedPage(page, turn), number, table, source);
    if (!invoice || (best && invoice->answers.size() <= best->answers.size())) continue;
    MoveSpots(turn, *invoice);
    best = std::move(invoice);
  }
  return best;
}

bool AddsUp(const Invoice& invoice) {
  return std::any_of(invoice.checks.begin(), invoice.checks.end(), [](const Check& check) {
    return check.key == "TOTAL_IS_SUM_OF_PAYMENTS" && check.result == CheckResult::kHolds;
  });
}

// A text has lines and no boxes.
void NameLines(const TextPage& page, std::size_t number, std::size_t count, Invoice& invoice) {
  for (Answer& answer : invoice.answers) {
    if (!answer.spot) continue;
    answer.path = absl::StrCat(count > 1 ? absl::StrCat("第 ", number, " 页，") : "", "第 ",
                               page.LineAt(answer.spot->box), " 行");
    answer.spot.reset();
  }
}

// A text does not say how its columns were counted: the way that answers more is right.
std::vector<InvoicePart> PartsOfText(std::string_view text, const FieldTable& table,
                                     const std::vector<QualityNote>& notes) {
  const std::vector<TextPage> wide = PagesOfText(text, HanWidth::kTwo);
  const std::vector<TextPage> narrow = PagesOfText(text, HanWidth::kOne);
  std::vector<InvoicePart> parts;
  for (std::size_t i = 0; i < wide.size(); ++i) {
    std::optional<Invoice> best;
    for (const TextPage* page : {&wide[i], &narrow[i]}) {
      std::optional<Invoice> invoice = InvoiceOn(page->page, i + 1, table, Source::kText);
      if (!invoice) continue;
      NameLines(*page, i + 1, wide.size(), *invoice);
      const bool better = !best || (AddsUp(*invoice) != AddsUp(*best)
                                        ? AddsUp(*invoice)
                                        : invoice->answers.size() > best->answers.size());
      if (better) best = std::move(invoice);
    }
    if (!best) continue;
    best->notes.insert(best->notes.begin(), notes.begin(), notes.end());
    parts.push_back({wide.size() == 1 ? "" : absl::StrCat("第 ", i + 1, " 页"), *std::move(best)});
  }
  if (parts.empty()) {
    return Alone(Refuse("文字中没有认出票据：既没有票据号码也没有金额"));
  }
  return parts;
}

std::vector<InvoicePart> PartsOfPages(const adapters::PagedDocument& document,
                                      const std::vector<Turn>& turns, const FieldTable& table,
                                      Source text_source) {
  std::vector<InvoicePart> parts;
  std::size_t picture = 0;
  for (std::size_t i = 0; i < document.pages.size(); ++i) {
    const adapters::Page& page = document.pages[i];
    std::optional<Invoice> invoice;
    if (page.source == adapters::PageSource::kRecognised) {
      invoice = InvoiceOn(page, i + 1, table, Source::kScan);
      if (invoice && picture < turns.size()) MoveSpots(turns[picture], *invoice);
      ++picture;
    } else {
      invoice = InvoiceOnText(page, i + 1, table, text_source);
    }
    // Pages of lists follow a bill; they are no bills.
    if (invoice) parts.push_back({absl::StrCat("第 ", i + 1, " 页"), *std::move(invoice)});
  }
  if (parts.empty()) {
    return Alone(Refuse(
        absl::StrCat("在 ", document.pages.size(), " 页中没有认出票据：既没有票据号码也没有金额")));
  }
  if (document.pages.size() == 1) parts.front().place.clear();
  return parts;
}

}  // namespace

absl::StatusOr<std::unique_ptr<InvoiceReader>> InvoiceReader::Create() {
  RECOUP_ASSIGN_OR_RETURN(FieldTable table, FieldTable::BuiltIn());
  return std::unique_ptr<InvoiceReader>(
      new InvoiceReader(std::move(table), std::make_unique<PageSight>()));
}

InvoiceReader::InvoiceReader(FieldTable table, std::unique_ptr<PageSight> sight)
    : table_(std::move(table)), sight_(std::move(sight)) {}

InvoiceReader::~InvoiceReader() = default;

std::vector<InvoicePart> InvoiceReader::Read(std::string_view bytes) {
  if (adapters::LooksLikeZip(bytes)) return ReadOfdFile(bytes);
  if (adapters::PagesFormatOf(bytes)) return ReadPages(bytes);
  if (LooksLikeXml(bytes)) return PartsOf(FlatFromXml(bytes), table_, Source::kXml);
  if (LooksLikeJson(bytes)) {
    return PartsOf(FlatFromJson(Utf8FromMarkedUtf16(bytes)), table_, Source::kJson);
  }
  std::vector<QualityNote> notes;
  const absl::StatusOr<std::string> text = TextFromBytes(bytes, notes);
  if (!text.ok()) return Alone(text.status());
  return PartsOfText(*text, table_, notes);
}

std::vector<InvoicePart> InvoiceReader::ReadOfdFile(std::string_view bytes) {
  const absl::StatusOr<OfdFile> ofd = ReadOfd(bytes);
  if (!ofd.ok()) return Alone(ofd.status());
  for (const AttachedPart& attached : ofd->attached) {
    const bool json = LooksLikeJson(attached.bytes);
    if (!json && !LooksLikeXml(attached.bytes)) continue;
    std::vector<InvoicePart> parts =
        PartsOf(json ? FlatFromJson(attached.bytes) : FlatFromXml(attached.bytes), table_,
                Source::kOfdData);
    // Other XML is attached too: signatures, marks of the issuing program.
    const bool data = std::all_of(parts.begin(), parts.end(),
                                  [](const InvoicePart& part) { return part.invoice.ok(); });
    if (!data) continue;
    for (InvoicePart& part : parts) {
      for (Answer& answer : part.invoice->answers) {
        answer.path = absl::StrCat(attached.name, "#", answer.path);
      }
    }
    return parts;
  }
  return PartsOfPages(ofd->document, {}, table_, Source::kOfdPage);
}

std::vector<InvoicePart> InvoiceReader::ReadPages(std::string_view bytes) {
  const absl::StatusOr<adapters::PagedDocument> document = sight_->Read(bytes);
  if (!document.ok()) return Alone(document.status());
  return PartsOfPages(*document, sight_->turns(), table_, Source::kPdfText);
}

}  // namespace recoup::hospital::invoice
