#pragma once
// What the stand-in serves: documents by source and name, in the exact form of the source. Names:
//   us-cpsc         RecallID                     the JSON object
//   eu-safety-gate  number of the weekly report  the XML file;  "alert:" + id + ":" + language: the
//                   alert's JSON on one line
//   jp-caa          rcl                          the detail page;  "row:" + rcl: its row of the
//                   list as "category number TAB category TAB yyyy/mm/dd of posting"
//   au-accc         slug                         the page;  "item:" + slug: its item of the feed
// Plain values; one thread. Loading throws Failure for a folder that cannot be read.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace recall::test {

using StandInDocuments = std::map<std::string, std::string>;
using StandInData = std::map<std::string, StandInDocuments>;  // by source

inline constexpr std::string_view stand_in_sources[] = {"us-cpsc", "eu-safety-gate", "jp-caa",
                                                        "au-accc"};

// The layout of tests/standin: us-cpsc/*.json (arrays), eu-safety-gate/report_N.xml,
// jp-caa/RCL.html and list.tsv (rcl and its row), au-accc/SLUG.html and feed.xml.
StandInData stand_in_data(const std::string& folder);

// The genuine samples of RECALLGW_SHARED/feeds/samples: those of us-cpsc, eu-safety-gate and jp-caa
// (with rows made up). Of au-accc no page belongs to an item of the feeds, so it is not there.
StandInData stand_in_samples(const std::string& shared);

// Between the first `from` and the next `to` after it; empty when either is missing.
std::string_view between(std::string_view text, std::string_view from, std::string_view to);

}  // namespace recall::test
