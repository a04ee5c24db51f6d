// Persons on their way into a record: normalised, with their blind-index tokens.
#ifndef RECOUP_HUB_APP_PEOPLE_H_
#define RECOUP_HUB_APP_PEOPLE_H_

#include "hub/app/ports.h"
#include "hub/domain/records/person.h"

namespace recoup::app {

// Fills the tokens from the normalised identity number and name; empty values have no token.
void Blind(Blinder& blinder, domain::Person& person);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_PEOPLE_H_
