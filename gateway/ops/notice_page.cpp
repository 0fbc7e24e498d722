#include "gateway/ops/notice_page.h"

#include <algorithm>
#include <array>

#include "gateway/mapping/summary_line.h"
#include "gateway/xml/value_writer.h"

namespace recall::ops {
namespace {

using xml::escaped;

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,\"PingFang SC\",\"Microsoft YaHei\",sans-serif;max-width:48rem;"
    "margin:0 auto;padding:1.5rem 1rem 3rem}h1{font-size:1.4rem;margin:.2rem 0}"
    "h2{font-size:1.05rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #8886}"
    "dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.2rem 1rem;margin:.5rem 0}"
    "dt{color:#667085}dd{margin:0;overflow-wrap:anywhere}small{color:#667085}"
    "@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}";

// A heading in both languages, by the member's name in JSON.
struct Word {
    std::string_view name;
    std::string_view english;
    std::string_view chinese;
};

constexpr std::array words = {
    Word{"number", "Number", "编号"},
    Word{"kind", "Kind", "类型"},
    Word{"status", "Status", "状态"},
    Word{"jurisdiction", "Jurisdiction", "法域"},
    Word{"authority", "Authority", "主管机关"},
    Word{"published_on", "Published", "发布日期"},
    Word{"updated_on", "Updated", "更新日期"},
    Word{"url", "Source", "原文"},
    Word{"risk_level", "Risk", "风险等级"},
    Word{"products", "Products", "产品"},
    Word{"type", "Type", "种类"},
    Word{"brands", "Brands", "品牌"},
    Word{"models", "Models", "型号"},
    Word{"gtins", "Article numbers", "商品条码"},
    Word{"batches", "Batches", "批号"},
    Word{"serials", "Serial numbers", "序列号"},
    Word{"vehicle", "Vehicle", "车辆"},
    Word{"category", "Category", "类别"},
    Word{"origin_countries", "Country of origin", "原产国"},
    Word{"manufactured", "Manufactured", "生产日期"},
    Word{"sold", "Sold", "销售日期"},
    Word{"price", "Price", "价格"},
    Word{"quantity", "Quantity", "数量"},
    Word{"hazards", "Hazards", "危害"},
    Word{"incidents", "Incidents", "事故"},
    Word{"reports", "Reports", "报告"},
    Word{"injuries", "Injuries", "受伤"},
    Word{"deaths", "Deaths", "死亡"},
    Word{"measures", "Measures", "措施"},
    Word{"parties", "Firms", "企业"},
    Word{"listings", "Listings named", "所涉商品链接"},
    Word{"images", "Pictures", "图片"},
    Word{"documents", "Documents", "文件"},
    Word{"related", "Related", "相关通报"},
    Word{"provenance", "Provenance", "来源记录"},
    Word{"retrieved_at", "Retrieved", "获取时间"},
    Word{"raw_sha256", "SHA-256 of the original", "原始数据 SHA-256"},
    Word{"mapping", "Mapping", "映射"},
    Word{"active", "Active", "有效"},
    Word{"ended", "Ended", "已结束"},
    Word{"withdrawn", "Withdrawn", "已撤回"},
    Word{"machine", "machine translation", "机器翻译"},
    Word{"vanished", "Vanished from its source", "来源已移除"},
};

std::string joined(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : ", ") + value;
    return out;
}

std::string range(const model::DateRange& dates) {
    if (dates.empty()) return {};
    return (dates.from ? to_text(*dates.from) : "") + " – " + (dates.to ? to_text(*dates.to) : "");
}

class Page {
  public:
    Page(const mapping::CodeTables& tables, PageLanguage language)
        : tables_(tables), language_(language) {}

    std::string html(const model::Notice& notice) {
        begin(notice);
        write_facts(notice);
        for (const model::Text& text : notice.summary)
            paragraph(text);
        if (!notice.products.empty()) heading("products");
        for (const model::Product& product : notice.products)
            write_product(product);
        write_hazards(notice);
        write_measures(notice);
        write_links(notice);
        write_provenance(notice);
        return std::move(out_) + "</body>\n</html>\n";
    }

  private:
    std::string_view word(std::string_view name) const {
        const auto* found = std::ranges::find(words, name, &Word::name);
        if (found == words.end()) return name;
        return language_ == PageLanguage::chinese ? found->chinese : found->english;
    }
    std::string_view code(std::string_view table, std::string_view id) const {
        return code_word(tables_, table, id, language_);
    }

    void heading(std::string_view name) { out_ += "<h2>" + escaped(word(name)) + "</h2>\n"; }
    void fact(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        out_ += "<dt>" + escaped(word(name)) + "</dt><dd>" + escaped(value) + "</dd>\n";
    }
    std::string in_language(const model::Text& text) const {
        return "lang=\"" + escaped(text.lang) + "\">" + escaped(text.text) +
               (text.made_by.empty() ? ""
                                     : " <small>(" + escaped(word(text.made_by)) + ")</small>");
    }
    void paragraph(const model::Text& text) { out_ += "<p " + in_language(text) + "</p>\n"; }
    void texts(std::string_view name, const model::Texts& all) {
        for (const model::Text& text : all)
            out_ += "<dt>" + escaped(word(name)) + "</dt><dd " + in_language(text) + "</dd>\n";
    }
    // Only a web link is made one: the notice comes from outside.
    static std::string link(std::string_view url, std::string_view text) {
        const std::string shown = escaped(text.empty() ? url : text);
        if (!url.starts_with("https://") && !url.starts_with("http://")) return shown;
        return "<a rel=\"noreferrer\" href=\"" + escaped(url) + "\">" + shown + "</a>";
    }
    void linked_fact(std::string_view name, std::string_view url, std::string_view text) {
        if (url.empty() && text.empty()) return;
        out_ += "<dt>" + escaped(word(name)) + "</dt><dd>" + link(url, text) + "</dd>\n";
    }

    void begin(const model::Notice& notice) {
        const std::string title = notice.title.empty() ? notice.id : notice.title.front().text;
        out_ = "<!doctype html>\n<html lang=\"";
        out_ += language_ == PageLanguage::chinese ? "zh-CN" : "en";
        out_ += "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + escaped(title) +
                "</title>\n<meta name=\"viewport\" content=\"width=device-width, "
                "initial-scale=1\">\n<style>" +
                std::string(style) + "</style>\n</head>\n<body>\n<small>" + escaped(notice.id);
        if (notice.revision > 1) out_ += " · " + std::to_string(notice.revision);
        out_ += "</small>\n";
        const std::string line = mapping::summary_line(notice, tables_,
                                                       language_ == PageLanguage::chinese
                                                           ? mapping::LineLanguage::chinese
                                                           : mapping::LineLanguage::english);
        if (!line.empty()) out_ += "<p><strong>" + escaped(line) + "</strong></p>\n";
        for (const model::Text& text : notice.title)
            out_ += "<h1 " + in_language(text) + "</h1>\n";
    }

    void write_facts(const model::Notice& notice) {
        out_ += "<dl>\n";
        fact("number", notice.number);
        fact("kind", code("kinds", notice.kind));
        fact("status", word(notice.status));
        fact("risk_level", code("risk_levels", notice.risk_level));
        fact("jurisdiction", notice.jurisdiction);
        if (notice.authority) {
            const model::Authority& authority = *notice.authority;
            const bool both = !authority.name.empty() && !authority.country.empty();
            fact("authority", authority.name + (both ? ", " : "") + authority.country);
        }
        if (notice.published_on) fact("published_on", to_text(*notice.published_on));
        if (notice.updated_on) fact("updated_on", to_text(*notice.updated_on));
        linked_fact("url", notice.url, {});
        out_ += "</dl>\n";
    }

    void write_product(const model::Product& product) {
        for (const model::Text& name : product.name)
            out_ += "<p><strong " + in_language(name) + "</strong></p>\n";
        out_ += "<dl>\n";
        texts("type", product.type);
        fact("brands", joined(product.brands));
        fact("models", joined(product.models));
        fact("gtins", joined(product.gtins));
        fact("batches", joined(product.batches));
        fact("serials", joined(product.serials));
        if (product.vehicle) {
            const std::string years = range(product.vehicle->years);
            fact("vehicle", product.vehicle->make + " " + product.vehicle->model +
                                (years.empty() ? "" : ", " + years));
        }
        if (product.category) {
            fact("category", product.category->value.empty() ? product.category->code
                                                             : product.category->value);
        }
        fact("origin_countries", joined(product.origin_countries));
        fact("manufactured", range(product.manufactured));
        fact("sold", range(product.sold));
        if (product.price) fact("price", product.price->amount + " " + product.price->currency);
        std::vector<model::Quantity> quantities = product.other_quantities;
        if (product.quantity) quantities.insert(quantities.begin(), *product.quantity);
        for (const model::Quantity& quantity : quantities) {
            const bool is_told = quantity.qualifier == "about" || quantity.qualifier == "up_to";
            fact("quantity",
                 (is_told ? std::string(code("qualifiers", quantity.qualifier)) + " " : "") +
                     quantity.value + " " + std::string(code("units", quantity.unit)) + " " +
                     quantity.scope);
        }
        out_ += "</dl>\n";
        for (const model::Text& text : product.description)
            paragraph(text);
    }

    void write_hazards(const model::Notice& notice) {
        if (!notice.hazards.empty()) heading("hazards");
        for (const model::Hazard& hazard : notice.hazards) {
            out_ += "<p><strong>" + escaped(code("hazards", hazard.code)) + "</strong></p>\n";
            for (const model::Text& text : hazard.text)
                paragraph(text);
        }
        if (!notice.incidents) return;
        heading("incidents");
        out_ += "<dl>\n";
        fact("reports", notice.incidents->reports);
        fact("injuries", notice.incidents->injuries);
        fact("deaths", notice.incidents->deaths);
        out_ += "</dl>\n";
        for (const model::Text& text : notice.incidents->text)
            paragraph(text);
    }

    void write_measures(const model::Notice& notice) {
        if (!notice.measures.empty()) heading("measures");
        for (const model::Measure& measure : notice.measures) {
            out_ += "<p><strong>" + escaped(code("measures", measure.code)) + "</strong>";
            if (measure.date) out_ += " · " + to_text(*measure.date);
            if (!measure.operator_role.empty()) {
                out_ += " · " + escaped(code("roles", measure.operator_role));
            }
            out_ += "</p>\n";
            for (const model::Text& text : measure.text)
                paragraph(text);
        }
        if (notice.parties.empty()) return;
        heading("parties");
        out_ += "<dl>\n";
        for (const model::Party& party : notice.parties) {
            std::string names = party.name;
            for (const std::string& name : party.trade_names)
                names += " · " + name;
            if (!party.local_name.empty()) names += " · " + party.local_name;
            const std::string comma = party.city.empty() || party.country.empty() ? "" : ", ";
            const std::string place = party.city + comma + party.country;
            fact(code("roles", party.role), names + (place.empty() ? "" : " (" + place + ")"));
        }
        out_ += "</dl>\n";
    }

    void item(std::string_view url, std::string_view text) {
        out_ += "<li>" + link(url, text) + "</li>\n";
    }
    void write_links(const model::Notice& notice) {
        const auto list = [&](std::string_view name, const auto& all, auto show) {
            if (all.empty()) return;
            heading(name);
            out_ += "<ul>\n";
            for (const auto& one : all)
                show(one);
            out_ += "</ul>\n";
        };
        list("listings", notice.listings, [&](const model::NamedListing& one) {
            item(one.url, one.marketplace + " " + one.item);
        });
        list("images", notice.images, [&](const model::Image& one) { item(one.url, one.caption); });
        list("documents", notice.documents,
             [&](const model::DocumentLink& one) { item(one.url, one.title); });
        list("related", notice.related,
             [&](const model::Related& one) { item(one.url, one.relation + " " + one.id); });
    }

    void write_provenance(const model::Notice& notice) {
        if (!notice.provenance) return;
        heading("provenance");
        out_ += "<dl>\n";
        fact("retrieved_at", notice.provenance->retrieved_at);
        fact("mapping", notice.provenance->mapping);
        fact("raw_sha256", notice.provenance->raw_sha256);
        out_ += "</dl>\n";
    }

    const mapping::CodeTables& tables_;
    PageLanguage language_;
    std::string out_;
};

}  // namespace

std::string_view code_word(const mapping::CodeTables& tables, std::string_view table,
                           std::string_view code, PageLanguage language) {
    const mapping::CodeTable* const found = tables.find(table);
    const mapping::Code* const known = found == nullptr ? nullptr : found->find(code);
    if (known == nullptr) return code;
    const std::string& word = language == PageLanguage::chinese ? known->zh : known->en;
    return word.empty() ? code : std::string_view(word);
}

std::string notice_page(const model::Notice& notice, const mapping::CodeTables& tables,
                        PageLanguage language) {
    return Page(tables, language).html(notice);
}

}  // namespace recall::ops
