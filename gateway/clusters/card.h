#pragma once
// A notice as far as clusters go: who tells it and when, the names of firms in it, the numbers that
// may be shared, and the other notices it names. Pure; any thread.

#include <optional>
#include <string>
#include <vector>

#include "gateway/match/brand_name.h"
#include "gateway/model/cluster.h"
#include "gateway/model/notice.h"

namespace recall::clusters {

inline constexpr std::size_t numbers_max = 300;  // of each kind, a notice
inline constexpr std::size_t pages_max = 20;
inline constexpr std::size_t references_max = 50;

struct Number {
    std::string key;
    std::string raw;
    std::string field;
    bool is_named = false;  // stands in a name only
};

struct Reference {
    model::LinkReason reason = model::LinkReason::joint_recall;
    std::string id;
    std::string address;  // address_key
    std::string url;
};

struct Card {
    std::string id;
    std::string source;
    std::string teller;    // the authority: its country and name
    std::string language;  // primary subtag
    std::optional<long long> day;
    std::string number;
    std::string number_key;  // with the teller; empty when there is none that tells
    std::string address;     // address_key
    std::string url;
    std::vector<match::BrandName> firms;
    std::vector<Number> gtins;   // those that name one product everywhere
    std::vector<Number> models;  // those that can hardly be two things
    std::vector<std::string> pages;
    std::vector<Reference> references;

    // What it is looked up by, each once.
    std::vector<model::NoticeKey> keys() const;
};

Card read_card(const model::Notice& notice, const match::Lexicon& lexicon);

// A day as a number that days can be counted between, and back; the first day that a date can mean.
std::optional<long long> day_number(const std::optional<Date>& date);
std::string day_text(const std::optional<long long>& day);

}  // namespace recall::clusters
