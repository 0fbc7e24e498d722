// What the word tables make of free text in the languages of the sources. Invented sentences.

#include <boost/test/unit_test.hpp>

#include "gateway/mapping/converter.h"

namespace recall::mapping {
namespace {

struct Row {
    const char* text;
    const char* codes;
};

void check(const char* chain, const Row& row) {
    static const auto tables =
        CodeTables::load(std::string(RECALLGW_SOURCE_DIR) + "/mappings/codes");
    BOOST_REQUIRE(tables.ok());
    Values values = {row.text};
    std::vector<Problem> problems;
    Pipeline::compile(chain, *tables)->run(values, problems);
    std::string codes;
    for (const std::string& value : values)
        codes += (codes.empty() ? "" : " ") + value;
    BOOST_TEST(codes == row.codes, row.text << ": " << codes);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(code_words)

BOOST_AUTO_TEST_CASE(japanese_says_what_may_happen) {
    const Row rows[] = {
        {"基板がショートし、発煙・発火するおそれがある。", "fire"},
        {"取っ手が外れ、やけどを負うおそれ", "burns"},
        {"ガソリンが漏れるおそれがある。", "fire"},
        {"制動力が低下し、最悪の場合、制動不能となるおそれ", "crash"},
        {"走行中にエンストするおそれ", "crash"},
        {"脚部が折れて転倒し、けがをするおそれ", "fall injuries"},
        {"小部品が外れ、乳幼児が誤飲するおそれ", "choking"},
        {"磁石を誤って飲み込み", "magnet_ingestion"},
        {"ひもが首に絡まり", "strangulation"},
        {"アレルゲン「卵」の表示欠落", "health_risk"},
        {"カビの発生", "microbiological"},
        {"漏電により感電するおそれ", "electric_shock"},
        {"指を挟むおそれ", "entrapment"},
        {"プラグの亜鉛が腐食する", "other"},
        {"使用環境により音が出る", "other"},
        {"ショートパンツの縫製不良", "other"},
        {"", "other"},
    };
    for (const Row& row : rows)
        check("words(hazards, other)", row);
}

BOOST_AUTO_TEST_CASE(chinese_says_what_may_happen) {
    const Row rows[] = {
        {"使用时可能触电，极端情况下引发火灾。", "electric_shock fire"},
        {"儿童误吞磁体可能造成肠穿孔", "choking magnet_ingestion"},
        {"小零件脱落，可能导致窒息", "choking suffocation"},
        {"增塑剂超标，可能危害健康", "chemical health_risk"},
        {"可能导致儿童夹伤或割伤", "cuts entrapment"},
        {"婴儿车侧翻造成摔伤", "fall tip_over"},
        {"制动失效，增加碰撞风险", "crash"},
        {"绳带过长，有勒伤危险", "strangulation"},
        {"菌落总数超标", "microbiological"},
        {"因使用不当造成伤害事故", "injuries"},
        {"电磁炉面板有划痕", "other"},
    };
    for (const Row& row : rows)
        check("words(hazards, other)", row);
}

BOOST_AUTO_TEST_CASE(english_and_korean_say_what_may_happen) {
    const Row rows[] = {
        {"The handle can pinch fingers, posing a crush hazard.", "entrapment"},
        {"The lamp can overheat, posing fire and burn hazards.", "burns fire"},
        {"The faucets contain lead.", "chemical"},
        {"Product may contain Listeria monocytogenes.", "microbiological"},
        {"The firm is moving; nothing else is known.", "other"},
        {"과열로 인한 화재 및 화상 위험", "burns fire"},
        {"감전 위험", "electric_shock"},
        {"전도 위험", "tip_over"},
    };
    for (const Row& row : rows)
        check("words(hazards, other)", row);
}

BOOST_AUTO_TEST_CASE(german_french_spanish_and_italian_say_what_may_happen) {
    const Row rows[] = {
        {"Gefahr eines Stromschlags und Brandgefahr.", "electric_shock fire"},
        {"Kleinteile lösen sich, Erstickungsgefahr.", "choking suffocation"},
        {"Überhitzung; es besteht Verbrennungsgefahr.", "burns fire"},
        {"Listerien wurden nachgewiesen.", "microbiological"},
        {"Allergen nicht deklariert: Erdnuss", "health_risk"},
        {"Der Verbrennungsmotor ist laut.", "other"},
        {"Die Marke Brand & Co.", "other"},
        {"Risque d'incendie et de choc électrique.", "electric_shock fire"},
        {"Étouffement : de petites pièces se détachent.", "choking"},
        {"Des corps étrangers peuvent causer des blessures.", "injuries"},
        {"Coupure de courant possible.", "other"},
        {"Riesgo de descarga eléctrica y de quemaduras.", "burns electric_shock"},
        {"Piezas pequeñas: riesgo de asfixia", "asphyxiation choking"},
        {"La caída de tensión es normal.", "other"},
        {"Rischio di soffocamento per piccole parti.", "choking suffocation"},
        {"Scosse elettriche, incendio, lesioni", "electric_shock fire injuries"},
        {"The laundry chute has a brand plate.", "other"},
    };
    for (const Row& row : rows)
        check("words(hazards, other)", row);
}

BOOST_AUTO_TEST_CASE(german_french_spanish_and_italian_say_what_is_done) {
    const Row rows[] = {
        {"Rückruf beim Verbraucher", "recall_from_end_users"},
        {"Rücknahme vom Markt", "withdrawal_from_market"},
        {"Verkaufsverbot", "ban_of_marketing"},
        {"Nicht verzehren. Rückgabe gegen Erstattung.", "warning refund"},
        {"Umtausch oder Reparatur", "replace repair"},
        {"Rappel du produit auprès des utilisateurs finaux", "recall_from_end_users"},
        {"Retrait du produit du marché", "withdrawal_from_market"},
        {"Ne plus utiliser ; se faire rembourser", "warning refund"},
        {"Retirada del producto del mercado", "withdrawal_from_market"},
        {"Reembolso o sustitución", "refund replace"},
        {"Richiamo del prodotto presso i consumatori", "recall_from_end_users"},
        {"Ritiro del prodotto dal mercato; rimborso", "withdrawal_from_market refund"},
    };
    for (const Row& row : rows)
        check("words(measures, other)", row);
}

BOOST_AUTO_TEST_CASE(how_exact_a_number_is_is_said_in_many_languages) {
    const Row rows[] = {
        {"ca. 50 Stück", "about"},       {"rund 1 200", "about"}, {"über 2000", "about"},
        {"environ 300 unités", "about"}, {"unos 40", "about"},    {"circa 12", "about"},
        {"około 100 sztuk", "about"},    {"bis zu 500", "up_to"}, {"jusqu'à 20", "up_to"},
        {"jusqu’à 20", "up_to"},         {"hasta 20", "up_to"},   {"fino a 20", "up_to"},
        {"Grund: 7 in Africa. 50", ""},  {"in Denver, CA 7", ""},
    };
    for (const Row& row : rows)
        check("words(qualifiers) | first", row);
}

BOOST_AUTO_TEST_CASE(units_and_levels_of_risk_are_known_in_several_languages) {
    const Row units[] = {{"Stück", "piece"},   {"unités", "piece"}, {"Flaschen", "bottle"},
                         {"pezzi", "piece"},   {"kilos", "kg"},     {"litri", "l"},
                         {"unidades", "piece"}};
    for (const Row& row : units)
        check("code(units)", row);
    const Row levels[] = {
        {"ernst", "serious"}, {"Risque grave", "serious"}, {"hoch", "high"},      {"élevé", "high"},
        {"medio", "medium"},  {"geringes Risiko", "low"},  {"riesgo bajo", "low"}};
    for (const Row& row : levels)
        check("code(risk_levels)", row);
}

BOOST_AUTO_TEST_CASE(countries_are_known_by_their_names_in_several_languages) {
    const Row rows[] = {
        {"Faeroe Islands", "FO"},
        {"The former Yugoslav Republic of Macedonia", "MK"},
        {"Palestinian Territories", "PS"},
        {"Taiwan, Province of China", "TW"},
        {"Deutschland", "DE"},
        {"Volksrepublik China", "CN"},
        {"Türkei", "TR"},
        {"Pays-Bas", "NL"},
        {"États-Unis", "US"},
        {"Reino Unido", "GB"},
        {"Corea del Sur", "KR"},
        {"Germania", "DE"},
        {"Granada", ""},  // a city of Spain, too
    };
    for (const Row& row : rows)
        check("code(countries)", row);
}

BOOST_AUTO_TEST_CASE(what_is_done_is_found_in_each_language) {
    const Row rows[] = {
        {"全車両、当該ガスケットを対策品と交換する。", "replace"},
        {"回収・返金", "recall_from_end_users refund"},
        {"不良品を回収する", "recall_from_end_users"},
        {"免费更换或退款", "refund replace"},
        {"免费维修", "repair"},
        {"停止销售并销毁", "stop_of_sales destruction"},
        {"교환, 환불", "refund replace"},
        {"수리", "repair"},
        {"무언가", "other"},
    };
    for (const Row& row : rows)
        check("words(measures, other)", row);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace recall::mapping
