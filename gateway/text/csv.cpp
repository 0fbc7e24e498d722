#include "gateway/text/csv.h"

namespace recall::text {

CsvReader::CsvReader(std::istream& in, CsvLimits limits)
    : reader_(
          [&in](std::span<char> buffer) {
              in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
              return static_cast<std::size_t>(in.gcount());
          },
          {}, {limits.row_bytes_max, limits.fields_max}) {}

std::optional<Result<std::vector<std::string>>> CsvReader::next() {
    using Row = Result<std::vector<std::string>>;
    if (!reader_.next()) return std::nullopt;
    if (reader_.error()) return Row(*reader_.error());
    return Row(std::vector<std::string>(reader_.cells().begin(), reader_.cells().end()));
}

}  // namespace recall::text
