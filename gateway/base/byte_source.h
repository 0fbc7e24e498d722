#pragma once
// Where bytes come from, piece by piece: what readers of long documents take. A source is used by
// one thread. Reading a file that breaks half-way throws Failure(io).

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace recall {

// Fills the buffer from its start and says how much; 0 at the end.
using ByteSource = std::function<std::size_t(std::span<char>)>;

// The bytes must outlive the source.
ByteSource bytes_source(std::string_view bytes);

// Throws Failure(io) when the file cannot be opened.
ByteSource file_source(const std::string& path);

}  // namespace recall
