#include "hub/app/people.h"

#include "hub/domain/identity.h"

namespace recoup::app {

void Blind(Blinder& blinder, domain::Person& person) {
  person.id_token = person.id_number.empty() ? "" : blinder.IdNumber(person.id_number);
  person.name_token =
      person.name.empty() ? "" : blinder.Name(domain::NormalisePersonName(person.name));
}

}  // namespace recoup::app
