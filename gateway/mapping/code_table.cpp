#include "gateway/mapping/code_table.h"

#include <algorithm>
#include <filesystem>

#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/mapping_error.h"
#include "gateway/xml/document.h"

namespace recall::mapping {
namespace {

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Where `word` stands in `text` with no letter or digit running on before it, nor, unless it is a
// stem, after it. Words of scripts without blanks match anywhere.
bool stands_in(std::string_view text, std::string_view word, bool is_stem) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool runs_before = at > 0 && is_word_byte(word.front()) && is_word_byte(text[at - 1]);
        const bool runs_after =
            !is_stem && end < text.size() && is_word_byte(word.back()) && is_word_byte(text[end]);
        if (!runs_before && !runs_after) return true;
    }
    return false;
}

}  // namespace

Result<CodeTable> CodeTable::load(const std::string& path) {
    CodeTable table;
    if (const auto done = table.read(path); !done) return done.error();
    return table;
}

Result<void> CodeTable::read(const std::string& path) {
    const auto bytes = read_mapping_file(path);
    if (!bytes) return bytes.error();
    const auto document = xml::parse(*bytes);
    if (!document) return Error{ErrorCode::bad_mapping, path + ": " + document.error().text};
    const xml::Node root = document->root();
    if (root.name() != "codes") return mapping_error(path, root, "the root must be <codes>");
    name_ = root.attribute("name").value_or("");
    if (name_ != std::filesystem::path(path).stem()) {
        return mapping_error(path, root, "name must be the file's, not \"" + name_ + "\"");
    }
    for (xml::Node code = root.first_child(); code; code = code.next_sibling()) {
        const std::string id = code.attribute("id").value_or("");
        if (code.name() != "code" || id.empty())
            return mapping_error(path, code, "expected <code id=\"…\">");
        if (std::ranges::find(codes_, id, &Code::id) != codes_.end()) {
            return mapping_error(path, code, "the code " + id + " stands twice");
        }
        codes_.push_back({id, code.attribute("en").value_or(""), code.attribute("zh").value_or(""),
                          code.attribute("parent").value_or(""),
                          code.attribute("many").value_or("")});
        for (xml::Node line = code.first_child(); line; line = line.next_sibling()) {
            std::string text = folded(tidy(line.text()));
            if (text.empty())
                return mapping_error(path, line, "an empty <" + std::string(line.name()) + ">");
            if (line.name() == "label") {
                longest_label_ = std::max(longest_label_, text.size());
                if (!labels_.emplace(text, codes_.size() - 1).second) {
                    return mapping_error(path, line, "the label \"" + text + "\" stands twice");
                }
            } else if (line.name() == "word") {
                const bool is_stem = text.back() == '*';
                if (is_stem) text.pop_back();
                words_.push_back({text, codes_.size() - 1, is_stem});
            } else {
                return mapping_error(path, line, "expected <label> or <word>");
            }
        }
    }
    return {};
}

const Code* CodeTable::find(std::string_view id) const {
    const auto found = std::ranges::find(codes_, id, &Code::id);
    return found == codes_.end() ? nullptr : &*found;
}

const Code* CodeTable::find_label(std::string_view text) const {
    const auto found = labels_.find(folded(text));
    return found == labels_.end() ? nullptr : &codes_[found->second];
}

std::vector<const Code*> CodeTable::find_words(std::string_view text) const {
    const std::string in = folded(text);
    std::vector<const Code*> out;
    for (const Word& word : words_) {
        const Code* code = &codes_[word.code];
        if (!out.empty() && out.back() == code) continue;
        if (stands_in(in, word.text, word.is_stem)) out.push_back(code);
    }
    return out;
}

std::vector<CodeTable::Piece> CodeTable::split_labels(std::string_view text,
                                                      std::string_view separator) const {
    std::vector<Piece> out;
    while (!text.empty()) {
        const Code* code = nullptr;
        std::size_t length = 0;
        for (std::size_t end = text.size(); end > 0 && end != std::string_view::npos;) {
            if (end <= longest_label_ && (code = find_label(text.substr(0, end))) != nullptr) {
                length = end;
                break;
            }
            end = text.rfind(separator, end - 1);
            if (end == 0) break;
        }
        if (code != nullptr) {
            out.push_back({code, std::string(text.substr(0, length))});
        } else {
            length = std::min(text.find(separator), text.size());
            const std::string_view piece = text.substr(0, length);
            if (!out.empty() && out.back().code == nullptr) {
                out.back().text += std::string(separator) + std::string(piece);
            } else if (!piece.empty()) {
                out.push_back({nullptr, std::string(piece)});
            }
        }
        text.remove_prefix(std::min(text.size(), length + separator.size()));
    }
    return out;
}

Result<CodeTables> CodeTables::load(const std::string& folder) {
    CodeTables out;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".xml") continue;
        Result<CodeTable> table = CodeTable::load(entry.path().string());
        if (!table) return table.error();
        std::string name = table->name();
        out.tables_.emplace(std::move(name), std::move(*table));
    }
    if (error) return Error{ErrorCode::bad_mapping, folder + ": no folder of code tables"};
    return out;
}

const CodeTable* CodeTables::find(std::string_view name) const {
    const auto found = tables_.find(name);
    return found == tables_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> CodeTables::names() const {
    std::vector<std::string_view> out;
    for (const auto& [name, table] : tables_)
        out.emplace_back(name);
    return out;
}

}  // namespace recall::mapping
