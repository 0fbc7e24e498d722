// What platforms send: listings a line, and rows of comma-separated values.

#include <sstream>

#include "gateway/json/listing_json.h"
#include "gateway/text/csv.h"
#include "tests/fuzz/target.h"

namespace recall::fuzz {
namespace {

constexpr std::size_t rows_max = 10'000;

bool read_listing(std::string_view line) {
    const auto listing = json::read_listing(line);
    if (!listing) return false;
    const auto again = json::read_listing(json::write_listing(*listing));
    promise(again.ok() && *again == *listing, "JSON does not carry the listing");
    return true;
}

bool read_csv(std::string_view bytes) {
    std::istringstream in{std::string(bytes)};
    const text::CsvLimits limits{.row_bytes_max = 4096, .fields_max = 64};
    text::CsvReader reader(in, limits);
    bool all_taken = true;
    for (std::size_t count = 0; count < rows_max; ++count) {
        const auto row = reader.next();
        if (!row) return all_taken;
        all_taken = all_taken && row->ok();
        promise(!row->ok() || (*row)->size() <= limits.fields_max, "a row has too many fields");
    }
    return all_taken;
}

}  // namespace

Target listing_json_target() {
    const auto seeds = [] {
        return std::vector<std::string>{
            R"({"id":"1","title":"Kettle"})",
            R"({"id":"2","platform":"bazaar","kind":"product","title":"毛绒玩具","lang":"zh-CN",)"
            R"("gtin":"04006381333931","price":"199.00","currency":"CNY",)"
            R"("image_urls":["https://shop.example/1.jpg"],"attributes":{"colour":"red"}})"};
    };
    return {"listing_json", read_listing, seeds};
}

Target csv_target() {
    const auto seeds = [] {
        return std::vector<std::string>{"id,title\r\n1,Kettle\r\n",
                                        "\xEF\xBB\xBFid,title\n1,\"a \"\"b\"\"\nc\"\n2,d"};
    };
    return {"csv", read_csv, seeds};
}

}  // namespace recall::fuzz
