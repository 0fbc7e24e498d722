#include "tests/support/temp_folder.h"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace recall::test {

TempFolder::TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "recallgw-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder can be made");
    path_ = pattern;
}

TempFolder::~TempFolder() {
    std::error_code ignored;  // a folder that stays behind in /tmp fails no test
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace recall::test
