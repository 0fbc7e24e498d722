#include "gateway/text/language.h"

#include <boost/test/unit_test.hpp>

#include <vector>

using recall::text::detect_language;
using recall::text::language_by_script;

BOOST_AUTO_TEST_SUITE(languages)

BOOST_AUTO_TEST_CASE(the_language_of_a_text_is_found_among_those_of_its_source) {
    const std::vector<std::string> canada = {"en", "fr"};
    const std::vector<std::string> europe = {"en", "bg", "cs", "de", "el", "es", "fr", "it", "pl"};
    const std::vector<std::string> korea = {"ko", "en"};
    struct Case {
        const char* text;
        const char* presumed;
        const std::vector<std::string>& candidates;
        const char* language;
    };
    const Case cases[] = {
        {"The lamp can overheat and cause a fire; stop using it at once.", "en", canada, "en"},
        {"La lampe peut surchauffer et causer un incendie ; cessez de l'utiliser.", "en", canada,
         "fr"},
        {"Cessez immédiatement d'utiliser le produit et communiquez avec le détaillant.", "en",
         canada, "fr"},
        {"Der Stecker kann überhitzen und einen Brand verursachen.", "en", europe, "de"},
        {"Spielzeug für Kinder mit ablösbaren Kleinteilen", "en", europe, "de"},
        {"Играчката има малки части, които могат да бъдат погълнати.", "en", europe, "bg"},
        {"Το προϊόν μπορεί να υπερθερμανθεί και να προκαλέσει πυρκαγιά.", "en", europe, "el"},
        {"이 제품은 과열되어 화재가 발생할 수 있습니다.", "en", korea, "ko"},
        // Not among the candidates: a language that the source does not use is not believed.
        {"Der Stecker kann überhitzen und einen Brand verursachen.", "en", canada, "en"},
        // Undecided stays as presumed.
        {"Glimmer X-100", "en", canada, "en"},
        {"Glimmer X-100", "fr", canada, "fr"},
        {"Lamp", "en", canada, "en"},
        {"", "en", canada, "en"},
        {"12345 67890", "fr", canada, "fr"},
        {"\xFF\xFE broken", "en", canada, "en"},
    };
    for (const Case& one : cases) {
        BOOST_TEST_CONTEXT(one.text) {
            BOOST_TEST(detect_language(one.text, one.presumed, one.candidates) == one.language);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_tag_keeps_its_region) {
    const std::vector<std::string> tags = {"zh-CN", "en-AU"};
    BOOST_TEST(
        detect_language("Stop using the lamp at once and return it to the shop for a refund.",
                        "zh-CN", tags) == "en-AU");
    BOOST_TEST(detect_language("消费者应立即停止使用该产品，并联系经销商办理退款。", "en-AU",
                               tags) == "zh-CN");
    BOOST_TEST(
        detect_language("Stop using the lamp at once and return it to the shop for a refund.",
                        "en-GB", tags) == "en-GB");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_judged_by_its_beginning) {
    const std::vector<std::string> canada = {"en", "fr"};
    std::string text;
    while (text.size() < 1'000'000)
        text += "Le produit peut causer une blessure grave. Évitez de l'utiliser. ";
    BOOST_TEST(detect_language(text, "en", canada) == "fr");
}

BOOST_AUTO_TEST_CASE(letters_tell_that_a_text_cannot_be_in_its_language) {
    struct Case {
        const char* text;
        const char* declared;
        const char* language;  // empty: nothing is said
    };
    const Case cases[] = {
        {"ランプが過熱し、火災が発生するおそれがあります。", "en", "ja"},
        {"電気ケトル", "en", "ja"},
        {"消费者应立即停止使用该产品，并联系经销商办理退款。", "en-AU", "zh"},
        {"이 제품은 과열되어 화재가 발생할 수 있습니다.", "ja", "ko"},
        {"ランプが過熱し、火災が発生するおそれがあります。", "zh-CN", "ja"},
        {"Το προϊόν μπορεί να υπερθερμανθεί.", "en", "el"},
        {"Играчката има малки части, които могат да бъдат погълнати.", "fr", "bg"},
        // What fits or tells nothing.
        {"ランプが過熱し、火災が発生するおそれがあります。", "ja", ""},
        {"消费者应立即停止使用该产品。", "zh-TW", ""},
        {"Glimmer desk lamp", "ja", ""},
        {"Glimmer (グリマー) desk lamp with a long English name", "en", ""},
        {"Crème brûlée à l'ancienne", "en", ""},
        {"Resistor 100 Ω", "en", ""},
        {"中", "en", ""},
        {"", "en", ""},
        {"123", "", ""},
    };
    for (const Case& one : cases) {
        BOOST_TEST_CONTEXT(one.text << " as " << one.declared) {
            BOOST_TEST(language_by_script(one.text, one.declared).value_or("") == one.language);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
