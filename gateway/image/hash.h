#pragma once
// The perceptual hash of a picture, for finding the same picture scaled, compressed or brightened
// anew. `waves` is the DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image
// Hash Functions" (2010), section 3.2.1, as the library pHash computes it: 32 by 32 grey values,
// the 8 by 8 lowest frequencies without the very lowest row and column, each above their median or
// not. `slopes` is the difference hash of N. Krawetz ("Kind of Like That", 2013): 9 by 8 grey
// values, each clearly brighter than its left neighbour or not. Cropping, mirroring and turning are
// not seen through. Pure; any thread.

#include <optional>

#include "gateway/image/picture.h"
#include "gateway/model/picture_hash.h"

namespace recall::image {

// Grey values of a picture, from 0 to 255, must differ by this much from their mean, or there is
// nothing to recognise it by: the hash of a blank picture is noise that fits many.
inline constexpr double contrast_min = 6;

// Nothing for a blank picture.
std::optional<model::PictureHash> picture_hash(const Raster& raster);

}  // namespace recall::image
