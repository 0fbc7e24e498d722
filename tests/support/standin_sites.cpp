#include "tests/support/standin_sites.h"

#include <algorithm>
#include <charconv>

namespace recall::test {
namespace {

constexpr std::pair<std::string_view, std::string_view> hosts[] = {
    {"us-cpsc", "www.saferproducts.gov"},
    {"eu-safety-gate", "ec.europa.eu"},
    {"jp-caa", "www.recall.caa.go.jp"},
    {"au-accc", "www.productsafety.gov.au"}};

constexpr std::string_view reports_path = "/safety-gate-alerts/api/download/weeklyReport/";
constexpr std::string_view portal_path = "/safety-gate-alerts/public/api/";
constexpr std::string_view alert_prefix = "alert:";
constexpr std::string_view item_prefix = "item:";
constexpr std::string_view row_prefix = "row:";

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned value = 0;
        if (text[at] == '%' && at + 2 < text.size() &&
            std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16).ptr ==
                text.data() + at + 3) {
            plain += static_cast<char>(value);
            at += 2;
        } else {
            plain += text[at] == '+' ? ' ' : text[at];
        }
    }
    return plain;
}

// Parameters of a query or a form; names in lower case.
std::map<std::string, std::string> parameters(std::string_view text) {
    std::map<std::string, std::string> found;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos)
            found[lower(percent_decoded(pair.substr(0, equals)))] =
                percent_decoded(pair.substr(equals + 1));
    }
    return found;
}

std::map<std::string, std::string> query(const SiteRequest& request) {
    const std::size_t mark = request.target.find('?');
    return mark == std::string::npos
               ? std::map<std::string, std::string>{}
               : parameters(std::string_view(request.target).substr(mark + 1));
}

std::size_t number(const std::string& text, std::size_t otherwise) {
    std::size_t value = 0;
    const char* end = text.data() + text.size();
    return !text.empty() && std::from_chars(text.data(), end, value).ptr == end ? value : otherwise;
}

SiteReply html(int status, std::string body) {
    return {status, "text/html; charset=UTF-8", std::move(body), {}};
}
SiteReply not_found() {
    return html(404, "<!DOCTYPE html><html><head><title>Not found</title></head><body>404</body>");
}

// The day of a JSON member such as "RecallDate": "2026-03-26T00:00:00".
std::string_view member_day(const std::string& object, std::string_view name) {
    const std::string mark = "\"" + std::string(name) + "\":";
    const std::size_t at = object.find(mark);
    if (at == std::string::npos) return {};
    const std::string_view value = std::string_view(object).substr(at + mark.size());
    return between(value, "\"", "\"").substr(0, 10);
}

SiteReply safer_products(const StandInDocuments& documents, const SiteRequest& request) {
    if (lower(request.path()) != "/restwebservices/recall") return not_found();
    const auto asked = query(request);
    // An unknown parameter is ignored, which gives everything.
    const auto within = [&](const std::string& object) {
        for (const char* name : {"RecallDate", "LastPublishDate"}) {
            const std::string_view day = member_day(object, name);
            const auto start = asked.find(lower(name) + "start");
            const auto end = asked.find(lower(name) + "end");
            if ((start != asked.end() && day < start->second) ||
                (end != asked.end() && day > end->second))
                return false;
        }
        return true;
    };
    const auto format = asked.find("format");
    if (format == asked.end() || lower(format->second) != "json")
        return {200, "application/xml; charset=utf-8", "<ArrayOfRecall/>", {}};
    std::string array = "[";
    for (const auto& [id, object] : documents)
        if (within(object)) array += (array.size() > 1 ? "," : "") + object;
    return {200,
            "application/json; charset=utf-8",
            array + "]",
            {{"Cache-Control", "no-cache"}, {"Pragma", "no-cache"}, {"Expires", "-1"}}};
}

void add(std::string& text, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
        text += part;
}

std::string plain_element(const std::string& report, const std::string& name) {
    std::string_view value = between(report, "<" + name + ">", "</" + name + ">");
    const std::string_view inner = between(value, "<![CDATA[", "]]>");
    return std::string(inner.empty() ? value : inner);
}

std::string report_index(const StandInDocuments& documents) {
    std::string index = R"(<?xml version="1.0" encoding="UTF-8"?><weeklyReports>)";
    for (const auto& [number, report] : documents) {
        if (number.starts_with(alert_prefix)) continue;
        const std::string date = plain_element(report, "report_date");  // dd/MM/yyyy
        const std::string year = plain_element(report, "report_year");
        const std::string week = plain_element(report, "report_week");
        add(index, {"<weeklyReport><reference>Report-",
                    year,
                    "-",
                    week,
                    "</reference><publicationDate>",
                    date,
                    "</publicationDate><year>",
                    year,
                    "</year><month>",
                    date.substr(3, 2),
                    "</month><day>",
                    date.substr(0, 2),
                    "</day><week>",
                    week,
                    "</week><URL>https://ec.europa.eu",
                    reports_path,
                    "detail/xml/",
                    number,
                    "?language=en&amp;search=WEB_REPORT%7C:%7C",
                    number,
                    ",</URL><report_language>en</report_language></weeklyReport>"});
    }
    return index + "</weeklyReports>\r\n";
}

std::string_view json_text(const std::string& object, const std::string& name) {
    return between(object, "\"" + name + "\":\"", "\"");
}

// The portal's own interface: its search, and an alert in a language.
SiteReply safety_gate_json(const StandInDocuments& documents, const SiteRequest& request) {
    const std::string path = request.path().substr(portal_path.size());
    const std::string json = "application/json";
    if (path == "search") {
        // A body with a member less, or a date that is no text, is refused.
        if (request.method != "POST" ||
            request.body.find("\"isForMostRecent\":false") == std::string::npos ||
            json_text(request.body, "publicationDateFrom").empty())
            return {405, json, R"({"status":405,"error":"Method Not Allowed"})", {}};
        std::vector<std::string> items;
        for (const auto& [name, alert] : documents) {
            if (!name.starts_with(alert_prefix) || !name.ends_with(":en")) continue;
            std::string item = "{\"id\":";
            add(item,
                {name.substr(alert_prefix.size(), name.size() - alert_prefix.size() - 3),
                 ",\"reference\":\"", json_text(alert, "reference"), "\",\"publicationDate\":\"",
                 json_text(alert, "publicationDate"), "\",\"product\":{\"brands\":[]}}"});
            items.push_back(std::move(item));
        }
        const std::string page(between(request.body, "\"page\":", "}"));
        std::string content;
        for (const std::string& item : items)
            content += (content.empty() ? "" : ",") + item;
        const std::string total = std::to_string(items.size());
        if (page != "0") content.clear();
        return {200,
                json,
                "{\"content\":[" + content + "],\"last\":true,\"totalElements\":" + total + "}",
                {}};
    }
    constexpr std::string_view notification = "notification/";
    auto asked = query(request);
    const std::string id = path.substr(std::min(path.size(), notification.size()));
    const auto found = documents.find(std::string(alert_prefix) + id + ":" + asked["language"]);
    return found == documents.end() ? not_found() : SiteReply{200, json, found->second, {}};
}

SiteReply safety_gate(const StandInDocuments& documents, const SiteRequest& request) {
    const std::string path = request.path();
    if (path.starts_with(portal_path) && is_browser(request))
        return safety_gate_json(documents, request);
    if (!path.starts_with(reports_path)) return not_found();
    if (!is_browser(request)) return html(200, site_interstitial());
    const std::string rest = path.substr(reports_path.size());
    if (rest == "list/xml/en")
        return {200, "application/xml;charset=UTF-8", report_index(documents), {}};
    const std::string number = rest.substr(rest.rfind('/') + 1);
    const auto report = documents.find(number);
    if (!rest.starts_with("detail/xml/") || report == documents.end()) return not_found();
    const auto asked = query(request);
    const auto search = asked.find("search");
    // The stray comma of the index, left where it is, is refused, and so is a missing search=.
    if (search == asked.end() || search->second != "WEB_REPORT|:|" + number)
        return {400, "application/json", R"({"status":400,"error":"Bad Request"})", {}};
    return {200, "application/xml;charset=UTF-8", report->second, {}};
}

struct Row {
    std::string rcl;
    std::string category_number;
    std::string category;
    std::string posted;
};

std::vector<Row> rows_newest_first(const StandInDocuments& documents) {
    std::vector<Row> rows;
    for (const auto& [name, text] : documents) {
        if (!name.starts_with(row_prefix)) continue;
        const std::size_t first = text.find('\t');
        const std::size_t second = text.find('\t', first + 1);
        rows.push_back({name.substr(row_prefix.size()), text.substr(0, first),
                        text.substr(first + 1, second - first - 1), text.substr(second + 1)});
    }
    std::ranges::sort(rows, [](const Row& left, const Row& right) {
        return std::pair(left.posted, left.rcl) > std::pair(right.posted, right.rcl);
    });
    return rows;
}

std::string row_html(const Row& row, const std::string& page) {
    const std::size_t at = page.find("class=\"detail_title\"");
    const std::string_view whole = page;
    const std::string title(at == std::string::npos ? ""
                                                    : between(whole.substr(at), "<h3>", "</h3>"));
    return "<tr>\n<td><span class=\"result_list_category category_" + row.category_number + "\">" +
           row.category + "</span></td>\n<td><img src=\"/img/product/" + row.rcl +
           "_1.jpg\" alt=\"\"></td>\n<td class=\"new_window\"><a href=\"/result/detail.php?rcl=" +
           row.rcl + "&amp;screenkbn=01\">" + title +
           "</a></td>\n<td><span class=\"result_list_post_date\">" + row.posted +
           "</span></td>\n<td><span class=\"result_list_start_date\">" + row.posted +
           "</span></td>\n</tr>\n";
}

std::string list_html(const StandInDocuments& documents, std::size_t per_page, std::size_t page) {
    const std::vector<Row> rows = rows_newest_first(documents);
    const std::size_t first = std::min(rows.size(), page * per_page);
    const std::size_t last = std::min(rows.size(), first + per_page);
    const std::string count = "<p>" + std::to_string(rows.size()) + "件中　" +
                              std::to_string(first + 1) + "-" + std::to_string(last) +
                              "件を表示中</p>\n";
    std::string text =
        "\n<!DOCTYPE HTML>\n<html "
        "lang=\"ja\">\n<head>\n<title>検索結果｜リコール情報サイト｜消費者庁"
        "</title>\n<meta charset=\"utf-8\">\n</head>\n<body>\n<div id=\"contents_inner\">\n<div "
        "class=\"search_result\">\n" +
        count +
        "<div class=\"search_result_main\">\n<table>\n<thead><tr><th>分類</th><th>画像</th>"
        "<th>商品名</th><th><span class=\"result_list_post_date\">掲載日</span></th>"
        "<th>対応開始日</th></tr></thead>\n<tbody>\n";
    for (std::size_t at = first; at < last; ++at) {
        const auto found = documents.find(rows[at].rcl);
        text += row_html(rows[at], found == documents.end() ? std::string() : found->second);
    }
    return text + "</tbody>\n</table>\n</div>\n" + count + "</div>\n</div>\n</body>\n</html>\n";
}

SiteReply consumer_affairs(const StandInDocuments& documents, const SiteRules& rules,
                           const SiteRequest& request) {
    if (request.path() == "/result/index.php") {
        auto asked = request.method == "POST" ? parameters(request.body) : query(request);
        const std::size_t per_page =
            std::clamp<std::size_t>(number(asked["viewcountdden"], 15), 1, rules.list_rows_max);
        return html(200, list_html(documents, per_page, number(asked["paginghidden"], 0)));
    }
    if (request.path() != "/result/detail.php") return not_found();
    const auto page = documents.find(query(request)["rcl"]);
    if (page == documents.end())
        return html(200,
                    "\n<!DOCTYPE HTML>\n<html lang=\"ja\"><head><title>エラー</title></head>"
                    "<body><p>該当する情報はありません。</p></body></html>\n");
    return html(200, page->second);
}

enum class FeedBundle { recalls, unknown };

std::string feed_xml(const StandInDocuments& documents, FeedBundle bundle) {
    std::vector<std::string> items;
    for (const auto& [name, item] : documents)
        if (bundle == FeedBundle::recalls && name.starts_with(item_prefix)) items.push_back(item);
    const auto day = [](const std::string& item) {
        return std::string(between(item, "datetime=\"", "\""));
    };
    std::ranges::sort(items, std::ranges::greater(), day);
    std::string feed =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" version=\"2.0\" "
        "xml:base=\"https://www.productsafety.gov.au/\">\n  <channel>\n    <title>RSS "
        "Feed</title>\n    <link>https://www.productsafety.gov.au/</link>\n    <description/>\n    "
        "<language>en</language>\n    \n";
    for (const std::string& item : items)
        add(feed, {"    ", item, "\n"});
    return feed + "  </channel>\n</rss>\n";
}

SiteReply product_safety(const StandInDocuments& documents, const SiteRequest& request) {
    const std::string path = request.path();
    // A bundle that it does not know is an empty channel.
    if (path.starts_with("/rss/feed.xml/"))
        return {200,
                "application/rss+xml; charset=utf-8",
                feed_xml(documents, path == "/rss/feed.xml/psa_recall" ? FeedBundle::recalls
                                                                       : FeedBundle::unknown),
                {}};
    const std::string folder = "/search-consumer-product-recalls/";
    if (!path.starts_with(folder)) return not_found();
    const auto page = documents.find(path.substr(folder.size()));
    return page == documents.end() ? not_found() : html(200, page->second);
}

constexpr std::pair<std::string_view, std::string_view> robots[] = {
    {"us-cpsc", "User-agent: *\nDisallow: /Admin/\n"},
    {"eu-safety-gate", "User-agent: *\nDisallow: /search/\nAllow: /safety-gate-alerts/\n"},
    {"au-accc",
     "User-agent: *\nDisallow: /core/\nDisallow: /admin/\nDisallow: /search/\nDisallow: /user/\n"}};

}  // namespace

std::string SiteRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

std::string site_source(std::string_view host) {
    for (const auto& [source, name] : hosts)
        if (name == host) return std::string(source);
    return {};
}

std::string site_host(std::string_view source) {
    for (const auto& [name, host] : hosts)
        if (name == source) return std::string(host);
    return {};
}

bool is_browser(const SiteRequest& request) {
    return request.header("user-agent").starts_with("Mozilla/");
}

std::string site_interstitial() {
    return "<!DOCTYPE html><html><head><script src=\"/ruxitagentjs.js\"></script></head><body>"
           "<noscript>Please enable JavaScript to view the page content.</noscript></body></html>";
}

SiteReply site_reply(const StandInData& data, const SiteRules& rules, const SiteRequest& request) {
    const std::string source = site_source(request.host);
    const auto documents = data.find(source);
    if (request.path() == "/robots.txt") {
        for (const auto& [name, text] : robots)
            if (name == source) return {200, "text/plain; charset=utf-8", std::string(text), {}};
        return not_found();
    }
    if (documents == data.end()) return not_found();
    if (source == "us-cpsc") return safer_products(documents->second, request);
    if (source == "eu-safety-gate") return safety_gate(documents->second, request);
    if (source == "jp-caa") return consumer_affairs(documents->second, rules, request);
    return product_safety(documents->second, request);
}

}  // namespace recall::test
