#include "tests/bench/fill_documents.h"

#include <array>
#include <cstdio>
#include <random>

namespace recall::bench {
namespace {

constexpr long first_report = 10'000'268;
constexpr long weeks = 52;

constexpr std::array<const char*, 8> brands = {"Brumbär & Sohn", "Lumifun",   "Kestrelio",
                                               "Oresund",        "Tallgrass", "Volantino",
                                               "Pellucid",       "Hartwell"};
constexpr std::array<const char*, 8> kinds = {"Soft toy", "Fancy dress",    "Skin cream",
                                              "Charger",  "Lighting chain", "Baby rattle",
                                              "Helmet",   "Candle"};
constexpr std::array<const char*, 6> categories = {"Toys",
                                                   "Cosmetics",
                                                   "Electrical appliances and equipment",
                                                   "Lighting chains",
                                                   "Protective equipment",
                                                   "Chemical products"};
constexpr std::array<const char*, 6> risks = {"Choking", "Chemical",    "Electric shock",
                                              "Fire",    "Burns, Fire", "Choking, Suffocation"};
constexpr std::array<const char*, 5> countries = {"Germany", "France", "Poland", "Sweden",
                                                  "Czechia"};
constexpr std::array<const char*, 24> words = {
    "the",   "product", "may", "release", "small", "parts",        "which", "a",
    "child", "can",     "put", "in",      "its",   "mouth",        "and",   "choke",
    "on",    "does",    "not", "comply",  "with",  "requirements", "of",    "standard"};

class Texts {
  public:
    unsigned pick(std::size_t count) { return unsigned(random_() % count); }
    template <class List>
    std::string one_of(const List& list) {
        return list[pick(list.size())];
    }
    std::string prose(unsigned least, unsigned more) {
        std::string out;
        for (unsigned i = least + pick(more); i > 0; --i)
            out += words[pick(words.size())] + std::string(i > 1 ? " " : ".");
        return out;
    }
    // Thirteen digits with the right check digit.
    std::string barcode() {
        std::string out = "400";
        while (out.size() < 12)
            out += char('0' + pick(10));
        unsigned sum = 0;
        for (std::size_t i = 0; i < out.size(); ++i)
            sum += unsigned(out[i] - '0') * (i % 2 == 0 ? 1 : 3);
        return out + char('0' + (10 - sum % 10) % 10);
    }

  private:
    std::mt19937 random_{20'260'101};
};

std::string element(const char* name, const std::string& text) {
    return "<" + std::string(name) + "><![CDATA[" + text + "]]></" + name + ">";
}

std::string alert(Texts& texts, long number, long order) {
    const std::string id = std::to_string(10'500'000 + number);
    char reference[64];
    std::snprintf(reference, sizeof reference, "SR/%05ld/26", number);
    std::string codes = texts.pick(5) < 3 ? texts.barcode() : "";
    if (texts.pick(20) == 0) codes += texts.barcode();
    return R"(<notifications xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" )"
           R"(xsi:type="webReportXmlWeeklyReportDetailMotorVehicleContentDto">)" +
           element("order", std::to_string(order)) + element("caseNumber", reference) +
           element("reference",
                   "https://ec.europa.eu/safety-gate-alerts/screen/webReport/alertDetail/" + id) +
           element("category", texts.one_of(categories)) + element("product", texts.one_of(kinds)) +
           element("brand", texts.one_of(brands)) + element("name", texts.prose(2, 4)) +
           element("type_numberOfModel", "M-" + id.substr(3) + ", M-" + id.substr(4)) +
           "<batchNumber/>" + element("barcode", codes) + element("riskType", texts.one_of(risks)) +
           element("danger", texts.prose(30, 40)) +
           element("measures",
                   "Type of economic operator taking notified measure(s): ImporterCategory of "
                   "measure(s): Recall of the product from end usersDate of entry into force: "
                   "01/02/2026") +
           "<URLrecall/>" + element("description", texts.prose(15, 30)) +
           element("notifyingCountry", texts.one_of(countries)) +
           element("countryOfOrigin", "People's Republic of China") + element("type", "Consumer") +
           element("level", "Serious risk") + "<pictures>" +
           element("picture",
                   "https://ec.europa.eu/safety-gate-alerts/public/api/notification/image/" + id) +
           "</pictures><onlineTrader/><companyRecallCode/><productionDates/></notifications>";
}

std::string day_of(long report) {
    const long month = 1 + report * 12 / weeks;
    char text[64];
    std::snprintf(text, sizeof text, "%02ld/%02ld/2026", 1 + report % 28, month);
    return text;
}

}  // namespace

std::vector<std::string> weekly_reports(long alerts) {
    Texts texts;
    std::vector<std::string> out;
    long number = 0;
    for (long report = 0; report < weeks; ++report) {
        std::string text = R"(<?xml version="1.0" encoding="UTF-8"?><Safety-Gate>)" +
                           element("report_language", "en") +
                           element("report_date", day_of(report)) +
                           "<report_year>2026</report_year><report_week>" +
                           std::to_string(report + 1) + "</report_week>";
        // One report in four corrects an alert of an earlier one.
        char corrected[128] = "";
        if (report % 4 == 3)
            std::snprintf(corrected, sizeof corrected,
                          "Notification SR/%05ld/26 has been withdrawn.", number / 2);
        text += element("report_addendum", corrected);
        const long end = (report + 1) * alerts / weeks;
        for (long order = 1; number < end; ++order)
            text += alert(texts, number++, order);
        out.push_back(text + "</Safety-Gate>\r\n");
    }
    return out;
}

std::string report_number(long report) { return std::to_string(first_report + report); }

std::string report_index(long reports) {
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?><weeklyReports>)";
    for (long report = 0; report < reports; ++report) {
        const std::string number = report_number(report);
        out += "<weeklyReport><reference>Report-2026-" + std::to_string(report + 1) +
               "</reference><publicationDate>" + day_of(report) +
               "</publicationDate><URL>https://ec.europa.eu/safety-gate-alerts/api/download/"
               "weeklyReport/detail/xml/" +
               number + "?language=en&amp;search=WEB_REPORT%7C:%7C" + number +
               ",</URL></weeklyReport>";
    }
    return out + "</weeklyReports>\r\n";
}

std::vector<std::string> canadian_dump(long rows) {
    constexpr std::array<const char*, 4> organizations = {"TC", "Medical devices", "CFIA",
                                                          "Consumer product safety"};
    Texts texts;
    std::string out = "[";
    for (long row = 0; row < rows; ++row) {
        const std::string number = std::to_string(90'000 - row);
        const std::string title =
            texts.one_of(kinds) + " of " + texts.one_of(brands) + " recalled: " + texts.prose(3, 6);
        char day[80];
        std::snprintf(day, sizeof day, "20%02ld-%02ld-%02ld", 26 - row / 3000, 12 - row % 12,
                      1 + row % 28);
        out += std::string(row > 0 ? "," : "") + R"({"NID":")" + number + R"(","Title":")" + title +
               R"(","URL":"https:\/\/recalls-rappels.canada.ca\/en\/alert-recall\/item-)" + number +
               R"(","Organization":")" + organizations[texts.pick(organizations.size())] +
               R"(","Product":)" + (row % 2 == 0 ? "null" : "\"" + texts.prose(3, 5) + "\"") +
               R"(,"Issue":"Fire hazard","What you should do":")" +
               (row % 13 == 0 ? texts.prose(100, 60) : "") +
               R"(","Category":"Toys","Recall class":"","Last updated":")" + day +
               R"(","Archived":"0"})";
    }
    return {out + "]\n"};
}

std::vector<std::string> enforcement_reports(long rows) {
    Texts texts;
    std::string out = R"({"meta":{"results":{"skip":0,"limit":1000}},"results":[)";
    for (long row = 0; row < rows; ++row) {
        const std::string number = std::to_string(10'000 + row);
        char day[80];
        std::snprintf(day, sizeof day, "20%02ld%02ld%02ld", 26 - row / 3000, 12 - row % 12,
                      1 + row % 28);
        out += std::string(row > 0 ? "," : "") + R"({"recall_number":"F-)" + number +
               R"(-2026","event_id":")" + std::to_string(70'000 + row / 4) +
               R"(","product_type":"Food","status":"Ongoing","classification":"Class II",)" +
               R"("recalling_firm":")" + texts.one_of(brands) +
               R"( Foods","address_1":"1 Main St","address_2":"N/A","city":"Ottertown",)" +
               R"("state":"CA","postal_code":"90000","country":"United States",)" +
               R"("voluntary_mandated":"Voluntary: Firm initiated",)" +
               R"("initial_firm_notification":"Letter","distribution_pattern":"Nationwide",)" +
               R"("product_description":")" + texts.prose(10, 20) + " UPC " + texts.barcode() +
               R"(","product_quantity":"1,990 bottles","reason_for_recall":")" +
               texts.prose(5, 10) + R"(","recall_initiation_date":")" + day +
               R"(","report_date":")" + day + R"(","code_info":"Lot L-)" + number +
               R"(","openfda":{}})";
    }
    return {out + "]}"};
}

}  // namespace recall::bench
