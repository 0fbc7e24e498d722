#include "gateway/text/fold_table.h"

#include <exception>
#include <string>

#include "gateway/base/failure.h"
#include "gateway/base/utf8.h"

#include <opencc/opencc.h>
#include <unicode/normalizer2.h>

namespace recall::text {
namespace {

constexpr std::size_t plane_size = 0x10000;
constexpr char32_t han_first = 0x3400;
constexpr char32_t han_last = 0x9FFF;

// Letters whose decomposition Unicode does not give.
char16_t plain_letter(char32_t c) {
    switch (c) {
        case 0x00F8:
            return u'o';  // ø
        case 0x0142:
            return u'l';  // ł
        case 0x0111:
            return u'd';  // đ
        case 0x0131:
            return u'i';  // ı
        case 0x03C2:
            return u'σ';  // ς
        default:
            return 0;
    }
}

bool loses_accents(char32_t c) {
    return (c >= 0xC0 && c < 0x250) || (c >= 0x370 && c < 0x400) || (c >= 0x1E00 && c < 0x2000);
}

void fold_accents(std::vector<char16_t>& table) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* decomposition = icu::Normalizer2::getNFDInstance(error);
    if (U_FAILURE(error)) throw Failure(ErrorCode::internal, u_errorName(error));
    for (char32_t c = 0xC0; c < 0x2000; ++c) {
        if (!loses_accents(c)) continue;
        icu::UnicodeString parts;
        if (decomposition->getDecomposition(static_cast<UChar32>(c), parts) && parts.length() > 1) {
            table[c] = parts.charAt(0);
        } else if (const char16_t plain = plain_letter(c)) {
            table[c] = plain;
        }
    }
}

// Katakana ァ…ヶ lie 0x60 above their hiragana.
void fold_kana(std::vector<char16_t>& table) {
    for (char32_t c = 0x30A1; c <= 0x30F6; ++c)
        table[c] = static_cast<char16_t>(c - 0x60);
}

// Every Han character on a line of its own goes through OpenCC once: per title it is too slow.
void fold_han(std::vector<char16_t>& table) {
    std::string all;
    for (char32_t c = han_first; c <= han_last; ++c) {
        append_utf8(all, c);
        all += '\n';
    }
    std::string simple;
    try {
        simple = opencc::SimpleConverter("t2s.json").Convert(all);
    } catch (const std::exception& error) {
        throw Failure(ErrorCode::config,
                      std::string("OpenCC's dictionary t2s.json does not load (") + error.what() +
                          "); install libopencc-data");
    }
    std::size_t position = 0;
    for (char32_t c = han_first; c <= han_last && position < simple.size(); ++c) {
        const char32_t folded = next_character(simple, position);
        if (folded < plane_size) table[c] = static_cast<char16_t>(folded);
        position = simple.find('\n', position) + 1;
    }
}

}  // namespace

FoldTable::FoldTable() : table_(plane_size) {
    for (std::size_t c = 0; c < plane_size; ++c)
        table_[c] = static_cast<char16_t>(c);
    fold_accents(table_);
    fold_kana(table_);
    fold_han(table_);
}

const FoldTable& fold_table() {
    static const FoldTable table;
    return table;
}

}  // namespace recall::text
