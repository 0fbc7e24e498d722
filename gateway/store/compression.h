#pragma once
// zstd for stored bytes. Each frame carries a checksum of what it holds. Pure; any thread.
// Damaged input throws Failure(database).

#include <string>
#include <string_view>

namespace recall::store {

std::string compressed(std::string_view bytes);

// `bytes` is what the frame must hold: another size is damage.
std::string decompressed(std::string_view frame, std::size_t bytes);

}  // namespace recall::store
