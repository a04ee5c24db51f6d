// A natural person as the hub knows one. Sealed at rest with the record that holds it.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_
#define RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_

#include <string>

namespace recoup::domain {

struct Person {
  std::string name;
  std::string id_number;  // Normalised resident ID number; empty when not known.
  std::string phone;
  // Keyed blind indexes of id_number and name: equal tokens mean equal values, and nothing else is
  // learnt.
  std::string id_token;
  std::string name_token;

  template <typename Self, typename Visitor>
  static void VisitFields(Self& self, Visitor& visit) {
    visit(1, "name", self.name);
    visit(2, "id_number", self.id_number);
    visit(3, "phone", self.phone);
    visit(4, "id_token", self.id_token);
    visit(5, "name_token", self.name_token);
  }
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_PERSON_H_
