#pragma once
// How values are spelt in text columns, and what text a column can hold. Pure; any thread.

#include <array>
#include <string>
#include <string_view>

#include "gateway/base/clock.h"
#include "gateway/base/failure.h"

namespace recall::store {

// UTF-8 without NUL: what SQLite and PostgreSQL both keep exactly.
bool is_storable_text(std::string_view text);

// The text with every NUL and every byte that is not UTF-8 shown as U+FFFD.
std::string shown_text(std::string_view text);

// Always with milliseconds, so that the order of texts is the order of instants.
std::string instant_text(Instant instant);

// PostgreSQL's hexadecimal form of bytea.
std::string bytea_text(std::string_view bytes);
std::string from_bytea_text(std::string_view text);

// ASCII letters in lower case; other characters unchanged.
std::string ascii_lower(std::string_view text);

// A pattern for "like … escape '!'" that finds `text` itself, anywhere.
std::string containing(std::string_view text);

// The enumerator that a column's word spells, from the table of words in enumerator order.
template <class Enum, std::size_t size>
Enum read_word(const std::array<std::string_view, size>& words, std::string_view word) {
    for (std::size_t i = 0; i < size; ++i) {
        if (words[i] == word) return static_cast<Enum>(i);
    }
    throw Failure(ErrorCode::database, "a column holds a word this version does not know");
}

}  // namespace recall::store
