#include "ctl/response_workbook.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/workbook/workbook.h"
#include "ctl/cells.h"
#include "ctl/columns.h"
#include "ctl/labels.h"
#include "google/protobuf/descriptor.h"

namespace recoup::ctl {
namespace {

using adapters::Cell;
using adapters::CellKind;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// The field at the end of a path, by type alone: a sheet has its columns before its first row.
const FieldDescriptor* FieldAt(const Descriptor& type, std::string_view path) {
  const Descriptor* at = &type;
  for (;;) {
    const std::size_t dot = path.find('.');
    const FieldDescriptor* field = at->FindFieldByName(std::string(path.substr(0, dot)));
    if (field == nullptr || dot == std::string_view::npos) return field;
    at = field->message_type();
    if (at == nullptr) return nullptr;
    path.remove_prefix(dot + 1);
  }
}

CellKind KindOf(const FieldDescriptor* field) {
  if (field == nullptr || field->is_repeated()) return CellKind::kText;
  if (IsAmount(*field)) return CellKind::kMoney;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
      absl::EndsWith(field->name(), "_on")) {
    return CellKind::kDate;
  }
  const bool is_whole = field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ||
                        field->cpp_type() == FieldDescriptor::CPPTYPE_INT32;
  return is_whole && !absl::EndsWith(field->name(), "_bp") ? CellKind::kCount : CellKind::kText;
}

Cell CellOf(const Message& message, const FieldDescriptor& field, CellKind kind) {
  const auto* reflection = message.GetReflection();
  if (field.has_presence() && !reflection->HasField(message, &field)) return std::monostate();
  switch (kind) {
    case CellKind::kMoney:
      return adapters::Fen{reflection->GetInt64(message, &field)};
    case CellKind::kCount:
      return field.cpp_type() == FieldDescriptor::CPPTYPE_INT64
                 ? reflection->GetInt64(message, &field)
                 : std::int64_t{reflection->GetInt32(message, &field)};
    case CellKind::kDate: {
      absl::CivilDay day;
      const std::string text = reflection->GetString(message, &field);
      if (text.empty() || !absl::ParseCivilTime(text, &day)) return std::monostate();
      return day;
    }
    case CellKind::kText:
      return FormatScalar(message, field);
  }
  return std::monostate();
}

// Titles of money columns name the unit, because the sheet shows bare numbers.
std::string TitleWithUnit(std::string_view path, CellKind kind) {
  return absl::StrCat(TitleOf(path), kind == CellKind::kMoney ? "（元）" : "");
}

void AddTable(const Message& response, const FieldDescriptor& field, const TableShape& shape,
              adapters::Workbook& book) {
  std::vector<adapters::SheetColumn> columns;
  for (const std::string_view path : shape.paths) {
    const CellKind kind = KindOf(FieldAt(*field.message_type(), path));
    columns.push_back({TitleWithUnit(path, kind), kind});
  }
  adapters::Sheet& sheet = book.AddSheet(FieldLabel(field.name()), std::move(columns));
  const int rows = response.GetReflection()->FieldSize(response, &field);
  Total total;
  for (int i = 0; i < rows; ++i) {
    const Message& row = response.GetReflection()->GetRepeatedMessage(response, &field, i);
    std::vector<Cell> cells;
    for (std::size_t c = 0; c < shape.paths.size(); ++c) {
      const std::optional<Found> found = Walk(row, shape.paths[c]);
      cells.push_back(found ? CellOf(*found->message, *found->field, sheet.columns()[c].kind)
                            : Cell());
    }
    sheet.AddRow(std::move(cells), total.Counts(row));
  }
  const bool has_place = sheet.columns().front().kind == CellKind::kText;
  if (shape.total && rows > 0 && has_place) sheet.SumMoney(total.Label());
}

// What is no table: a line for each value, amounts in a column of their own.
void AddLines(const Message& message, adapters::Sheet& sheet) {
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.name() == "next_page_token" || field.name() == "payment_code") continue;
    if (IsScalar(field)) {
      const bool is_amount = IsAmount(field) && !field.is_repeated();
      const std::string text = FormatScalar(message, field);
      if (text.empty()) continue;
      sheet.AddRow({FieldLabel(field.name()), is_amount ? Cell() : Cell(text),
                    is_amount ? CellOf(message, field, CellKind::kMoney) : Cell()});
    } else if (field.is_repeated()) {
      if (ShapeOf(field.message_type()->name()) != nullptr) continue;
      for (int j = 0; j < reflection->FieldSize(message, &field); ++j) {
        AddLines(reflection->GetRepeatedMessage(message, &field, j), sheet);
      }
    } else if (reflection->HasField(message, &field) &&
               ShapeOf(field.message_type()->name()) == nullptr) {
      // A single row of a table, such as a total, is the table's own sum.
      AddLines(reflection->GetMessage(message, &field), sheet);
    }
  }
}

}  // namespace

bool HasTable(const Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated() && field.message_type() != nullptr &&
        ShapeOf(field.message_type()->name()) != nullptr) {
      return true;
    }
  }
  return false;
}

absl::Status WriteWorkbook(const Message& response, const std::string& file, absl::Time created) {
  adapters::Workbook book("Recoup", created);
  for (int i = 0; i < response.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *response.GetDescriptor()->field(i);
    if (!field.is_repeated() || field.message_type() == nullptr) continue;
    if (const TableShape* shape = ShapeOf(field.message_type()->name())) {
      AddTable(response, field, *shape, book);
    }
  }
  AddLines(response, book.AddSheet("说明", {{"项目", CellKind::kText},
                                            {"内容", CellKind::kText},
                                            {"金额（元）", CellKind::kMoney}}));
  return book.Write(file);
}

}  // namespace recoup::ctl
