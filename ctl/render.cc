#include "ctl/render.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/common/display_width.h"
#include "adapters/common/format.h"
#include "adapters/common/table.h"
#include "ctl/cells.h"
#include "ctl/columns.h"
#include "ctl/labels.h"
#include "google/protobuf/descriptor.h"

namespace recoup::ctl {
namespace {

using adapters::Align;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string RenderTable(const std::vector<const Message*>& rows, const TableShape& shape) {
  std::vector<adapters::TableColumn> columns;
  std::vector<std::int64_t> sums(shape.paths.size(), 0);
  for (const std::string_view path : shape.paths) {
    const std::optional<Found> found = Walk(*rows.front(), path);
    const bool is_number =
        absl::EndsWith(std::string(path), "_fen") ||
        (found.has_value() && (found->field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 ||
                               found->field->cpp_type() == FieldDescriptor::CPPTYPE_INT32));
    columns.push_back({TitleOf(path), is_number ? Align::kRight : Align::kLeft});
  }
  adapters::Table table(std::move(columns));
  Total total;
  for (const Message* row : rows) {
    const bool counts = total.Counts(*row);
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < shape.paths.size(); ++i) {
      const std::optional<Found> found = Walk(*row, shape.paths[i]);
      cells.push_back(found.has_value() ? FormatScalar(*found->message, *found->field) : "");
      if (counts && found.has_value() && IsAmount(*found->field)) {
        sums[i] += found->message->GetReflection()->GetInt64(*found->message, found->field);
      }
    }
    table.AddRow(std::move(cells));
  }
  if (shape.total && rows.size() > 1) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < shape.paths.size(); ++i) {
      const bool is_amount = absl::EndsWith(std::string(shape.paths[i]), "_fen");
      cells.push_back(is_amount ? adapters::FormatYuan(sums[i]) : i == 0 ? total.Label() : "");
    }
    table.AddRow(std::move(cells));
  }
  return table.Render();
}

std::string Indented(const std::string& text) {
  std::string indented;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    absl::StrAppend(&indented, "  ", text.substr(begin, end - begin), "\n");
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return indented;
}

std::string RenderBlock(const Message& message);

std::string RenderRepeated(const Message& message, const FieldDescriptor& field);

// What the rows hold that no cell can, each under the name of its row.
std::string RenderParts(const std::vector<const Message*>& rows, const TableShape& shape) {
  std::string text;
  if (shape.parts.empty()) return text;
  for (const Message* row : rows) {
    const FieldDescriptor* parts = row->GetDescriptor()->FindFieldByName(std::string(shape.parts));
    const std::optional<Found> name = Walk(*row, shape.paths.front());
    if (row->GetReflection()->FieldSize(*row, parts) == 0 || !name.has_value()) continue;
    absl::StrAppend(&text, FieldLabel(parts->name()), "（",
                    FormatScalar(*name->message, *name->field), "）：\n",
                    Indented(RenderRepeated(*row, *parts)));
  }
  return text;
}

std::string RenderRepeated(const Message& message, const FieldDescriptor& field) {
  std::vector<const Message*> rows;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    rows.push_back(&message.GetReflection()->GetRepeatedMessage(message, &field, i));
  }
  if (const TableShape* shape = ShapeOf(field.message_type()->name())) {
    return RenderTable(rows, *shape) + RenderParts(rows, *shape);
  }
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    absl::StrAppend(&text, i + 1, ")\n", Indented(RenderBlock(*rows[i])));
  }
  return text;
}

bool IsShown(const Message& message, const FieldDescriptor& field) {
  if (field.is_repeated()) return message.GetReflection()->FieldSize(message, &field) > 0;
  // An amount of nothing is a statement; an empty text is not.
  if (IsAmount(field) && !field.has_presence()) return true;
  return message.GetReflection()->HasField(message, &field);
}

// Scalars first and aligned, then what has parts of its own.
std::string RenderBlock(const Message& message) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::string parts;
  std::size_t width = 0;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (!IsShown(message, field)) continue;
    const std::string label = FieldLabel(field.name());
    if (IsScalar(field)) {
      lines.emplace_back(label, FormatScalar(message, field));
      width = std::max(width, adapters::DisplayWidth(label));
    } else if (field.is_repeated()) {
      absl::StrAppend(&parts, label, "：\n", Indented(RenderRepeated(message, field)));
    } else {
      absl::StrAppend(&parts, label, "：\n",
                      Indented(RenderBlock(message.GetReflection()->GetMessage(message, &field))));
    }
  }
  std::string text;
  for (const auto& [label, value] : lines) {
    absl::StrAppend(&text, adapters::PadTo(label, width + 2, Align::kLeft), value, "\n");
  }
  return text + parts;
}

}  // namespace

std::string Render(const Message& response) {
  std::string text;
  bool has_content = false;
  for (int i = 0; i < response.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *response.GetDescriptor()->field(i);
    if (field.name() == "next_page_token" || !IsShown(response, field)) continue;
    has_content = true;
    if (field.name() == "replayed") {
      text += "（此请求先前已执行，以下是当时的结果）\n";
    } else if (IsScalar(field)) {
      absl::StrAppend(&text, FieldLabel(field.name()), "：", FormatScalar(response, field), "\n");
    } else if (field.is_repeated()) {
      // A list alone needs no heading.
      const bool is_list = response.GetDescriptor()->FindFieldByName("next_page_token") != nullptr;
      if (!is_list) absl::StrAppend(&text, FieldLabel(field.name()), "：\n");
      text += RenderRepeated(response, field);
      if (is_list) {
        absl::StrAppend(&text, "共 ", response.GetReflection()->FieldSize(response, &field),
                        " 条\n");
      }
    } else {
      text += RenderBlock(response.GetReflection()->GetMessage(response, &field));
    }
  }
  return has_content ? text : "（无）\n";
}

}  // namespace recoup::ctl
