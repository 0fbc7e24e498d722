#include "gateway/catalogue/judge.h"

#include <algorithm>

#include "gateway/base/clock.h"
#include "gateway/base/date.h"
#include "gateway/text/gtin.h"

namespace recall::catalogue {
namespace {

using model::Listing;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }

bool is_code(std::string_view text, std::size_t letters) {
    return text.size() == letters && std::ranges::all_of(text, is_upper);
}

// Digits, at most one point between them.
bool is_amount(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view rest =
        point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
    return !whole.empty() && !rest.empty() && std::ranges::all_of(whole, is_digit) &&
           std::ranges::all_of(rest, is_digit);
}

// The shape of RFC 5646: parts of one to eight letters or digits, the first of letters.
bool is_language(std::string_view text) {
    bool is_first = true;
    for (std::size_t begin = 0; begin <= text.size(); is_first = false) {
        const std::size_t end = std::min(text.find('-', begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        if (part.empty() || part.size() > 8) return false;
        if (is_first && !std::ranges::all_of(part, is_letter)) return false;
        if (!std::ranges::all_of(part, [](char c) { return is_letter(c) || is_digit(c); })) {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

// An absolute http link with a host. What is behind the host is the shop's business, but no blank
// or control character can be in a link.
bool is_link(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        const std::string_view rest = text.substr(scheme.size());
        const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
        return host.find_first_not_of(".:") != std::string_view::npos &&
               host.find('@') == std::string_view::npos &&
               std::ranges::none_of(text, [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
    }
    return false;
}

struct TextLimit {
    std::string_view member;
    std::string Listing::*field;
    std::size_t bytes_max;
};

constexpr TextLimit text_limits[] = {
    {"id", &Listing::id, id_bytes_max},
    {"platform", &Listing::platform, id_bytes_max},
    {"title", &Listing::title, title_bytes_max},
    {"brand", &Listing::brand, word_bytes_max},
    {"model", &Listing::model, word_bytes_max},
    {"url", &Listing::url, url_bytes_max},
    {"seller", &Listing::seller, word_bytes_max},
    {"manufacturer", &Listing::manufacturer, word_bytes_max},
    {"category", &Listing::category, word_bytes_max},
};

class Judge {
  public:
    Judge(Listing& listing, const Expected& expected) : listing_(listing), expected_(expected) {}

    std::vector<Finding> faults() {
        settle("platform", listing_.platform, expected_.platform);
        settle("kind", listing_.kind, expected_.kind);
        if (listing_.kind.empty()) listing_.kind = "listing";
        need("id", listing_.id);
        need("platform", listing_.platform);
        need("title", listing_.title);
        for (const TextLimit& limit : text_limits) {
            if ((listing_.*limit.field).size() <= limit.bytes_max) continue;
            add(limit.member, ErrorCode::limit,
                "over " + std::to_string(limit.bytes_max) + " bytes");
        }
        check("kind", listing_.kind == "listing" || listing_.kind == "product",
              ErrorCode::bad_value, "neither listing nor product");
        check_links();
        check("lang", listing_.lang.empty() || is_language(listing_.lang), ErrorCode::bad_value,
              "no language tag such as zh-CN");
        check("price", listing_.price.empty() || is_amount(listing_.price), ErrorCode::bad_number,
              "no plain amount such as 199.00");
        check("currency", listing_.currency.empty() || is_code(listing_.currency, 3),
              ErrorCode::bad_value, "no currency code such as CNY");
        check("origin_country",
              listing_.origin_country.empty() || is_code(listing_.origin_country, 2),
              ErrorCode::bad_value, "no country code such as CN");
        check("updated_at",
              listing_.updated_at.empty() || parse_instant(listing_.updated_at).ok() ||
                  parse_date(listing_.updated_at).ok(),
              ErrorCode::bad_date, "neither a date nor a time such as 2026-01-31T09:30:00Z");
        return std::move(faults_);
    }

  private:
    void add(std::string_view member, ErrorCode code, std::string reason) {
        faults_.push_back({std::string(member), code, std::move(reason)});
    }
    void check(std::string_view member, bool holds, ErrorCode code, const char* reason) {
        if (!holds) add(member, code, reason);
    }
    void need(std::string_view member, const std::string& text) {
        if (text.empty()) add(member, ErrorCode::missing_field, "must be there");
    }
    void settle(std::string_view member, std::string& text, const std::string& expected) {
        if (text.empty()) text = expected;
        if (!expected.empty() && text != expected) {
            add(member, ErrorCode::bad_value, "is not " + expected);
        }
    }
    void check_links() {
        check("url", listing_.url.empty() || is_link(listing_.url), ErrorCode::bad_value,
              "no link that begins with http:// or https://");
        for (const std::string& url : listing_.image_urls) {
            if (url.size() <= url_bytes_max && is_link(url)) continue;
            add("image_urls", ErrorCode::bad_value, "no link that begins with http:// or https://");
            return;
        }
    }

    Listing& listing_;
    const Expected& expected_;
    std::vector<Finding> faults_;
};

void settle_gtin(Listing& listing, std::vector<Finding>& findings) {
    if (listing.gtin.empty()) return;
    if (Result<text::Gtin> gtin = text::parse_gtin(listing.gtin)) {
        listing.gtin = gtin->digits;
        return;
    }
    findings.push_back({"gtin", ErrorCode::bad_gtin,
                        "no article number: its length or check digit is wrong; kept as the "
                        "attribute " +
                            std::string(gtin_as_sent)});
    listing.attributes[std::string(gtin_as_sent)] = std::move(listing.gtin);
    listing.gtin.clear();
}

}  // namespace

Judged judge(model::Listing listing, const Expected& expected) {
    Judged judged{listing.id, std::nullopt, Judge(listing, expected).faults()};
    if (!judged.findings.empty()) return judged;
    settle_gtin(listing, judged.findings);
    judged.listing = std::move(listing);
    return judged;
}

Judged judge_json(std::string_view text, const Expected& expected) {
    std::string member;
    Result<model::Listing> listing = json::read_members(text, member);
    if (!listing) return refused(std::move(member), listing.error());
    return judge(*std::move(listing), expected);
}

Judged refused(std::string member, const Error& error) {
    return {{}, std::nullopt, {{std::move(member), error.code, error.text}}};
}

}  // namespace recall::catalogue
