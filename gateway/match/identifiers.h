#pragma once
// Model numbers, article numbers, marketplace items and lot numbers as they stand in running text:
// in the prose of notices ("SKU numbers FTBFSD-0161, FTBFSD-0162") and in the titles of listings
// ("型号70795"). Pure; any thread.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/match/reading.h"
#include "gateway/text/model_key.h"

namespace recall::match {

// Where a model number stood, most trustworthy first.
enum class ModelSource : std::uint8_t { field, cue, name, run };

struct ModelNumber {
    std::string raw;
    std::string key;
    std::uint64_t hash = 0;
    text::ModelStrength strength = text::ModelStrength::none;
    ModelSource source = ModelSource::run;
};

// The number written in `raw`; its strength is none when it is none.
ModelNumber model_number(std::string_view raw, ModelSource source);

// Numbers after a cue, and runs of letters and digits that look like one.
void find_models(const Text& text, const Reading& reading, std::vector<ModelNumber>& out);

// Short ones too ("A36", "321"), which only a product's name can hold.
void find_names_numbers(const Text& text, std::vector<ModelNumber>& out);

// Numbers after the cues for lots and serials.
void find_batches(const Text& text, const Reading& reading, std::vector<ModelNumber>& out);

// A field that holds nothing but lots: "300025584 300025589", "Q2516W; Q2517W".
void add_batches(const Text& text, std::vector<ModelNumber>& out);

// Runs of 12 to 14 digits with the right check digit, as 14 digits.
void find_gtins(const Text& text, std::vector<std::string>& out);

// Amazon's item names (B0…), and numbers too long for anything but a marketplace's item.
void find_items(const Text& text, std::vector<std::string>& out);

}  // namespace recall::match
