// Barcodes as sources write them: alone, in prose, spaced, or glued one to the next.

#include <algorithm>
#include <array>

#include "gateway/mapping/converter.h"
#include "gateway/text/gtin.h"

namespace recall::mapping {
namespace {

constexpr std::size_t glued_digits_max = 5'000;

// Full-width digits as plain ones.
std::string narrowed(std::string text) {
    for (std::size_t at = text.find("\xEF\xBC"); at != std::string::npos && at + 2 < text.size();
         at = text.find("\xEF\xBC", at + 1)) {
        const auto last = static_cast<unsigned char>(text[at + 2]);
        if (last >= 0x90 && last <= 0x99) text.replace(at, 3, 1, char('0' + (last - 0x90)));
    }
    return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_gtin(std::string_view digits) {
    const bool length = digits.size() == 8 || (digits.size() >= 12 && digits.size() <= 14);
    // Of the dummies that repeat one digit only zeros are refused: their check digit fits always,
    // and nobody has the number. 11111117 and the like may be somebody's.
    const bool is_zero = digits.find_first_not_of('0') == std::string_view::npos;
    return length && !is_zero && text::has_right_check_digit(digits);
}

std::string padded(std::string_view digits) {
    return std::string(14 - digits.size(), '0') + std::string(digits);
}

// All pieces of one length, each a GTIN.
bool split_evenly(std::string_view digits, std::size_t length, std::vector<std::string>& out) {
    if (digits.size() % length != 0) return false;
    for (std::size_t at = 0; at < digits.size(); at += length) {
        if (!is_gtin(digits.substr(at, length))) return false;
    }
    for (std::size_t at = 0; at < digits.size(); at += length)
        out.push_back(padded(digits.substr(at, length)));
    return true;
}

// Glued barcodes: of one length where that works, 13 first, as that is the usual one; else a
// mixture of 13s and 12s when there is one and only one.
bool split_glued(std::string_view digits, std::vector<std::string>& out) {
    for (const std::size_t length : {13U, 12U, 8U, 14U}) {
        if (split_evenly(digits, length, out)) return true;
    }
    // ways[i]: how many ways the first i digits split, 2 meaning several; last[i]: the piece
    // before.
    std::vector<int> ways(digits.size() + 1, 0);
    std::vector<std::size_t> last(digits.size() + 1, 0);
    ways[0] = 1;
    for (std::size_t end = 12; end <= digits.size(); ++end) {
        for (const std::size_t length : {13U, 12U, 14U}) {
            if (end < length || ways[end - length] == 0 ||
                !is_gtin(digits.substr(end - length, length)))
                continue;
            ways[end] = std::min(2, ways[end] + ways[end - length]);
            last[end] = length;
        }
    }
    if (ways[digits.size()] != 1) return false;
    const std::size_t first = out.size();
    for (std::size_t end = digits.size(); end > 0; end -= last[end]) {
        out.push_back(padded(digits.substr(end - last[end], last[end])));
    }
    std::reverse(out.begin() + long(first), out.end());
    return true;
}

// One run of digits without blanks. True when it is all barcodes.
bool read_run(std::string_view digits, std::vector<std::string>& out) {
    if (is_gtin(digits)) {
        out.push_back(padded(digits));
        return true;
    }
    return digits.size() >= 16 && digits.size() <= glued_digits_max && split_glued(digits, out);
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// Digits with single blanks between: each word a barcode, or all of them one spaced out.
void read_segment(std::string_view segment, std::vector<std::string>& out,
                  std::vector<Problem>& problems) {
    const auto words = words_of(segment);
    std::vector<std::string> apart;
    const bool all_apart =
        std::ranges::all_of(words, [&](std::string_view word) { return read_run(word, apart); });
    std::string joined;
    for (const std::string_view word : words)
        joined += word;
    std::vector<std::string> together;
    if (!all_apart && words.size() > 1 && read_run(joined, together)) {
        out.insert(out.end(), together.begin(), together.end());
        return;
    }
    if (!all_apart) apart.clear();
    for (const std::string_view word : words) {
        if (all_apart) break;
        if (read_run(word, apart) || word.size() < 8) continue;
        problems.push_back(
            {word.size() > 14 ? ErrorCode::unsplit_gtins : ErrorCode::bad_gtin, std::string(word)});
    }
    out.insert(out.end(), apart.begin(), apart.end());
}

// A number without its leading zero has eleven digits and, with it, a right check digit.
Result<Convert> make_restore_zero(const ConverterArguments&, const CodeTables&) {
    return one_by_one([](const std::string& value, std::vector<Problem>&) {
        const bool is_short = value.size() == 11 && std::ranges::all_of(value, is_digit);
        return is_short && text::has_right_check_digit("0" + value) ? "0" + value : value;
    });
}

Result<Convert> make_gtins(const ConverterArguments& arguments, const CodeTables&) {
    const bool in_prose = !arguments.empty();
    if (in_prose && arguments.front() != "prose")
        return Error{ErrorCode::usage, "gtins takes nothing, or prose"};
    return Convert([in_prose](Values& values, std::vector<Problem>& problems) {
        Values out;
        for (const std::string& given : values) {
            const std::string value = narrowed(given);
            const std::size_t before = out.size();
            const std::size_t problems_before = problems.size();
            for (std::size_t at = 0; at < value.size();) {
                if (!is_digit(value[at])) {
                    ++at;
                    continue;
                }
                std::size_t end = at;
                while (end < value.size() &&
                       (is_digit(value[end]) ||
                        (value[end] == ' ' && end + 1 < value.size() && is_digit(value[end + 1]))))
                    ++end;
                const bool in_word =
                    (at > 0 && isalpha(static_cast<unsigned char>(value[at - 1])) != 0);
                if (end - at >= 12 || (!in_word && !in_prose))
                    read_segment(std::string_view(value).substr(at, end - at), out, problems);
                at = end;
            }
            if (out.size() == before && problems.size() == problems_before)
                problems.push_back({ErrorCode::bad_gtin, value});
        }
        values.clear();
        for (std::string& gtin : out) {
            if (std::ranges::find(values, gtin) == values.end()) values.push_back(std::move(gtin));
        }
    });
}

constexpr std::array<ConverterSpec, 2> specs = {{
    {"gtins", 0, 1,
     "every GTIN in the text, as 14 digits, glued ones split by their check digits; (prose): short "
     "numbers are passed over",
     make_gtins},
    {"restore-zero", 0, 0,
     "gives eleven digits their leading zero back where the check digit proves it",
     make_restore_zero},
}};

}  // namespace

std::span<const ConverterSpec> gtin_converters() { return specs; }

}  // namespace recall::mapping
