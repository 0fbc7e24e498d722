#pragma once
// Documents of the form and size of two sources, of invented firms and products. Deterministic.

#include <string>
#include <vector>

namespace recall::bench {

// A year of Safety Gate: alerts in 52 weekly reports, each about as long as a genuine one.
std::vector<std::string> weekly_reports(long alerts);
std::string report_number(long report);
std::string report_index(long reports);

// One document: the whole dump of Canada's recalls.
std::vector<std::string> canadian_dump(long rows);

// One document: openFDA's enforcement reports, as its interface and its containers have them.
std::vector<std::string> enforcement_reports(long rows);

}  // namespace recall::bench
