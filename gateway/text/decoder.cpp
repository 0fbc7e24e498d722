#include "gateway/text/decoder.h"

#include <algorithm>
#include <array>

#include "gateway/base/failure.h"
#include "gateway/base/utf8.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace recall::text {
namespace {

constexpr std::array<std::string_view, 8> names = {
    "UTF-8", "Windows-1252", "ISO-8859-1", "Shift_JIS", "EUC-JP", "GBK", "GB18030", "Big5"};

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lowered, lowered);
}

}  // namespace

struct Decoder::Converter {
    std::string name;
    std::unique_ptr<UConverter, void (*)(UConverter*)> handle{nullptr, ucnv_close};
};

std::span<const std::string_view> table_encodings() { return names; }

Decoder::Decoder(std::unique_ptr<Converter> converter) : converter_(std::move(converter)) {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

Result<Decoder> Decoder::open(std::string_view encoding) {
    const auto* const known = std::ranges::find_if(
        names, [&](std::string_view name) { return is_same_name(name, encoding); });
    if (known == names.end()) {
        return Error{ErrorCode::bad_encoding,
                     "tables in " + std::string(encoding) + " are not read"};
    }
    if (known == names.begin()) return Decoder(nullptr);
    auto converter = std::make_unique<Converter>();
    // What Windows calls Shift_JIS, with NEC's and IBM's characters, is what sources send.
    converter->name = *known == "Shift_JIS" ? "windows-31j" : std::string(*known);
    UErrorCode error = U_ZERO_ERROR;
    converter->handle.reset(ucnv_open(converter->name.c_str(), &error));
    if (U_SUCCESS(error)) {
        ucnv_setToUCallBack(converter->handle.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr,
                            nullptr, &error);
    }
    if (U_FAILURE(error)) {
        throw Failure(ErrorCode::internal, "ICU has no converter for " + converter->name);
    }
    return Decoder(std::move(converter));
}

Result<std::string> Decoder::decode(std::string_view bytes) {
    if (!converter_) {
        if (!is_utf8(bytes)) return Error{ErrorCode::bad_encoding, "not valid UTF-8"};
        return std::string(bytes);
    }
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString wide(bytes.data(), static_cast<int32_t>(bytes.size()),
                                  converter_->handle.get(), error);
    if (U_FAILURE(error)) {
        ucnv_reset(converter_->handle.get());
        return Error{ErrorCode::bad_encoding, "not valid " + converter_->name};
    }
    std::string out;
    wide.toUTF8String(out);
    return out;
}

}  // namespace recall::text
