#include "absl/strings/str_cat.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/flat.h"
#include "adapters/hospital/national/json_value.h"
#include "hub/base/status.h"

namespace recoup::hospital::invoice {
namespace {

using national::JsonValue;

bool IsList(const std::string& folded) {
  return folded == "details" || folded == "feeitems" || folded == "items" || folded == "item" ||
         folded == "chargedetail" || folded == "invoicingdetail" || folded == "itemlist";
}

bool IsBreakdownMember(const std::string& folded) {
  return folded.starts_with("aux") || folded == "feedetails" || folded == "listdetail";
}

// {"extCode": "FundPayAmount", "extValue": "4500"}: the name of the value is itself a value.
void AddPairIn(const JsonValue& object, const std::string& path, std::vector<Leaf>& into) {
  std::string key, value_path;
  std::string_view value;
  for (const auto& [member, child] : object.members) {
    if (child.is_object() || child.is_array()) continue;
    const std::string folded = FoldedName(member);
    if (key.empty() && IsPairKey(folded)) key = FoldedName(Trimmed(child.text));
    if (!IsPairValue(folded)) continue;
    value = Trimmed(child.text);
    value_path = absl::StrCat(path, "/", member);
  }
  if (!key.empty() && !value.empty()) into.push_back({key, value_path, std::string(value)});
}

void Walk(const JsonValue& value, const std::string& path, const std::string& name,
          std::vector<Leaf>& into, FlatInvoice& flat) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return;
    case JsonValue::Kind::kBool:
    case JsonValue::Kind::kNumber:
    case JsonValue::Kind::kString: {
      const std::string_view text = Trimmed(value.text);
      if (!text.empty()) into.push_back({name, path, std::string(text)});
      return;
    }
    case JsonValue::Kind::kArray:
      for (std::size_t i = 0; i < value.items.size(); ++i) {
        const std::string item_path = absl::StrCat(path, "/", i);
        if (IsList(name) && value.items[i].is_object()) {
          std::vector<Leaf> row;
          Walk(value.items[i], item_path, "", row, flat);
          flat.rows.push_back(std::move(row));
        } else {
          Walk(value.items[i], item_path, name, into, flat);
        }
      }
      return;
    case JsonValue::Kind::kObject:
      AddPairIn(value, path, into);
      for (const auto& [member, child] : value.members) {
        std::string folded = FoldedName(member);
        if (IsBreakdownMember(folded)) continue;
        Walk(child, absl::StrCat(path, "/", member), folded, into, flat);
      }
      return;
  }
}

}  // namespace

absl::StatusOr<std::vector<FlatInvoice>> FlatFromJson(std::string_view bytes) {
  std::vector<QualityNote> notes;
  RECOUP_ASSIGN_OR_RETURN(const JsonValue root, national::ParseJson(Trimmed(bytes), "", notes));
  std::vector<FlatInvoice> invoices;
  const auto add = [&](const JsonValue& value, const std::string& path) {
    FlatInvoice flat;
    flat.path = path;
    flat.notes = notes;
    Walk(value, path, "", flat.leaves, flat);
    invoices.push_back(std::move(flat));
  };
  if (root.is_array() && !root.items.empty()) {
    for (std::size_t i = 0; i < root.items.size(); ++i) add(root.items[i], absl::StrCat("/", i));
  } else {
    add(root, "");
  }
  return invoices;
}

}  // namespace recoup::hospital::invoice
