// Colour to grey without the red of seals; internal to this folder.
//
// In the red channel what is printed beneath a seal stays dark and the seal itself is as light as
// paper, also a pale one. Brown and dark red print, which forms use, is not bright, and keeps its
// lightness. A JPEG keeps colour more coarsely than lightness, so a seal has a fringe that is dark
// but no longer red: what lies beside bright red is taken by its red channel, too.
#ifndef RECOUP_ADAPTERS_COMMON_PAGES_SEALS_H_
#define RECOUP_ADAPTERS_COMMON_PAGES_SEALS_H_

#include <cstdint>
#include <vector>

#include "adapters/common/pages/recognise.h"

namespace recoup::adapters {

class GreyWithoutSeals {
 public:
  GreyWithoutSeals(int width, int height, int dots_per_inch);

  // The next pixel, row by row from the top; channels from 0 to 255. All of them, then Finish.
  void Add(int red, int green, int blue);
  GreyImage Finish() &&;

 private:
  void TakeRedBeside(int x, int y);

  GreyImage grey_;
  std::vector<std::uint8_t> red_;
  std::vector<std::size_t> sealed_;  // Places of bright red.
};

}  // namespace recoup::adapters

#endif  // RECOUP_ADAPTERS_COMMON_PAGES_SEALS_H_
