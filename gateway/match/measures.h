#pragma once
// Numbers with their unit as goods are described by: "600 ml", "36发", "1,5 l", "20000毫安". Units
// of one kind are brought to one, so that 0.5 l and 500 ml are equal. Pure; any thread.

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/match/words.h"

namespace recall::match {

enum class Unit : std::uint8_t {
    millilitre,
    gram,
    millimetre,
    watt,
    volt,
    milliampere_hour,
    watt_hour,
    light,  // LEDs, bulbs
    shot,   // of a firework
    piece,
    drawer,
    percent,
};

struct Measure {
    Unit unit = Unit::piece;
    float value = 0;
    bool operator==(const Measure&) const = default;
};

void append_measures(const Text& text, std::vector<Measure>& out);

enum class MeasureRelation { unknown, equal, other };

// other: both name a number of the same kind, and no such number is in both.
MeasureRelation compare(std::span<const Measure> notice, std::span<const Measure> listing,
                        Measure& of_notice, Measure& of_listing);

// "600 ml", for evidence.
std::string to_text(const Measure& measure);

}  // namespace recall::match
