// How a record describes itself: one line per field.
//
//   struct Advance {
//     AdvanceId id; Money amount;
//     template <typename Self, typename Visitor>
//     static void VisitFields(Self& self, Visitor& visit) {
//       visit(1, "id", self.id);
//       visit(2, "amount", self.amount);
//     }
//   };
//
// From this one list storage encodes and decodes (protobuf wire format, so numbers are never reused
// and a record may grow), exports print, and tests compare. Supported: bool, integers, enums,
// std::string, Money, Id types, absl::Time, absl::CivilDay, std::optional, std::vector and records
// themselves.
#ifndef RECOUP_HUB_DOMAIN_FIELDS_H_
#define RECOUP_HUB_DOMAIN_FIELDS_H_

namespace recoup::domain {

// A visitor that does nothing; it states what a record must accept.
struct AnyVisitor {
  template <typename Field>
  void operator()(int /*number*/, const char* /*name*/, Field& /*field*/) {}
};

template <typename T>
concept Record = requires(T& record, AnyVisitor& visitor) {
  T::VisitFields(record, visitor);
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_FIELDS_H_
