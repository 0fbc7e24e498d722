#pragma once
// An intake that answers from a table instead of a network, and notes what was asked. One thread.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/ingest/source.h"

namespace recall::test {

class ScriptedIntake final : public ingest::Intake {
  public:
    // By URL, with " " and the body of a POST: records and how many of them are new.
    std::map<std::string, ingest::Taken> documents;
    std::map<std::string, std::string> listings;
    std::map<std::string, ingest::Knowledge> known;  // by key; others are unknown
    std::size_t requests_max = 1000;

    std::vector<std::string> taken;     // keys, in order
    std::vector<std::string> asked;     // URLs, in order
    std::vector<std::string> archived;  // keys
    std::vector<ErrorCode> complaints;

    Result<ingest::Taken> take(const ingest::Wanted& wanted) override {
        taken.push_back(wanted.key);
        const auto found = documents.find(note(wanted));
        if (found == documents.end()) return failed();
        return found->second;
    }
    Result<ingest::Taken> take_together(const std::string&,
                                        const std::vector<ingest::Wanted>& wanted) override {
        return take(wanted.front());
    }
    Result<ingest::Taken> take_archived(const ingest::Wanted& wanted) override {
        archived.push_back(wanted.key);
        return ingest::Taken{1, 0};
    }
    Result<ingest::Listing> list(const ingest::Wanted& wanted,
                                 ingest::ParseListing parse) override {
        const auto found = listings.find(note(wanted));
        if (found == listings.end()) return failed();
        Result<xml::Document> tree = parse(found->second, wanted.list->rules);
        if (!tree) {
            complain(tree.error());
            return tree.error();
        }
        return ingest::Listing{std::move(*tree), wanted.url};
    }
    ingest::Knowledge notice_entry(const ingest::Wanted& wanted) override {
        const auto found = known.find(wanted.key);
        return found == known.end() ? ingest::Knowledge::none : found->second;
    }
    void complain(const Error& error) override { complaints.push_back(error.code); }
    bool is_over() const override { return asked.size() >= requests_max; }

  private:
    std::string note(const ingest::Wanted& wanted) {
        asked.push_back(wanted.body.empty() ? wanted.url : wanted.url + " " + wanted.body);
        return asked.back();
    }
    Error failed() {
        complain({ErrorCode::refused, "not in the script"});
        return {ErrorCode::refused, "not in the script"};
    }
};

}  // namespace recall::test
