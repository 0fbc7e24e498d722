#include "tests/bench/nhtsa_rows.h"

#include <array>
#include <random>
#include <vector>

namespace recall::bench {
namespace {

constexpr std::array<const char*, 12> makes = {"MERIDIAN", "TALLGRASS", "HARTWELL", "BRANDYWINE",
                                               "ORESUND",  "KESTREL",   "VOLANTE",  "CALDERA",
                                               "NORTHWAY", "PELLUCID",  "GRIPWELL", "LITTLE OTTER"};
constexpr std::array<const char*, 10> models = {"SOLANO", "HAULER", "CITY STAR", "LARK",
                                                "WREN",   "ROVER",  "SUMMIT XL", "GLIDE",
                                                "DART",   "OSPREY"};
constexpr std::array<const char*, 6> components = {
    "AIR BAGS:FRONTAL",          "FUEL SYSTEM, GASOLINE:DELIVERY:HOSES",
    "STEERING:LINKAGES",         "EXTERIOR LIGHTING",
    "SERVICE BRAKES, HYDRAULIC", "ELECTRICAL SYSTEM:WIRING"};
constexpr std::array<const char*, 40> words = {
    "the",   "vehicle", "may",      "leak",    "fuel",     "which",   "can",     "increase",
    "risk",  "of",      "a",        "crash",   "fire",     "bracket", "weld",    "certain",
    "model", "year",    "equipped", "with",    "hose",     "could",   "chafe",   "against",
    "frame", "and",     "wear",     "through", "software", "module",  "display", "dealers",
    "will",  "inspect", "replace",  "free",    "charge",   "owners",  "contact", "service"};

class Tables {
  public:
    explicit Tables(long rows) : rows_(rows) {}

    NhtsaTables make() && {
        // As in the genuine tables: a quarter of the rows stands in the older one.
        constexpr long older_of_four = 1;
        while (out_.rows + long(late_.size()) < rows_) {
            const bool is_older = out_.rows * 4 < rows_ * older_of_four;
            add_campaign(is_older ? out_.before_2010 : out_.since_2010, is_older);
        }
        for (const std::string& row : late_)
            write(out_.since_2010, row);
        return std::move(out_);
    }

  private:
    unsigned pick(unsigned count) { return unsigned(random_() % count); }

    std::string prose(unsigned least, unsigned more) {
        std::string out;
        for (unsigned i = least + pick(more); i > 0; --i) {
            out += words[pick(words.size())];
            if (pick(9) == 0) out += " " + std::to_string(pick(100'000));
            out += i > 1 ? ' ' : '.';
        }
        return out;
    }

    long size_of_campaign() {
        const unsigned kind = pick(1000);
        if (kind == 0) return 1000 + pick(2000);
        if (kind < 30) return 50 + pick(200);
        return 1 + pick(kind < 300 ? 20 : 6);
    }

    void add_campaign(std::string& table, bool is_older) {
        const long number = ++out_.campaigns;
        const std::string year = std::to_string(is_older ? 70 + number % 30 : 10 + number % 16);
        std::string campaign = std::to_string(number % 1000);
        campaign.insert(0, 3 - campaign.size(), '0');
        campaign = year + "V" + campaign + std::to_string(100 + number / 1000);
        const std::string make = makes[pick(makes.size())];
        const std::string texts = prose(60, 60) + "\t" + prose(12, 20) + "\t" + prose(30, 50) +
                                  "\t" + prose(20, 20) + "\t";
        const std::string day = (is_older ? "1999" : "2019") + std::string("0412");
        const long size = size_of_campaign();
        for (long i = 0; i < size; ++i) {
            std::string row =
                campaign + "\t" + make + "\t" + models[pick(models.size())] + " " +
                std::to_string(i / 3) + "\t" + std::to_string(1990 + pick(36)) + "\tR-" +
                std::to_string(number) + "\t" + components[std::size_t(i) % 3] + "\t" + make +
                " MOTOR COMPANY\t20180101\t20190331\tV\t" + std::to_string(number * 7 % 90'000) +
                "\t20190602\tMFR\t" + make + " MOTOR COMPANY\t" + day + "\t" + day +
                "\t571\t208\t" + texts + "0000130001" + std::to_string(number * 100 + i % 3);
            if (!is_older) {
                row += "\tSupplier " + std::to_string(number % 50) + "\tPart\tPN-" +
                       std::to_string(number * 10 + i % 3) + "\tNo\tNo";
            }
            const bool is_late = pick(100) < 3;
            if (is_late) {
                late_.push_back(std::move(row));
            } else {
                write(table, row);
            }
        }
    }

    void write(std::string& table, const std::string& row) {
        table += std::to_string(++out_.rows);
        table += '\t';
        table += row;
        table += "\r\n";
    }

    long rows_;
    std::mt19937_64 random_{20'260'926};
    NhtsaTables out_;
    std::vector<std::string> late_;
};

}  // namespace

NhtsaTables nhtsa_tables(long rows) { return Tables(rows).make(); }

}  // namespace recall::bench
