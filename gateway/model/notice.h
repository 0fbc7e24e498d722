#pragma once
// The canonical notice: what a foreign authority said, in one form. Plain values; absent is
// absent (empty optional, empty list, empty string means "not there"). Shapes and names are those
// of the JSON and XML that docs/protocol.md describes; notice_fields.h lists them once for all
// readers and writers.

#include <optional>
#include <string>
#include <vector>

#include "gateway/base/date.h"
#include "gateway/base/issue.h"

namespace recall::model {

// A text with its language (BCP 47). `made_by` is "machine" when a translation service wrote it.
struct Text {
    std::string lang;
    std::string text;
    std::string made_by;
    bool operator==(const Text&) const = default;
};
using Texts = std::vector<Text>;

struct Authority {
    std::string name;
    std::string country;  // ISO 3166-1 alpha-2
    bool operator==(const Authority&) const = default;
};

// Inclusive; either end may be open.
struct DateRange {
    std::optional<Date> from;
    std::optional<Date> to;
    bool operator==(const DateRange&) const = default;
    bool empty() const { return !from && !to; }
};

struct TextRange {
    std::string from;
    std::string to;
    bool operator==(const TextRange&) const = default;
};

struct Vehicle {
    std::string make;
    std::string model;
    DateRange years;
    std::vector<std::string> type_approvals;
    std::vector<TextRange> vin_ranges;
    bool operator==(const Vehicle&) const = default;
};

struct Category {
    std::string scheme;  // the source's id, or "gpc"
    std::string value;   // the source's own word
    std::string code;    // mappings/codes/categories.xml
    bool operator==(const Category&) const = default;
};

// Amounts are decimal text, never floating point.
struct Money {
    std::string amount;
    std::string currency;  // ISO 4217
    bool operator==(const Money&) const = default;
};

struct Quantity {
    std::string value;      // decimal text
    std::string qualifier;  // about, exactly, up_to, unknown
    std::string scope;      // country or region the number is about
    std::string unit;       // piece, kg, …
    bool operator==(const Quantity&) const = default;
};

struct Product {
    Texts name;
    Texts type;
    std::vector<std::string> brands;
    std::vector<std::string> models;
    std::vector<std::string> gtins;  // 14 digits, check digit right
    std::vector<std::string> batches;
    std::vector<std::string> serials;
    std::optional<Vehicle> vehicle;
    std::optional<Category> category;
    std::vector<std::string> origin_countries;
    DateRange manufactured;
    DateRange sold;
    std::optional<Money> price;
    std::optional<Quantity> quantity;
    Texts description;
    std::vector<Quantity> other_quantities;  // of other countries: "in addition, 120 in Canada"
    bool operator==(const Product&) const = default;
};

struct Hazard {
    std::string code;  // mappings/codes/hazards.xml
    Texts text;
    bool operator==(const Hazard&) const = default;
};

struct Incidents {
    std::string reports;
    std::string injuries;
    std::string deaths;
    Texts text;
    bool operator==(const Incidents&) const = default;
};

struct Measure {
    std::string code;  // mappings/codes/measures.xml
    std::optional<bool> mandatory;
    std::string operator_role;  // "operator" in JSON and XML: the economic operator's role
    std::optional<Date> date;
    Texts text;
    bool operator==(const Measure&) const = default;
};

struct Party {
    std::string role;  // manufacturer, importer, distributor, retailer, marketplace, exporter
    std::string name;
    std::string country;
    std::string local_name;
    std::string city;                      // of Chinese firms also where only the name tells it
    std::vector<std::string> trade_names;  // "doing business as"
    bool operator==(const Party&) const = default;
};

// An offer on a marketplace that the notice names.
struct NamedListing {
    std::string marketplace;
    std::string item;
    std::string url;
    bool operator==(const NamedListing&) const = default;
};

struct Image {
    std::string url;
    std::string caption;
    bool operator==(const Image&) const = default;
};

struct DocumentLink {
    std::string url;
    std::string title;
    bool operator==(const DocumentLink&) const = default;
};

struct Related {
    std::string relation;  // joint_recall, supersedes, expands, translation_of, see_also
    std::string id;
    std::string url;
    bool operator==(const Related&) const = default;
};

struct Provenance {
    std::string retrieved_at;  // RFC 3339, UTC
    std::string raw_sha256;    // lower-case hex of the archived bytes
    std::string mapping;       // "<source>@<version>"
    std::vector<Issue> issues;
    bool operator==(const Provenance&) const = default;
};

inline constexpr const char* notice_schema = "1.0";

struct Notice {
    std::string id;  // "<source>:<key>"
    std::string source;
    std::string number;      // what people quote; may change
    long long revision = 0;  // 0: not stored yet
    std::string kind;
    std::string status;
    std::string jurisdiction;
    std::optional<Authority> authority;
    std::optional<Date> published_on;
    std::optional<Date> updated_on;
    std::string language;
    std::string url;
    Texts title;
    Texts summary;
    std::vector<Product> products;
    std::vector<Hazard> hazards;
    std::string risk_level;
    std::optional<Incidents> incidents;
    std::vector<Measure> measures;
    std::vector<Party> parties;
    std::vector<NamedListing> listings;
    std::vector<Image> images;
    std::vector<DocumentLink> documents;
    std::vector<Related> related;
    std::string sensitivity;
    std::optional<Provenance> provenance;
    bool operator==(const Notice&) const = default;
};

}  // namespace recall::model
