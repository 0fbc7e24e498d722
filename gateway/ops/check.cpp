// recallgw check: is this listing a recalled product? Asked against the stored notices.

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>

#include "gateway/cases/notice_index.h"
#include "gateway/image/hash.h"
#include "gateway/json/listing_json.h"
#include "gateway/json/match_json.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/files.h"
#include "gateway/ops/match_options.h"
#include "gateway/ops/open_database.h"
#include "gateway/text/gtin.h"

namespace recall::ops {
namespace {

struct Field {
    std::string_view option;
    std::string_view member;  // of a listing
    std::string_view value;
    std::string_view text;
};

constexpr auto fields = std::to_array<Field>({
    {"title", "title", "TEXT", "the listing's title, in any language"},
    {"brand", "brand", "TEXT", "its brand, if stated"},
    {"model-number", "model", "TEXT", "its model or article number"},
    {"gtin", "gtin", "DIGITS", "its EAN, UPC or JAN"},
    {"lang", "lang", "TAG", "language of the title, such as zh-CN"},
    {"url", "url", "URL", "its address; an item number in it is used"},
    {"seller", "seller", "TEXT", "who sells it"},
    {"manufacturer", "manufacturer", "TEXT", "who makes it"},
    {"category", "category", "TEXT", "the platform's category"},
    {"price", "price", "AMOUNT", "its price"},
});

Result<model::Listing> read_listing(const Arguments& arguments) {
    model::Listing listing;
    listing.id = "check";
    listing.kind = "listing";
    for (const Field& field : fields) {
        if (!arguments.has(field.option)) continue;
        const auto set = json::set_member(listing, field.member, arguments.value(field.option));
        if (!set) return Error{ErrorCode::usage, set.error().text};
    }
    for (const std::string& pair : arguments.values("attribute")) {
        const std::size_t sign = pair.find('=');
        if (sign == std::string::npos || sign == 0)
            return Error{ErrorCode::usage, "--attribute must be NAME=VALUE, not " + pair};
        listing.attributes[pair.substr(0, sign)] = pair.substr(sign + 1);
    }
    // Left out in silence, a slip of the pen would read as "not recalled".
    if (const auto gtin = text::parse_gtin(listing.gtin); !gtin && !listing.gtin.empty())
        return Error{ErrorCode::usage, "--gtin " + listing.gtin + ": " + gtin.error().text};
    if (listing.title.empty() && arguments.has("image")) return listing;
    if (listing.title.empty()) return Error{ErrorCode::usage, "give --title TEXT or --image FILE"};
    if (const auto checked = json::check_listing(listing); !checked)
        return Error{ErrorCode::usage, checked.error().text};
    return listing;
}

// What the pictures in the files look like. Blank ones are passed over.
Result<std::vector<model::PictureHash>> read_pictures(const Arguments& arguments) {
    std::vector<model::PictureHash> out;
    for (const std::string& file : arguments.values("image")) {
        const auto picture = image::read_picture(read_file(file, image::picture_bytes_max));
        if (!picture) return Error{ErrorCode::usage, file + ": " + picture.error().line()};
        const auto hash = image::picture_hash(picture->raster);
        if (hash) {
            out.push_back(*hash);
        } else {
            std::cerr << file << " is blank, so it cannot be compared\n";
        }
    }
    return out;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

// "+4.20" or "-0.35": people add these up.
std::string signed_number(double value) {
    std::array<char, 32> buffer{};
    const int size = std::snprintf(buffer.data(), buffer.size(), "%+.2f", value);
    return {buffer.data(), static_cast<std::size_t>(size)};
}

void print_text(const model::Match& match) {
    std::array<char, 32> score{};
    const int size = std::snprintf(score.data(), score.size(), "%.4f", match.score);
    std::cout << spelling(match.decision) << "  "
              << std::string_view(score.data(), static_cast<std::size_t>(size)) << "  "
              << match.notice;
    if (match.product > 0) std::cout << "  product " << match.product;
    std::cout << '\n';
    constexpr std::size_t weight_width = 8;
    constexpr std::size_t kind_width = 18;
    for (const model::Evidence& evidence : match.evidence) {
        std::cout << "  " << padded(signed_number(evidence.weight), weight_width)
                  << padded(evidence.kind, kind_width);
        if (!evidence.notice.empty()) std::cout << "notice: " << evidence.notice << "  ";
        if (!evidence.listing.empty()) std::cout << "listing: " << evidence.listing;
        std::cout << '\n';
    }
}

Result<int> run(const Arguments& arguments) {
    const std::string format = arguments.value("format", "text");
    if (format != "text" && format != "json")
        return Error{ErrorCode::usage, "--format must be text or json, not " + format};
    const auto listing = read_listing(arguments);
    if (!listing) return listing.error();
    match::CheckOptions options;
    if (const auto read = read_match_options(arguments, options); !read) return read.error();
    const auto pictures = read_pictures(arguments);
    if (!pictures) return pictures.error();
    const settings::Settings settings = load_settings(arguments);
    const auto database = open_migrated_database(settings);
    cases::NoticeIndex index(*database, open_lexicon(settings.data_mappings));
    index.refresh();
    const auto book = index.pictures();
    options.pictures = *pictures;
    options.book = book.get();
    const match::CheckResult result = index.matcher().check(*listing, options);
    bool is_flagged = false;
    std::string lines;
    for (const model::Match& match : result.matches) {
        is_flagged = is_flagged || match.decision != model::Decision::no_match;
        if (format == "json") {
            json::append_match_line(lines, match);
        } else {
            print_text(match);
        }
    }
    std::cout << lines;
    if (result.matches.empty() && format == "text")
        std::cerr << "no notice fits; " << index.matcher().facts().notices
                  << " active notices were looked through\n";
    return is_flagged ? exit_done : exit_not_so;
}

std::vector<OptionSpec> options() {
    std::vector<OptionSpec> own;
    for (const Field& field : fields)
        own.push_back({field.option, field.value, field.text});
    own.push_back(
        {"attribute", "NAME=VALUE", "another fact, such as 批号=Q2516W; may be repeated"});
    own.push_back({"image", "FILE", "its picture, JPEG, PNG, WebP or GIF; may be repeated"});
    own.push_back({"min-score", "X", "leave out what scores less, 0 to 1 (0.2)"});
    own.push_back({"most", "N", "notices at most, best first (10)"});
    own.push_back({"format", "FORMAT", "text or json, one match a line (text)"});
    return with_settings(std::move(own));
}

}  // namespace

const Command& check_command() {
    static const Command command{
        .name = "check",
        .summary = "ask whether a listing is a recalled product",
        .words = "",
        .options = options(),
        .details =
            "Asked against the active notices in the database. Each line of evidence tells "
            "its weight;\nthey add up to the log odds of the score. With --image "
            "alone, only\npictures are compared; those of notices must have been fetched (picture "
            "fetch).\n"
            "Exit codes: 0 a notice fits (match or review), 1 none does, 2 wrong usage, such as a "
            "GTIN\n"
            "whose length or check digit is wrong.",
        .run = run};
    return command;
}

}  // namespace recall::ops
