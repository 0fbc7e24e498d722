// recallgw import listings | products: files of platforms and of the domestic register into the
// database.

#include <fstream>
#include <iostream>

#include "gateway/catalogue/intake.h"
#include "gateway/catalogue/row_reader.h"
#include "gateway/json/writer.h"
#include "gateway/ops/configuration.h"
#include "gateway/ops/open_database.h"

namespace recall::ops {
namespace {

constexpr std::string_view register_platform = "register";

// Tells people on standard error, and machines in a file, what was wrong with which row.
class Report {
  public:
    explicit Report(const std::string& path) {
        if (path.empty()) return;
        file_.open(path, std::ios::binary | std::ios::trunc);
        if (!file_) throw Failure(ErrorCode::usage, path + " cannot be written");
    }

    void add(const std::string& path, const catalogue::Row& row, bool is_stored) {
        for (const catalogue::Finding& finding : row.judged.findings) {
            std::cerr << path << ':' << row.line << ": "
                      << (is_stored ? "stored, but " : "refused: ")
                      << (finding.member.empty() ? "the row" : finding.member) << ": "
                      << finding.reason << " (" << spelling(finding.code) << ")\n";
            if (file_.is_open()) write(path, row, is_stored, finding);
        }
    }
    void finish() {
        if (!file_.is_open()) return;
        file_.close();
        if (!file_) throw Failure(ErrorCode::io, "the file of refused rows could not be written");
    }

  private:
    void write(const std::string& path, const catalogue::Row& row, bool is_stored,
               const catalogue::Finding& finding) {
        json::Writer out;
        out.begin_object().member("file", path).member("line", static_cast<long long>(row.line));
        if (!row.judged.id.empty()) out.member("id", row.judged.id);
        if (!finding.member.empty()) out.member("field", finding.member);
        out.member("code", spelling(finding.code)).member("reason", finding.reason);
        out.member("stored", is_stored).end_object();
        file_ << out.text() << '\n';
    }

    std::ofstream file_;
};

// How many rows there were.
long long read_into(const std::string& path, const catalogue::Expected& expected,
                    catalogue::Intake& intake, Report& report) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Failure(ErrorCode::usage, path + " cannot be read");
    auto rows = catalogue::RowReader::open(in, expected);
    if (!rows) throw Failure(ErrorCode::usage, path + ": " + rows.error().text);
    long long count = 0;
    while (std::optional<catalogue::Row> row = rows->next()) {
        ++count;
        const bool is_stored = intake.add(row->line, row->judged);
        report.add(path, *row, is_stored);
    }
    intake.finish();
    return count;
}

void print_counts(const catalogue::Counts& counts) {
    json::Writer out;
    out.begin_object().member("created", counts.created).member("changed", counts.changed);
    out.member("unchanged", counts.unchanged).member("refused", counts.refused).end_object();
    std::cout << out.text() << '\n';
}

Result<int> import_rows(const Arguments& arguments, const catalogue::Expected& expected) {
    if (arguments.words().empty()) return Error{ErrorCode::usage, "give one FILE or more"};
    const settings::Settings settings = load_settings(arguments);
    Report report(arguments.value("refused"));
    const SystemClock clock;
    const auto database = open_migrated_database(settings);
    catalogue::Counts total;
    int exit_code = exit_done;
    for (const std::string& path : arguments.words()) {
        catalogue::Intake intake(*database, clock);
        if (read_into(path, expected, intake, report) == 0) {
            std::cerr << path << ": no rows: nothing was in it to import\n";
            exit_code = exit_not_so;
        }
        total += intake.counts();
    }
    report.finish();
    print_counts(total);
    return total.refused > 0 ? exit_quarantined : exit_code;
}

Result<int> import_listings(const Arguments& arguments) {
    return import_rows(arguments, {.platform = arguments.value("platform"), .kind = "listing"});
}

Result<int> import_products(const Arguments& arguments) {
    return import_rows(
        arguments, {.platform = arguments.value("platform", register_platform), .kind = "product"});
}

constexpr std::string_view details =
    "Takes one JSON object a line (NDJSON), or CSV whose first row names the columns: id, title\n"
    "(both needed), platform, kind, lang, brand, model, gtin, url, image_urls (parted by blanks),\n"
    "seller, manufacturer, origin_country, category, price, currency, updated_at, and\n"
    "attributes.NAME for whatever else is known. UTF-8, with or without a byte order mark. XLSX\n"
    "and XML feeds are not taken yet.\n"
    "A row is refused, and the rest goes on, when it is not well-formed, names a member that does\n"
    "not exist (put it into attributes), lacks id, title or platform, holds a text over its "
    "limit,\n"
    "or a link, amount, date or code that is none, or repeats an id of the same file. A wrong\n"
    "GTIN refuses nothing: it is told and kept as the attribute gtin_as_sent.\n"
    "What is there already is replaced. Prints the counts as JSON. Rows are stored 1,000 at a\n"
    "time; when the command is broken off, run it again: what is stored counts as unchanged.\n"
    "Exit 0 done, 1 a file had no rows, 2 a file that is not taken, 3 rows were refused.";

constexpr OptionSpec refused_option{"refused", "FILE",
                                    "write what was wrong as JSON, one finding a line"};

}  // namespace

const Command& import_listings_command() {
    static const Command command{
        "import listings",
        "store a platform's listings from files",
        "FILE…",
        with_settings({{"platform", "ID", "the platform of all rows; else each row names its own"},
                       refused_option}),
        details,
        import_listings};
    return command;
}

const Command& import_products_command() {
    static const Command command{
        "import products",
        "store products of the domestic register from files",
        "FILE…",
        with_settings(
            {{"platform", "ID", "the register that all rows are from (register)"}, refused_option}),
        details,
        import_products};
    return command;
}

}  // namespace recall::ops
