#pragma once
// Where bytes come from, piece by piece: what readers of long documents take. A source is used by
// one thread. Reading a file that breaks half-way throws Failure(io).

#include <cstdint>
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

// Of what gives its bytes only once: a pipe, a device.
inline constexpr std::uint64_t pipe_bytes_max = 8ULL << 30U;

// Gives a source at the file's start as often as it is called. What gives its bytes only once is
// first copied to a temporary file without a name. Throws Failure(io), and Failure(limit) for a
// pipe over bytes_max.
std::function<ByteSource()> repeatable_source(const std::string& path,
                                              std::uint64_t bytes_max = pipe_bytes_max);

}  // namespace recall
