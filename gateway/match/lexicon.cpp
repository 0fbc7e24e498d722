#include "gateway/match/lexicon.h"

#include <array>
#include <charconv>
#include <fstream>
#include <map>

#include "gateway/base/failure.h"
#include "gateway/base/near_miss.h"
#include "gateway/base/utf8.h"

namespace recall::match {
namespace {

constexpr double confidence_min = 0.5;
constexpr std::size_t line_bytes_max = 64U << 10U;

// In the order of Cue.
constexpr auto cue_names = std::to_array<std::string_view>(
    {"compatible_after", "compatible_before", "accessory", "with", "without", "container_only",
     "fixed_version", "newer_version", "no_brand", "model", "batch", "serial", "gtin", "item",
     "maker", "company", "noise"});
static_assert(cue_names.size() == cue_count);

std::vector<std::string_view> parts(std::string_view line, char separator) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0;;) {
        const std::size_t end = line.find(separator, begin);
        out.push_back(line.substr(begin, end - begin));
        if (end == std::string_view::npos) return out;
        begin = end + 1;
    }
}

}  // namespace

// One file: the lines that count, and where we are for the error text.
class LexiconReader {
  public:
    LexiconReader(Lexicon& lexicon, const std::string& folder)
        : lexicon_(lexicon), folder_(folder) {}

    void read() {
        each_line("products.tsv", 6, [this](const auto& fields) { add_product(fields); });
        each_line("brands.tsv", 4, [this](const auto& fields) { add_brand(fields); });
        each_line("cues.tsv", 5, [this](const auto& fields) { add_cue(fields); });
    }

  private:
    using Fields = std::vector<std::string_view>;

    [[noreturn]] void fail(const std::string& text) const {
        throw Failure(ErrorCode::config,
                      folder_ + "/" + file_ + " line " + std::to_string(line_) + ": " + text);
    }

    template <class Add>
    void each_line(const std::string& file, std::size_t fields_wanted, Add add) {
        file_ = file;
        line_ = 0;
        std::ifstream in(folder_ + "/" + file);
        if (!in) throw Failure(ErrorCode::config, "cannot read " + folder_ + "/" + file);
        for (std::string line; std::getline(in, line);) {
            ++line_;
            if (line.empty() || line.front() == '#') continue;
            if (line.size() > line_bytes_max) fail("the line is too long");
            if (!is_utf8(line)) fail("the line is not UTF-8");
            const Fields fields = parts(line, '\t');
            if (fields.size() != fields_wanted)
                fail("expected " + std::to_string(fields_wanted) + " fields between tabs, found " +
                     std::to_string(fields.size()));
            if (is_trusted(fields.back())) add(fields);
        }
        if (in.bad()) throw Failure(ErrorCode::io, "cannot read " + folder_ + "/" + file);
    }

    bool is_trusted(std::string_view confidence) const {
        double value = 0;
        const auto read =
            std::from_chars(confidence.data(), confidence.data() + confidence.size(), value);
        if (read.ec != std::errc() || read.ptr != confidence.data() + confidence.size() ||
            !(value >= 0 && value <= 1))
            fail("the confidence must be a number from 0 to 1, not '" + std::string(confidence) +
                 "'");
        return value >= confidence_min;
    }

    void add_words(PhraseTable& table, std::string_view words, std::uint32_t id) const {
        for (const std::string_view word : parts(words, '|')) {
            if (!table.add(word, id))
                fail("'" + std::string(word) + "' is no phrase of 1 to " +
                     std::to_string(PhraseTable::phrase_tokens_max) + " words");
        }
    }

    void add_product(const Fields& fields) {
        const std::string name(fields[0]);
        const std::string family(fields[1]);
        if (name.empty() || family.empty()) fail("concept and family must be given");
        const auto [at, is_new] =
            concepts_.try_emplace(name, static_cast<std::uint32_t>(concepts_.size()));
        if (is_new) {
            const auto number =
                families_.try_emplace(family, static_cast<std::uint32_t>(families_.size()));
            lexicon_.concepts_.push_back({name, family});
            lexicon_.families_.push_back(number.first->second);
        } else if (lexicon_.concepts_[at->second].family != family) {
            fail("concept " + name + " stood in family " + lexicon_.concepts_[at->second].family +
                 " before");
        }
        add_words(lexicon_.products_, fields[3], at->second);
    }

    void add_brand(const Fields& fields) {
        const auto id = static_cast<std::uint32_t>(lexicon_.brand_names_.size());
        lexicon_.brand_names_.emplace_back(fields[0]);
        add_words(lexicon_.brands_, fields[0], id);
        if (!fields[1].empty()) add_words(lexicon_.brands_, fields[1], id);
    }

    void add_cue(const Fields& fields) {
        for (std::size_t i = 0; i < cue_names.size(); ++i) {
            if (cue_names.at(i) == fields[0])
                return add_words(lexicon_.cues_, fields[2], static_cast<std::uint32_t>(i));
        }
        fail("there is no cue '" + std::string(fields[0]) + "'" +
             did_you_mean(fields[0], cue_names));
    }

    Lexicon& lexicon_;
    std::string folder_;
    std::string file_;
    long line_ = 0;
    std::map<std::string, std::uint32_t> concepts_;
    std::map<std::string, std::uint32_t> families_;
};

std::shared_ptr<const Lexicon> Lexicon::load(const std::string& folder) {
    auto lexicon = std::make_shared<Lexicon>();
    LexiconReader(*lexicon, folder).read();
    return lexicon;
}

}  // namespace recall::match
