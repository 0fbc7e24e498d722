#include "gateway/json/listing_json.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/base/near_miss.h"
#include "gateway/base/utf8.h"

#include <simdjson.h>

namespace recall::json {
namespace {

namespace ondemand = simdjson::ondemand;
using model::Listing;

struct TextMember {
    std::string_view name;
    std::string Listing::*field;
};

constexpr auto text_members = std::to_array<TextMember>({
    {"id", &Listing::id},
    {"platform", &Listing::platform},
    {"kind", &Listing::kind},
    {"title", &Listing::title},
    {"lang", &Listing::lang},
    {"brand", &Listing::brand},
    {"model", &Listing::model},
    {"gtin", &Listing::gtin},
    {"url", &Listing::url},
    {"seller", &Listing::seller},
    {"manufacturer", &Listing::manufacturer},
    {"origin_country", &Listing::origin_country},
    {"category", &Listing::category},
    {"price", &Listing::price},
    {"currency", &Listing::currency},
    {"updated_at", &Listing::updated_at},
});

constexpr std::string_view images_name = "image_urls";
constexpr std::string_view attributes_name = "attributes";
constexpr std::string_view attribute_prefix = "attributes.";

Error unknown_member(std::string_view name) {
    std::vector<std::string_view> names = {images_name, attributes_name};
    for (const TextMember& member : text_members)
        names.push_back(member.name);
    return {ErrorCode::schema,
            "a listing has no member " + std::string(name) + did_you_mean(name, names)};
}

Error at(std::string_view member, ErrorCode code, std::string_view why) {
    return {code, "at " + std::string(member) + ": " + std::string(why)};
}

Error json_error(std::string_view member, simdjson::error_code error) {
    const bool encoding = error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR;
    const std::string why = simdjson::error_message(error);
    const ErrorCode code = encoding ? ErrorCode::bad_encoding : ErrorCode::bad_json;
    return member.empty() ? Error{code, why} : at(member, code, why);
}

Result<void> check_text(std::string_view member, std::string_view text,
                        const ListingLimits& limits) {
    if (text.size() > limits.text_bytes_max) {
        return at(member, ErrorCode::limit,
                  "a text over " + std::to_string(limits.text_bytes_max) + " bytes");
    }
    if (text.find('\0') != std::string_view::npos) {
        return at(member, ErrorCode::bad_encoding, "a NUL character inside a text");
    }
    return {};
}

// Fills one listing from one object; stops at the first error.
class Reader {
  public:
    Reader(Listing& out, const ListingLimits& limits) : out_(out), limits_(limits) {}

    Result<void> read(ondemand::object object) {
        for (auto member : object) {
            ondemand::field field;
            if (const auto error = std::move(member).get(field)) return json_error("", error);
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key)) return json_error("", error);
            member_ = key;
            const Result<void> done = read_member(key, field.value());
            if (!done) return done;
        }
        member_.clear();
        return {};
    }

    const std::string& member() const { return member_; }

  private:
    Result<void> read_member(std::string_view key, ondemand::value value) {
        for (std::size_t i = 0; i < text_members.size(); ++i) {
            if (text_members[i].name != key) continue;
            if (!first_time(i)) return twice(key);
            return read_text(key, value, out_.*text_members[i].field);
        }
        if (key == images_name) {
            return first_time(text_members.size()) ? read_images(value) : twice(key);
        }
        if (key == attributes_name) {
            return first_time(text_members.size() + 1) ? read_attributes(value) : twice(key);
        }
        return unknown_member(key);
    }

    bool first_time(std::size_t member) {
        const std::uint32_t bit = 1U << member;
        const bool first = (seen_ & bit) == 0;
        seen_ |= bit;
        return first;
    }

    static Error twice(std::string_view key) {
        return {ErrorCode::duplicate_key, "the member " + std::string(key) + " twice"};
    }

    Result<void> read_text(std::string_view key, ondemand::value value, std::string& out) {
        ondemand::json_type type{};
        if (const auto error = value.type().get(type)) return json_error(key, error);
        std::string_view text;
        if (type == ondemand::json_type::string) {
            if (const auto error = value.get_string().get(text)) return json_error(key, error);
        } else if (type == ondemand::json_type::number) {
            double number = 0;  // checks the number's form; the text itself is kept
            text = value.raw_json_token();
            if (const auto error = value.get_double().get(number)) return json_error(key, error);
            text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
        } else {
            return at(key, ErrorCode::schema, "not a text");
        }
        const Result<void> checked = check_text(key, text, limits_);
        if (checked) out.assign(text);
        return checked;
    }

    Result<void> read_images(ondemand::value value) {
        ondemand::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            return at(images_name, ErrorCode::schema, "not a list");
        }
        for (auto element : array) {
            ondemand::value item;
            if (const auto error = element.get(item)) return json_error(images_name, error);
            if (out_.image_urls.size() == limits_.images_max) {
                return at(images_name, ErrorCode::limit, "more images than may be");
            }
            const Result<void> done = read_text(images_name, item, out_.image_urls.emplace_back());
            if (!done) return done;
        }
        return {};
    }

    Result<void> read_attributes(ondemand::value value) {
        ondemand::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return at(attributes_name, ErrorCode::schema, "not an object");
        }
        for (auto member : object) {
            ondemand::field field;
            std::string_view key;
            if (const auto error = std::move(member).get(field)) {
                return json_error(attributes_name, error);
            }
            if (const auto error = field.unescaped_key().get(key)) {
                return json_error(attributes_name, error);
            }
            const std::string name(key);
            const Result<void> checked = check_text(attributes_name, name, limits_);
            if (!checked) return checked;
            if (out_.attributes.size() == limits_.attributes_max) {
                return at(attributes_name, ErrorCode::limit, "more attributes than may be");
            }
            const auto [place, is_new] = out_.attributes.try_emplace(name);
            if (!is_new) return twice("attributes/" + name);
            const Result<void> done = read_text("attributes/" + name, field.value(), place->second);
            if (!done) return done;
        }
        return {};
    }

    Listing& out_;
    const ListingLimits& limits_;
    std::uint32_t seen_ = 0;
    std::string member_;  // being read, for whoever reports an error
};

}  // namespace

Result<model::Listing> read_members(std::string_view line, std::string& member,
                                    const ListingLimits& limits) {
    member.clear();
    if (line.size() > limits.line_bytes_max) {
        return Error{ErrorCode::limit,
                     "a line over " + std::to_string(limits.line_bytes_max) + " bytes"};
    }
    thread_local ondemand::parser parser;
    thread_local std::string padded;
    padded.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    padded.assign(line);
    ondemand::document json;
    if (const auto error =
            parser.iterate(padded.data(), padded.size(), padded.capacity()).get(json)) {
        return json_error("", error);
    }
    ondemand::object object;
    if (json.get_object().get(object) != simdjson::SUCCESS) {
        return Error{ErrorCode::bad_json, "not a JSON object"};
    }
    Listing listing;
    Reader reader(listing, limits);
    if (const Result<void> read = reader.read(object); !read) {
        member = reader.member();
        return read.error();
    }
    if (json.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        return Error{ErrorCode::bad_json, "something follows the object"};
    }
    return listing;
}

Result<model::Listing> read_listing(std::string_view line, const ListingLimits& limits) {
    std::string member;
    Result<model::Listing> listing = read_members(line, member, limits);
    if (!listing) return listing;
    if (listing->kind.empty()) listing->kind = "listing";
    const Result<void> checked = check_listing(*listing);
    if (!checked) return checked.error();
    return listing;
}

Result<void> check_member_name(std::string_view name) {
    const bool known =
        name == images_name || name.starts_with(attribute_prefix) ||
        std::ranges::find(text_members, name, &TextMember::name) != text_members.end();
    if (!known) return unknown_member(name);
    return {};
}

Result<void> set_member(model::Listing& listing, std::string_view name, std::string_view text,
                        const ListingLimits& limits) {
    const Result<void> checked = check_text(name, text, limits);
    if (!checked) return checked;
    if (!is_utf8(text)) return at(name, ErrorCode::bad_encoding, "not UTF-8");
    for (const TextMember& member : text_members) {
        if (member.name != name) continue;
        (listing.*member.field).assign(text);
        return {};
    }
    if (name.starts_with(attribute_prefix)) {
        name.remove_prefix(attribute_prefix.size());
        if (!text.empty()) listing.attributes[std::string(name)] = text;
        return {};
    }
    if (name != images_name) return unknown_member(name);
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) listing.image_urls.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return {};
}

Result<void> check_listing(const model::Listing& listing) {
    if (listing.id.empty()) return Error{ErrorCode::schema, "a listing needs an id"};
    if (listing.title.empty()) return Error{ErrorCode::schema, "a listing needs a title"};
    if (listing.kind != "listing" && listing.kind != "product") {
        return at("kind", ErrorCode::schema, "neither listing nor product");
    }
    return {};
}

void write_listing(Writer& out, const model::Listing& listing) {
    out.begin_object();
    for (const TextMember& member : text_members) {
        const std::string& text = listing.*member.field;
        if (!text.empty()) out.member(member.name, text);
    }
    if (!listing.image_urls.empty()) {
        out.key(images_name).begin_array();
        for (const std::string& url : listing.image_urls)
            out.string(url);
        out.end_array();
    }
    if (!listing.attributes.empty()) {
        out.key(attributes_name).begin_object();
        for (const auto& [name, value] : listing.attributes)
            out.member(name, value);
        out.end_object();
    }
    out.end_object();
}

std::string write_listing(const model::Listing& listing) {
    Writer out;
    write_listing(out, listing);
    return std::move(out).text();
}

}  // namespace recall::json
