#include "gateway/mapping/converter_examples.h"

#include <array>

namespace recall::mapping {
namespace {

constexpr auto examples = std::to_array<ConverterExample>({
    {"html", "html", "Print &amp; <b>Colour</b>", "Print & Colour"},
    {"one-line", "one-line", "Lamp\n  L1", "Lamp L1"},
    {"split", "split(',', ' / ')", "A1, A2 / B3", "A1|A2|B3"},
    {"join", "join(', ')", "A1|A2", "A1, A2"},
    {"first", "first", "A1|A2", "A1"},
    {"last", "last", "A1|A2", "A2"},
    {"unique", "unique", "A1|A2|A1", "A1|A2"},
    {"drop", "drop('Unknown', '-')", "UNKNOWN|A1|-", "A1"},
    {"drop-prefix", "drop-prefix('Model ')", "Model A1|B3", "A1|B3"},
    {"before", "before('(')", "About 9 (and 3)|About 7", "About 9|About 7"},
    {"after", "after(' of ')", "Lamps of China|Lamps", "China"},
    {"after-last", "after-last('/')", "/recalls/2026/r-7", "r-7"},
    {"url", "url('https://office.example')", "/i/a b.png", "https://office.example/i/a%20b.png"},
    {"like", "like('R-#', 'W-####')", "R-7|see below", "R-7"},
    {"become", "become('USD')", "$ 5", "USD"},
    {"prefix", "prefix('KC ')", "123-A", "KC 123-A"},
    {"sentences", "sentences", "It broke. It can burn!", "It broke.|It can burn!"},
    {"type-approvals", "type-approvals", "VT|e1*2018/858*00999*01", "e1*2018/858*00999*01"},
    {"code", "code(countries)", "People's Republic of China|Türkei", "CN|TR"},
    {"words", "words(hazards, other)", "posing fire and burn hazards", "burns|fire"},
    {"labels", "labels(hazards, other)", "Electric shock, Fire", "electric_shock|fire"},
    {"otherwise", "otherwise('other')", "", "other"},
    {"choose", "choose('ernst', 'serious', 'hoch', 'high')", "Hoch", "high"},
    {"number", "number", "About 9,350", "9350"},
    {"number", "number('de')", "rund 1.200 Stück", "1200"},
    {"money", "money('$')", "for about $40.", "40"},
    {"count", "count('report')", "The firm has received 11 reports.", "11"},
    {"date", "date('dd/MM/yyyy | d MMM yyyy')", "09/03/2026|9 March 2026", "2026-03-09|2026-03-09"},
    {"date", "date('yyyy-MM-ddT*')", "2026-03-09T08:30:00", "2026-03-09"},
    {"date", "date('d. MMM yyyy', 'de')", "9. März 2026|1. Okt. 2026", "2026-03-09|2026-10-01"},
    {"date", "date('d MMM yyyy', 'fr')", "14 août 2026", "2026-08-14"},
    {"latest", "latest", "2026-03-09|2026-04-01", "2026-04-01"},
    {"dotnet-date", "dotnet-date", "/Date(1476417600000-0400)/", "2016-10-14"},
    {"gtins", "gtins", "9520001010019 / 9520001010026", "09520001010019|09520001010026"},
    {"restore-zero", "restore-zero", "36000291452", "036000291452"},
    {"quill", "quill",
     "contentsText = '{\"ops\":[{\"insert\":\"a lamp\"}]}'; "
     "quill.setContents(JSON.parse(contentsText));",
     "a lamp"},
    {"between", "between(' Recalls ', ' Due to ', '$')",
     "Sample Foods Recalls Cinnamon Due to Lead", "Cinnamon"},
    {"labelled", "labelled('lot', 'batch')", "Lots: 12-194 and 12-196, best by 2028",
     "12-194|12-196"},
    {"gs1", "gs1('10')", "(01)10801902159127(10)33F25J0352", "33F25J0352"},
    {"ndc", "ndc", "Sample tablets, NDC 99999-012-90", "99999-012-90"},
    {"split-after", "split-after('., ')", "3.5-lb. of A., 2-lb. of B", "3.5-lb. of A.,|2-lb. of B"},
    {"trim", "trim(' ,')", " A1, ", "A1"},
    {"unwrap", "unwrap",
     "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fl.pdf&data=me",
     "https://a.example/l.pdf"},
    {"unit", "unit", "1,990 bottles", "bottles"},
    {"identifiers", "identifiers(models)", "model numbers 3679, 4677 and 4679", "3679|4677|4679"},
    {"sold", "sold(from)", "from March 2024 through May 2025", "2024-03"},
    {"quantities", "quantities(countries, 'US')",
     "About 9,350 (In addition, about 120 were sold in Canada)", "US: about, 9350|CA: about, 120"},
    {"rest", "rest", "A1|A2|A3", "A2|A3"},
    {"sold-on", "sold-on(marketplaces)", "Online at Amazon.com and eBay.com", "amazon|ebay"},
    {"addresses", "addresses", "sold at www.shop.example and in shops", "www.shop.example"},
    {"item-number", "item-number", "1005006000000000", "1005006000000000"},
    {"asins", "asins", "ASIN B0EXAMPLE1", "B0EXAMPLE1"},
    {"trader", "trader(marketplaces)", "Example Services Ltd", "Example Services Ltd"},
    {"firm", "firm(city)", "Sample Lamps LLC, dba The Lamp Shop, of Dover, Delaware", "Dover"},
    {"close-blanks", "close-blanks", "具体召回事 宜", "具体召回事宜"},
    {"narrow", "narrow", "３，５６０台", "3,560台"},
});

constexpr auto tokens = std::to_array<DateToken>({
    {"yyyy", "the year, four digits", "yyyy", "2026", "2026"},
    {"MM", "the month, two digits", "yyyyMM", "202603", "2026-03"},
    {"M", "the month, one digit or two", "M/yyyy", "3/2026", "2026-03"},
    {"MMM", "the month's name, whole or its beginning, a full stop may follow", "MMM yyyy",
     "Sept. 2026", "2026-09"},
    {"dd", "the day, two digits", "dd.MM.yyyy", "09.03.2026", "2026-03-09"},
    {"d", "the day, one digit or two, a blank may stand before it", "yyyy年M月d日", "2026年3月 9日",
     "2026-03-09"},
    {"Gy", "an era of Japan and its year", "Gy年M月d日", "令和8年3月9日", "2026-03-09"},
    {"E", "the name of a weekday, not checked", "E, d MMM yyyy", "Monday, 9 March 2026",
     "2026-03-09"},
    {"*", "all up to the end", "yyyy-MM-ddT*", "2026-03-09T08:30:00Z", "2026-03-09"},
    {"a blank", "white space, or none", "d MMM yyyy", "9March  2026", "2026-03-09"},
    {"T, 年, / and other signs", "themselves", "yyyy/M/d", "2026/3/9", "2026-03-09"},
});

}  // namespace

std::span<const DateToken> date_tokens() { return tokens; }

std::span<const ConverterExample> converter_examples() { return examples; }

}  // namespace recall::mapping
