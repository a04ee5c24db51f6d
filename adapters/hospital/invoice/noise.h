// The noise of a picture: what a sensor, a copier or a compression adds to every pixel. Pure.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_NOISE_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_NOISE_H_

#include "adapters/common/pages/recognise.h"

namespace recoup::hospital::invoice {

// Its standard deviation in steps of grey, by what differs between neighbours on most of the page:
// print covers little of it and counts for nothing. 0 for what was drawn and not scanned, and for a
// picture that is too small.
double NoiseOf(const adapters::GreyImage& image);

// A noisy picture smoothed by less than a stroke is wide, any other as it is.
adapters::GreyImage WithoutNoise(adapters::GreyImage image);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_NOISE_H_
