#include "gateway/xml/cap.h"

#include <algorithm>
#include <array>

#include "gateway/xml/value_writer.h"

namespace recall::xml {
namespace {

// §3.2.1: identifier and sender hold no blank, comma or mark-up.
std::string token(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(
        out, [](char c) { return c == ' ' || c == ',' || c == '<' || c == '&' || c == '>'; }, '_');
    return out;
}

// §3.3.2: seconds, and "-00:00" for UTC; "Z" is not allowed.
std::string cap_time(Instant instant) {
    return to_text(std::chrono::floor<std::chrono::seconds>(instant)).substr(0, 19) + "-00:00";
}

std::string identifier(const model::Notice& notice, long long revision) {
    return token(notice.id) + "." + std::to_string(revision);
}

std::string_view text_in(const model::Texts& texts, std::string_view language) {
    const auto found = std::ranges::find(texts, language, &model::Text::lang);
    if (found != texts.end()) return found->text;
    return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

bool is_some(const std::string& count) {
    return count.find_first_of("123456789") != std::string::npos;
}

std::string_view category_of(std::string_view hazard) {
    struct Row {
        std::string_view hazard;
        std::string_view category;
    };
    constexpr std::array rows = {
        Row{"fire", "Fire"},       Row{"burns", "Fire"},         Row{"microbiological", "Health"},
        Row{"chemical", "Health"}, Row{"health_risk", "Health"}, Row{"environment", "Env"},
        Row{"radiation", "CBRNE"}, Row{"security", "Security"}};
    const auto* found = std::ranges::find(rows, hazard, &Row::hazard);
    return found == rows.end() ? "Safety" : found->category;
}

std::string_view severity_of(const model::Notice& notice) {
    if (notice.incidents && is_some(notice.incidents->deaths)) return "Extreme";
    if (notice.risk_level == "serious" || notice.risk_level == "high") return "Severe";
    if (notice.risk_level == "medium") return "Moderate";
    return notice.risk_level == "low" ? "Minor" : "Unknown";
}

std::string_view certainty_of(const model::Notice& notice) {
    const auto& incidents = notice.incidents;
    const bool happened = incidents && (is_some(incidents->reports) ||
                                        is_some(incidents->injuries) || is_some(incidents->deaths));
    return happened ? "Observed" : "Possible";
}

// What to do, as far as the codes say: §3.2.2 responseType.
std::string_view response_of(std::string_view measure) {
    if (measure == "recall_from_end_users" || measure == "refund" || measure == "replace" ||
        measure == "repair" || measure == "dispose") {
        return "Avoid";
    }
    return measure == "warning" ? "Monitor" : "";
}

// CAP demands a media type and sources name none; the name of the file says enough of a picture.
std::string_view picture_type(std::string_view url) {
    const std::string_view path = url.substr(0, url.find_first_of("?#"));
    if (path.ends_with(".png")) return "image/png";
    if (path.ends_with(".gif")) return "image/gif";
    if (path.ends_with(".webp")) return "image/webp";
    return "image/jpeg";
}

class CapWriter {
  public:
    CapWriter(const model::Notice& notice, const CapOptions& options)
        : notice_(notice), options_(options) {}

    std::string alert() {
        const long long revision = std::max(1LL, notice_.revision);
        out_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n";
        add("identifier", identifier(notice_, revision));
        add("sender", token(notice_.source));
        add("sent", cap_time(options_.sent));
        add("status", "Actual");
        const bool has_reference = revision > 1 && options_.before;
        add("msgType", notice_.status == "withdrawn" && has_reference ? "Cancel"
                       : has_reference                                ? "Update"
                                                                      : "Alert");
        const bool is_public = notice_.sensitivity.empty() || notice_.sensitivity == "clear";
        add("scope", is_public ? "Public" : "Restricted");
        if (!is_public) add("restriction", "sensitivity " + notice_.sensitivity);
        if (has_reference) {
            add("references", token(notice_.source) + "," + identifier(notice_, revision - 1) +
                                  "," + cap_time(*options_.before));
        }
        if (notice_.title.empty()) info(notice_.language);
        for (const model::Text& title : notice_.title)
            info(title.lang);
        return std::move(out_) + "</alert>\n";
    }

  private:
    void add(std::string_view name, std::string_view text) {
        if (text.empty()) return;
        const std::string element(name);
        out_ += "<" + element + ">" + escaped(text) + "</" + element + ">\n";
    }

    template <class Names>
    void add_each(std::string_view name, const Names& names) {
        std::vector<std::string_view> told;
        for (const std::string_view one : names) {
            if (std::ranges::find(told, one) != told.end()) continue;
            told.push_back(one);
            add(name, one);
        }
    }

    void info(const std::string& language) {
        out_ += "<info>\n";
        add("language", language);
        std::vector<std::string_view> categories;
        for (const model::Hazard& hazard : notice_.hazards)
            categories.push_back(category_of(hazard.code));
        if (categories.empty()) categories.emplace_back("Safety");
        add_each("category", categories);
        add("event", options_.event);
        std::vector<std::string_view> responses;
        for (const model::Measure& measure : notice_.measures)
            responses.push_back(response_of(measure.code));
        add_each("responseType", responses);
        add("urgency", "Unknown");
        add("severity", severity_of(notice_));
        add("certainty", certainty_of(notice_));
        if (notice_.authority) add("senderName", notice_.authority->name);
        add("headline", text_in(notice_.title, language));
        add("description", text_in(notice_.summary, language));
        add("instruction", instruction(language));
        add("web", notice_.url);
        for (const model::Product& product : notice_.products)
            parameters(product);
        resources();
        out_ += "<area>\n";
        add("areaDesc", notice_.jurisdiction.empty() ? notice_.source : notice_.jurisdiction);
        out_ += "</area>\n</info>\n";
    }

    std::string instruction(std::string_view language) const {
        std::string all;
        for (const model::Measure& measure : notice_.measures) {
            const std::string_view text = text_in(measure.text, language);
            if (!text.empty()) all += (all.empty() ? "" : "\n") + std::string(text);
        }
        return all;
    }

    void parameter(std::string_view name, std::string_view value) {
        out_ += "<parameter>\n";
        add("valueName", name);
        add("value", value);
        out_ += "</parameter>\n";
    }

    void parameters(const model::Product& product) {
        for (const std::string& brand : product.brands)
            parameter("brand", brand);
        for (const std::string& model : product.models)
            parameter("model", model);
        for (const std::string& gtin : product.gtins)
            parameter("gtin", gtin);
        for (const std::string& batch : product.batches)
            parameter("batch", batch);
    }

    void resources() {
        for (const model::Image& image : notice_.images) {
            resource(image.caption.empty() ? "picture" : image.caption, picture_type(image.url),
                     image.url);
        }
        for (const model::DocumentLink& document : notice_.documents) {
            resource(document.title.empty() ? "document" : document.title,
                     document.url.ends_with(".pdf") ? "application/pdf" : "text/html",
                     document.url);
        }
    }
    void resource(std::string_view description, std::string_view type, std::string_view url) {
        if (url.empty()) return;
        out_ += "<resource>\n";
        add("resourceDesc", description);
        add("mimeType", type);
        add("uri", url);
        out_ += "</resource>\n";
    }

    const model::Notice& notice_;
    const CapOptions& options_;
    std::string out_;
};

}  // namespace

std::string write_cap(const model::Notice& notice, const CapOptions& options) {
    return CapWriter(notice, options).alert();
}

}  // namespace recall::xml
