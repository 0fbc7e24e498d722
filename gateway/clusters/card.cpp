#include "gateway/clusters/card.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "gateway/clusters/address.h"
#include "gateway/match/identifiers.h"
#include "gateway/match/line.h"
#include "gateway/match/notice_title.h"
#include "gateway/text/gtin.h"
#include "gateway/text/normalise.h"

namespace recall::clusters {
namespace {

using model::KeyKind;
using model::LinkReason;

constexpr std::size_t firms_max = 60;
constexpr std::size_t firm_letters_min = 3;
constexpr std::size_t model_characters_min = 5;
constexpr std::size_t number_characters_min = 5;
constexpr std::size_t barcode_digits_min = 12;
constexpr std::size_t named_characters_min = 6;
constexpr long named_digits_min = 3;
constexpr std::string_view vehicles = "motor_vehicles";

// A retailer or a marketplace sells other firms' goods under the same model number.
constexpr auto firm_roles =
    std::to_array<std::string_view>({"manufacturer", "importer", "distributor", "exporter"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string teller_of(const model::Notice& notice) {
    if (!notice.authority) return notice.source;
    return notice.authority->country + ' ' + notice.authority->name;
}

class CardMaker {
  public:
    CardMaker(const model::Notice& notice, const match::Lexicon& lexicon)
        : notice_(notice), lexicon_(lexicon) {}

    Card make() {
        card_.id = notice_.id;
        card_.source = notice_.source;
        card_.teller = teller_of(notice_);
        card_.language = notice_.language.substr(0, notice_.language.find('-'));
        card_.day = day_number(notice_.published_on ? notice_.published_on : notice_.updated_on);
        card_.url = notice_.url;
        card_.address = address_key(notice_.url);
        add_number();
        add_products();
        add_firms();
        add_references();
        return std::move(card_);
    }

  private:
    void add_number() {
        const std::string key = text::compact_key(notice_.number);
        if (key.size() < number_characters_min) return;
        card_.number = notice_.number;
        card_.number_key = card_.teller + ' ' + key;
    }

    void add_firm(match::BrandName name) {
        if (card_.firms.size() >= firms_max || !is_telling(name)) return;
        if (std::ranges::find(card_.firms, name.hash, &match::BrandName::hash) == card_.firms.end())
            card_.firms.push_back(std::move(name));
    }

    // "100", "Ltd." and everyday words are in the names of many.
    bool is_telling(const match::BrandName& name) const {
        if (name.key.size() < firm_letters_min || name.is_everyday) return false;
        if (std::ranges::all_of(name.key, is_digit)) return false;
        const match::Text text = match::read_text(name.raw, name.raw.size());
        const auto cues = lexicon_.cues().find(text.tokens);
        return std::ranges::none_of(cues, [](std::uint32_t id) {
            return static_cast<match::Cue>(id) == match::Cue::company;
        });
    }

    // "Glimmer Ltd., of Dover, dba Glimmerhaus" is two names and a place.
    void add_company(std::string_view raw) {
        raw = raw.substr(0, raw.find(", of "));
        while (!raw.empty()) {
            const std::size_t alias = raw.find("dba ");
            add_firm(match::brand_name(raw.substr(0, alias), lexicon_));
            if (alias == std::string_view::npos) return;
            raw.remove_prefix(alias + 4);
        }
    }

    void add_firms() {
        for (const model::Party& party : notice_.parties) {
            if (std::ranges::find(firm_roles, party.role) == firm_roles.end()) continue;
            add_company(party.name);
            add_company(party.local_name);
            for (const std::string& name : party.trade_names)
                add_company(name);
        }
        for (const model::Text& title : notice_.title)
            add_company(match::read_title(title.text).firm);
    }

    bool is_vehicle(const match::Line& line) const {
        if (line.product >= notice_.products.size()) return false;
        const model::Product& product = notice_.products[line.product];
        return product.vehicle || (product.category && product.category->code == vehicles);
    }

    void add_products() {
        for (match::Line& line : match::product_lines(notice_, lexicon_)) {
            for (match::BrandName& brand : line.brands)
                add_firm(std::move(brand));
            for (const std::string& gtin : line.gtins)
                add_gtin(gtin);
            // A model of a car is recalled for many faults, so it tells no recall.
            if (is_vehicle(line)) continue;
            for (const match::ModelNumber& number : line.models)
                add_model(number);
        }
    }

    void add_gtin(const std::string& digits) {
        const auto gtin = text::parse_gtin(digits);
        if (!gtin || gtin->gtin_class != text::GtinClass::global) return;
        add(card_.gtins, {gtin->digits, gtin->digits, "products.gtins"});
    }

    void add_model(const match::ModelNumber& number) {
        if (!is_distinctive(number)) return;
        if (number.source == match::ModelSource::field) {
            add(card_.models, {number.key, number.raw, "products.models"});
        } else if (number.source == match::ModelSource::cue) {
            add(card_.models, {number.key, number.raw, "products.description"});
        } else if (looks_given(number.key)) {
            add(card_.models, {number.key, number.raw, "products.name", true});
        }
    }

    // In running text "12-speed" and "Sphere 9" look like numbers too.
    static bool looks_given(const std::string& key) {
        return key.size() >= named_characters_min &&
               std::ranges::count_if(key, is_digit) >= named_digits_min;
    }

    // No barcode, which names a range at times, and no type approval, regulation or date.
    static bool is_distinctive(const match::ModelNumber& number) {
        if (number.strength != text::ModelStrength::strong) return false;
        if (number.raw.find_first_of("/*") != std::string::npos) return false;
        std::size_t digits = 0;
        for (const char c : number.key) {
            digits = is_digit(c) ? digits + 1 : 0;
            if (digits >= barcode_digits_min) return false;
        }
        return number.key.size() >= model_characters_min;
    }

    static void add(std::vector<Number>& numbers, Number number) {
        if (numbers.size() >= numbers_max) return;
        if (std::ranges::find(numbers, number.key, &Number::key) == numbers.end())
            numbers.push_back(std::move(number));
    }

    void add_references() {
        for (const model::DocumentLink& document : notice_.documents) {
            std::string page = address_key(document.url);
            if (!page.empty() && card_.pages.size() < pages_max)
                card_.pages.push_back(std::move(page));
        }
        for (const model::Related& related : notice_.related) {
            if (card_.references.size() >= references_max) return;
            for (const LinkReason reason : {LinkReason::joint_recall, LinkReason::supersedes,
                                            LinkReason::expands, LinkReason::translation_of}) {
                if (related.relation != spelling(reason)) continue;
                card_.references.push_back(
                    {reason, related.id, address_key(related.url), related.url});
            }
        }
    }

    const model::Notice& notice_;
    const match::Lexicon& lexicon_;
    Card card_;
};

}  // namespace

std::vector<model::NoticeKey> Card::keys() const {
    std::vector<model::NoticeKey> all;
    const auto add = [&all](KeyKind kind, const std::string& value) {
        if (!value.empty()) all.push_back({kind, value});
    };
    for (const Number& gtin : gtins)
        add(KeyKind::gtin, gtin.key);
    for (const Number& number : models)
        add(KeyKind::model, number.key);
    add(KeyKind::number, number_key);
    add(KeyKind::address, address);
    for (const std::string& page : pages)
        add(KeyKind::page, page);
    for (const Reference& reference : references) {
        add(KeyKind::refers, reference.id);
        add(KeyKind::refers, reference.address);
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

Card read_card(const model::Notice& notice, const match::Lexicon& lexicon) {
    return CardMaker(notice, lexicon).make();
}

std::optional<long long> day_number(const std::optional<Date>& date) {
    if (!date) return std::nullopt;
    const Date first = first_day(*date);
    const std::chrono::year_month_day day{std::chrono::year(first.year),
                                          std::chrono::month(first.month),
                                          std::chrono::day(first.day)};
    const std::chrono::sys_days days = day;
    return days.time_since_epoch().count();
}

std::string day_text(const std::optional<long long>& day) {
    if (!day) return {};
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{*day}}};
    return to_text(Date{static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                        static_cast<unsigned>(date.day())});
}

}  // namespace recall::clusters
