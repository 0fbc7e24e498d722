// Converters, one table: what goes in, through what, and what comes out.

#include "gateway/mapping/converter.h"

#include <boost/test/unit_test.hpp>

namespace recall::mapping {

namespace {

const CodeTables& tables() {
    static const auto loaded =
        CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE_MESSAGE(loaded.ok(), (loaded.ok() ? std::string() : loaded.error().text));
    return *loaded;
}

std::string joined(const Values& values) {
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : "|") + value;
    return out;
}

struct Row {
    const char* as;
    Values in;
    const char* out;
    const char* problems = "";  // codes
};

void check(const Row& row) {
    BOOST_TEST_CONTEXT(row.as << " of " << joined(row.in).substr(0, 100)) {
        const auto pipeline = Pipeline::compile(row.as, tables());
        BOOST_REQUIRE_MESSAGE(pipeline.ok(),
                              (pipeline.ok() ? std::string() : pipeline.error().text));
        Values values = row.in;
        std::vector<Problem> problems;
        pipeline->run(values, problems);
        std::string codes;
        for (const Problem& problem : problems)
            codes += (codes.empty() ? "" : " ") + std::string(spelling(problem.code));
        BOOST_TEST(joined(values) == row.out);
        BOOST_TEST(codes == row.problems);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(named_converters)

BOOST_AUTO_TEST_CASE(texts_are_cut_joined_and_cleaned) {
    const Row rows[] = {
        {"html", {"Print &amp; Colour"}, "Print & Colour"},
        {"html", {"a <b>bold</b> word"}, "a bold word"},
        {"html", {"cut <font color=\"#ff"}, "cut"},
        {"html", {"2 < 3 and 4 > 3"}, "2 < 3 and 4 > 3"},
        {"html", {"&#x4e2d;&#25991; &unknown; &"}, "中文 &unknown; &"},
        {"html", {"<br>"}, ""},
        {"split(',', ';', ' / ')", {"a, b;c / d,,e"}, "a|b|c|d|e"},
        {"sentences",
         {"SR/00001/26 was updated. SR/00002/26 was too."},
         "SR/00001/26 was updated.|SR/00002/26 was too."},
        {"sentences",
         {"On measures.Notifications A and B : no. 0744/12 was removed"},
         "On measures.|Notifications A and B : no.|0744/12 was removed"},
        {"sentences",
         {"Number 0559.11 of e.g. this, EN 71-1.2?  Yes!"},
         "Number 0559.11 of e.g. this, EN 71-1.2?|Yes!"},
        {"sentences", {"", " "}, ""},
        {"split(',')", {""}, ""},
        {"join(' ')", {"a", "b"}, "a b"},
        {"join(' ')", {}, ""},
        {"first", {"a", "b"}, "a"},
        {"last", {"a", "b"}, "b"},
        {"unique", {"a", "b", "a"}, "a|b"},
        {"drop('Unknown', '-')", {"UNKNOWN", "x", "-"}, "x"},
        {"drop-prefix('null ')", {"null It burns", "nullable"}, "It burns|nullable"},
        {"before('(')", {"About 9 (and 3)", "none"}, "About 9|none"},
        {"after(' of ')", {"Firm, of China", "Firm"}, "China"},
        {"after-last('/')", {"a/b/-77", "c"}, "-77|c"},
        {"url('https://h.example')",
         {"/a b.png", "https://x/y", "//z/1"},
         "https://h.example/a%20b.png|https://x/y|https://z/1"},
        {"like('*/recall/#')",
         {"https://c/recall/78121", "https://c/recall/words"},
         "https://c/recall/78121"},
        {"prefix('x:')", {"1"}, "x:1"},
        {"become('USD')", {"1"}, "USD"},
        {"type-approvals", {"VT", "e1*2018/858*00999*01", "e", "east*1"}, "e1*2018/858*00999*01"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(codes_are_looked_up_and_never_guessed) {
    const Row rows[] = {
        {"code(countries)", {"People's Republic of China"}, "CN"},
        {"code(countries)", {"PEOPLE’S REPUBLIC OF CHINA"}, "CN"},
        {"code(countries)",
         {"The Netherlands", "Türkiye", "United Stateso", "Ivory Coast"},
         "NL|TR|US|CI"},
        {"code(countries)", {"Atlantis"}, "", "unknown-code"},
        {"code(countries)", {""}, "", "unknown-code"},
        {"code(risk_levels)", {"Serious risk", "Other risk levels"}, "serious"},
        {"labels(hazards, other)",
         {"Electric shock, Health risk / other, Fire"},
         "electric_shock|health_risk|fire"},
        {"labels(hazards, other)", {"Injuries, break, bruise, sprain"}, "injuries"},
        {"labels(hazards, other)",
         {"Discomfort, of some kind, Fire"},
         "other|fire",
         "unknown-code"},
        {"labels(hazards)", {"Discomfort"}, "", "unknown-code"},
        {"dotnet-date", {"/Date(1476417600000-0400)/"}, "2016-10-14"},
        {"dotnet-date", {"/Date(-86400000)/"}, "1969-12-31"},
        {"dotnet-date", {"/Date(9223372036854775807+9999)/"}, "/Date(9223372036854775807+9999)/"},
        {"words(hazards)", {"posing fire and burn hazards"}, "burns|fire"},
        {"words(hazards)", {"firewood is sold"}, ""},
        {"words(hazards, other)", {"nothing known"}, "other"},
        {"words(hazards)", {"発火のおそれがある"}, "fire"},
        {"choose('a', '1', 'b', '2')", {"A", "b", "c"}, "1|2", "unknown-code"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(barcodes_are_found_split_and_proved) {
    const Row rows[] = {
        {"gtins", {"4006381333931"}, "04006381333931"},
        {"gtins", {"4006381333932"}, "", "bad-gtin"},
        {"gtins", {"000000000000"}, "", "bad-gtin"},
        {"gtins", {"0000000000000", "11111115"}, "00000011111115", "bad-gtin"},
        {"gtins", {"00000000 4006381333931"}, "04006381333931", "bad-gtin"},
        {"gtins", {"036000291452"}, "00036000291452"},
        {"gtins",
         {"400638133393140063813339484006381333955"},
         "04006381333931|04006381333948|04006381333955"},
        {"gtins", {"8 431175 059074"}, "08431175059074"},
        {"gtins", {"1) 4026272053021, 2) 4006381333931"}, "04026272053021|04006381333931"},
        {"gtins", {"5205846446479."}, "05205846446479"},
        {"gtins", {"9999999999999999999"}, "", "unsplit-gtins"},
        {"gtins", {"Several barcodes"}, "", "bad-gtin"},
        {"gtins", {"EAN 4006381333931, EAN 4006381333931"}, "04006381333931"},
        {"gtins(prose)",
         {"ABC20095973, tel 0120078815, JAN ４９０１２３４５６７８９４"},
         "04901234567894"},
        {"restore-zero",
         {"36000291452", "36000291453", "036000291452"},
         "036000291452|36000291453|036000291452"},
    };
    for (const Row& row : rows)
        check(row);
    check({"gtins", {std::string(1'000'000, '1')}, "", "unsplit-gtins"});
}

BOOST_AUTO_TEST_CASE(numbers_are_read_out_of_prose) {
    const Row rows[] = {
        {"number", {"About 9,350"}, "9350"},
        {"number", {"Up to 1.5 million"}, "1500000"},
        {"number", {"007"}, "7"},
        {"number", {"Millions"}, "", "bad-number"},
        {"number", {"approx. 1 200 pcs"}, "1200"},
        {"number", {"1\u00A0200\u00A0000"}, "1200000"},
        {"number", {"1\u202F200", "12\u2009345"}, "1200|12345"},
        {"number", {"1'200", "1\u2019200.5"}, "1200|1200.5"},
        {"number", {"3 thousand", "2.5 Thousand", "1 billion"}, "3000|2500|1000000000"},
        {"number", {"222, 600 bottles"}, "222600"},
        {"number", {"5 20 30", "12 3456", "0 123", "1234 567"}, "5|12|0|1234"},
        {"number", {"12, 15 and 20"}, "12"},
        {"number", {"0.50"}, "0.50"},
        {"number", {"12,5 kg"}, "", "bad-number"},
        {"number", {"1.200.000"}, "", "bad-number"},
        {"number", {"12.05.2024"}, "", "bad-number"},
        {"number", {"1,20,000"}, "", "bad-number"},
        {"number", {"0,123"}, "", "bad-number"},
        {"number('de')", {"12,5 kg", "1.200.000 Stück", "1.234,56"}, "12.5|1200000|1234.56"},
        {"number('de')", {"12.5"}, "", "bad-number"},
        {"number('de-CH')", {"1’200.5"}, "1200.5"},
        {"unit", {"50 Stück", "1,990 bottles", "1.5 million pcs"}, "Stück|bottles|pcs"},
        {"unit", {"3 thousands", "200"}, ""},
        {"unit", {"1\u00A0200 шт.", "12,5 kg"}, "шт|kg"},
        {"money('$')", {"for about $40."}, "40"},
        {"money('$')", {"for between $5 and $10."}, ""},
        {"money('$')", {"for $1,299.95"}, "1299.95"},
        {"money('$')", {"free"}, ""},
        {"count('injur', 'burn')", {"11 reports, including two minor burn injuries."}, "2"},
        {"count('report')", {"The firm has received 11 reports."}, "11"},
        {"count('injur')", {"No injuries have been reported."}, "0"},
        {"count('injur')", {"It injured 3."}, ""},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(dates_become_iso) {
    const Row rows[] = {
        {"date('dd/MM/yyyy')", {"01/02/2024"}, "2024-02-01"},
        {"date('dd/MM/yyyy')", {"31/02/2024"}, "", "bad-date"},
        {"date('yyyy年M月d日')", {"0000年12月 0日"}, "", "bad-date"},
        {"date('d. MMM yyyy', 'de')",
         {"9. März 2026", "1. OKTOBER 2026", "1. Dez. 2026", "1. Sept 2026"},
         "2026-03-09|2026-10-01|2026-12-01|2026-09-01"},
        {"date('d. MMM yyyy', de-AT)", {"9. Jänner 2026"}, "2026-01-09"},
        {"date('d. MMM yyyy', 'de')", {"9. March 2026", "9. Ju 2026"}, "", "bad-date bad-date"},
        {"date('d MMM yyyy', 'fr')", {"14 août 2026", "1 juil. 2026"}, "2026-08-14|2026-07-01"},
        {"date('d MMM yyyy', 'fr')", {"1 jui 2026"}, "", "bad-date"},  // June or July
        {"date('E d MMM yyyy', 'es')", {"miércoles 3 sep 2026"}, "2026-09-03"},
        {"date('d MMM yyyy', 'pl')", {"9 października 2026"}, "2026-10-09"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(quill_contents_are_read_in_each_form) {
    const auto script = [](const std::string& literal) {
        return "contentsText = '" + literal + "'; quill.setContents(JSON.parse(contentsText));";
    };
    const Row rows[] = {
        {"quill",
         {script(R"({\"ops\":[{\"insert\":\"a\\nb\/c\"},{\"insert\":\"d\\n\"}]})")},
         "a\nb/cd"},
        {"quill",
         {script(R"({"ops":[{"insert":"x\\n\"MFX\" Canada\'s http:\/\/y"}]})")},
         "x\n\"MFX\" Canada's http://y"},
        {"quill", {script(R"({"ops":[{"insert":{"image":"i.png"}},{"insert":"z"}]})")}, "z"},
        {"quill", {"plain text"}, "plain text"},
        {"quill", {"contentsText = '{\"ops\":["}, "", "bad-value"},
        {"quill", {script("{nothing}")}, "", "bad-json"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(blanks_inside_chinese_and_japanese_words_go) {
    const Row rows[] = {
        {"close-blanks", {"具体召回事 宜"}, "具体召回事宜"},
        {"close-blanks", {"　　ブレーキ 液が 漏れる。 　"}, "ブレーキ液が漏れる。"},
        {"close-blanks", {"不符合GB 6675.2-2014 标准 要求"}, "不符合GB 6675.2-2014 标准要求"},
        {"close-blanks", {"Made in Japan"}, "Made in Japan"},
        {"close-blanks", {"バリオス 2 型"}, "バリオス 2 型"},
        {"close-blanks", {" "}, ""},
        {"narrow", {"３，５６０台　ＨＴ－１"}, "3,560台 HT-1"},
        {"narrow | number", {"約３，５６０台"}, "3560"},
        {"narrow", {"～ｶﾅ"}, "~ｶﾅ"},
        {"trim('　 ：:')", {"　：アレルゲン： "}, "アレルゲン"},
        {"trim('　 ：:')", {"　： "}, ""},
        {"trim(' ,')", {" a, b, "}, "a, b"},
    };
    for (const Row& row : rows)
        check(row);
}

BOOST_AUTO_TEST_CASE(a_wrong_pipeline_is_refused_with_what_was_expected) {
    const struct {
        const char* as;
        const char* says;
    } cases[] = {
        {"dat('yyyy')", "did you mean"},  {"date", "takes 1 to 2 arguments"},
        {"date('dd')", "without a year"}, {"code(countrys)", "countries"},
        {"split(',' ", "')' is missing"}, {"split('", "closing '"},
        {"html | ", "name is missing"},   {"html html", "expected '|'"},
        {"choose('a')", "2 to 40"},       {"date('d MMM yyyy', 'qq')", "names of months"},
    };
    for (const auto& row : cases) {
        const auto pipeline = Pipeline::compile(row.as, tables());
        BOOST_REQUIRE(!pipeline.ok());
        BOOST_TEST(pipeline.error().text.find(row.says) != std::string::npos,
                   row.as << ": " << pipeline.error().text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
