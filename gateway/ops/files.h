#pragma once
// Files and standard streams as commands use them. One thread. What cannot be read throws
// Failure(usage) when the operator named it wrongly, else Failure(io).

#include <string>
#include <string_view>

namespace recall::ops {

// At most bytes_max + 1 bytes: whoever reads one more than allowed says so in its own words.
std::string read_file(const std::string& path, std::size_t bytes_max);
std::string read_standard_input(std::size_t bytes_max);

enum class FileMode { secret, readable };  // 0600, 0644

// Written beside, synced and renamed. Refuses to replace a file that exists.
void write_new_file(const std::string& path, std::string_view bytes, FileMode mode);

}  // namespace recall::ops
