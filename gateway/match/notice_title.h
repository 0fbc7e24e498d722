#pragma once
// What an English recall title tells besides the name: "ACME Recalls Toasters Due to Fire Hazard;
// Sold by HomeHub". Other titles are names as they are. Pure; any thread.

#include <string>
#include <string_view>
#include <vector>

namespace recall::match {

struct NoticeTitle {
    std::string firm;                // before "Recalls"
    std::string name;                // what is recalled
    std::vector<std::string> firms;  // after "Sold by", "Imported by", …
};

NoticeTitle read_title(std::string_view title);

}  // namespace recall::match
