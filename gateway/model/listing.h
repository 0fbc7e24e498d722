#pragma once
// A listing of a cross-border platform, or a product of the domestic register, as interface
// partners send it. Plain values; empty means absent.

#include <map>
#include <string>
#include <vector>

namespace recall::model {

struct Listing {
    std::string id;
    std::string platform;
    std::string kind;  // listing or product
    std::string title;
    std::string lang;
    std::string brand;
    std::string model;
    std::string gtin;
    std::string url;
    std::vector<std::string> image_urls;
    std::string seller;
    std::string manufacturer;
    std::string origin_country;
    std::string category;
    std::string price;
    std::string currency;
    std::map<std::string, std::string> attributes;
    std::string updated_at;
    bool operator==(const Listing&) const = default;
};

}  // namespace recall::model
