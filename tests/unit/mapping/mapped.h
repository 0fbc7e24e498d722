#pragma once
// Invented documents of two sources, and what the mappings of the tree make of them. One thread.

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

#include "gateway/mapping/map_document.h"

namespace recall::mapping {

inline const Mapping& mapping_of(const std::string& source) {
    static std::map<std::string, Mapping> loaded;
    if (!loaded.contains(source)) {
        const auto folder = MappingFolder::open(std::string(RECALLGW_SOURCE_DIR) + "/mappings");
        BOOST_REQUIRE(folder.ok());
        auto mapping = folder->load(source);
        BOOST_REQUIRE_MESSAGE(mapping.ok(), (mapping.ok() ? std::string() : mapping.error().text));
        loaded.emplace(source, std::move(*mapping));
    }
    return loaded.at(source);
}

// An object of us-cpsc; `extra` stands at its end.
inline std::string object(const std::string& extra = "") {
    return R"({"RecallID":7,"RecallNumber":"1","RecallDate":"2024-05-02T00:00:00",)"
           R"("Title":"T","Products":[])" +
           extra + "}";
}

// A record of eu-safety-gate, and the report around it.
inline std::string alert(const std::string& extra = "") {
    return "<notifications><caseNumber>1</caseNumber><reference>https://x.example/1</"
           "reference><notifyingCountry>Spain</notifyingCountry>" +
           extra + "</notifications>";
}

inline std::string report(const std::string& alerts) {
    return "<?xml version=\"1.0\"?><Safety-Gate><report_date>09/02/2024</report_date>" + alerts +
           "</Safety-Gate>";
}

// "code path=value" of every issue, a line each.
inline std::string issues_of(const std::string& source, const std::string& bytes) {
    std::string out;
    map_document(mapping_of(source), bytes_source(bytes), {}, [&](MappedRecord&& record) {
        for (const Issue& issue : record.issues)
            out += std::string(spelling(issue.code)) + " " + issue.path + "=" + issue.value + "\n";
    });
    return out;
}

}  // namespace recall::mapping
