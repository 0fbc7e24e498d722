#pragma once
// What kind of picture bytes are, by their first bytes and not by what anybody calls them. Pure;
// any thread. Fails with wrong_document for HTML, with bad_image for SVG and everything else that
// is none of the four kinds.

#include <string_view>

#include "gateway/base/result.h"

namespace recall::image {

enum class Format { jpeg, png, gif, webp };

Result<Format> sniff(std::string_view bytes);

// "image/jpeg"
std::string_view media_type(Format format);

}  // namespace recall::image
