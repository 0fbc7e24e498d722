#pragma once
// The code lists of mappings/codes: what a code is called, the labels that sources use for it, and
// the words that lead to it in free text. Loaded once, then read by any thread. A wrong file is
// bad_mapping, naming file and line.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/base/result.h"

namespace recall::mapping {

struct Code {
    std::string id;
    std::string en;
    std::string zh;
    std::string parent;  // of hazards: the code among Safety Gate's
    std::string many;    // of units: the English word beside a number other than 1
};

class CodeTable {
  public:
    static Result<CodeTable> load(const std::string& path);

    const std::string& name() const { return name_; }
    const std::vector<Code>& codes() const { return codes_; }

    // The code of that id; nullptr when there is none.
    const Code* find(std::string_view id) const;

    // The code whose label the text is, whatever the case of its letters; nullptr when there is
    // none.
    const Code* find_label(std::string_view text) const;

    // The codes whose words stand in the text, in the table's order.
    std::vector<const Code*> find_words(std::string_view text) const;

    struct Piece {
        const Code* code = nullptr;  // nullptr: text that is no label
        std::string text;
    };
    // A list of labels joined by the separator, which labels and free texts may hold themselves: at
    // each place the longest label that fits is taken; what fits none is gathered.
    std::vector<Piece> split_labels(std::string_view text, std::string_view separator) const;

  private:
    struct Word {
        std::string text;
        std::size_t code = 0;
        bool is_stem = false;  // written with a final '*'
    };
    Result<void> read(const std::string& path);

    std::string name_;
    std::vector<Code> codes_;
    std::unordered_map<std::string, std::size_t> labels_;  // folded
    std::size_t longest_label_ = 0;
    std::vector<Word> words_;  // folded
};

// Every table of a folder, by name.
class CodeTables {
  public:
    static Result<CodeTables> load(const std::string& folder);

    const CodeTable* find(std::string_view name) const;
    std::vector<std::string_view> names() const;

  private:
    std::map<std::string, CodeTable, std::less<>> tables_;
};

}  // namespace recall::mapping
