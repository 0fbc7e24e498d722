#include "gateway/mapping/document_form.h"

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/mapping/table_rows.h"
#include "gateway/zip/container.h"

namespace recall::mapping {
namespace {

// The source again from its start, after a look at its first bytes.
class Peeked {
  public:
    explicit Peeked(ByteSource source)
        : source_(std::move(source)), head_(std::make_shared<std::string>()) {
        head_->resize(document_peek_bytes);
        std::size_t size = 0;
        while (size < head_->size()) {
            const std::size_t more = source_({head_->data() + size, head_->size() - size});
            if (more == 0) break;
            size += more;
        }
        head_->resize(size);
    }
    std::string_view head() const { return *head_; }
    ByteSource rest() const {
        return [source = source_, head = head_, at = std::size_t(0)](std::span<char> out) mutable {
            if (at == head->size()) return source(out);
            const std::size_t size = std::min(out.size(), head->size() - at);
            std::copy_n(head->data() + at, size, out.data());
            at += size;
            return size;
        };
    }

  private:
    ByteSource source_;
    std::shared_ptr<std::string> head_;
};

// What the bytes claim to be by how they begin.
DocumentFormat format_of(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    if (head.starts_with('{') || head.starts_with('[')) return DocumentFormat::json;
    if (head.starts_with("<?xml")) return DocumentFormat::xml;
    // A text may begin with a word in such brackets.
    const char next = head.size() > 1 ? head[1] : ' ';
    const bool is_tag =
        (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '!' || next == '?';
    return head.starts_with('<') && is_tag ? DocumentFormat::html : DocumentFormat::table;
}

// Of several JSON forms: an array has no path to its records, an object names its first member.
bool fits(const RecordForm& form, std::string_view head) {
    if (form.format == DocumentFormat::table) return fits_table(form, head);
    if (form.format != DocumentFormat::json) return true;
    head.remove_prefix(std::min(head.find_first_of("[{"), head.size()));
    if (head.starts_with('[')) return form.path.empty();
    return form.path.empty() || head.find('"' + form.path.front() + '"') != std::string_view::npos;
}

const RecordForm* choose_form(const Mapping& mapping, std::string_view head) {
    const auto sends = [&](DocumentFormat format) {
        return std::ranges::find(mapping.forms, format, &RecordForm::format) != mapping.forms.end();
    };
    DocumentFormat format = format_of(head);
    // What is nothing by its beginning is a table, or a text, or else JSON gone wrong, as its
    // reader says.
    if (format == DocumentFormat::table && !sends(format) && !head.empty())
        format = sends(DocumentFormat::text) ? DocumentFormat::text : DocumentFormat::json;
    for (const RecordForm& form : mapping.forms) {
        const bool is_bare_xml = form.format == DocumentFormat::xml &&
                                 format == DocumentFormat::html &&
                                 head.find("<" + form.path.front()) < 1000;
        if ((form.format == format && fits(form, head)) || is_bare_xml) return &form;
    }
    return nullptr;
}

// The encoding of two or four bytes a character that the bytes are in, by their mark or by the
// zeros beside the first character of any markup or JSON; empty when they are in none.
std::string_view wide_encoding(std::string_view head) {
    struct Beginning {
        std::string_view bytes;
        std::string_view encoding;
    };
    constexpr Beginning marks[] = {{{"\xFF\xFE\0\0", 4}, "UTF-32 (little endian)"},
                                   {{"\0\0\xFE\xFF", 4}, "UTF-32 (big endian)"},
                                   {"\xFF\xFE", "UTF-16 (little endian)"},
                                   {"\xFE\xFF", "UTF-16 (big endian)"}};
    for (const Beginning& mark : marks) {
        if (head.starts_with(mark.bytes)) return mark.encoding;
    }
    constexpr std::string_view firsts = "<[{ \t\r\n";
    if (head.size() < 2) return {};
    if (head[0] == '\0' && firsts.find(head[1]) != std::string_view::npos)
        return "UTF-16 (big endian)";
    if (head[1] == '\0' && firsts.find(head[0]) != std::string_view::npos)
        return "UTF-16 (little endian)";
    return {};
}

// The names of the members that the document's object has at its top, as far as `head` goes.
std::string names_at_top(std::string_view head) {
    constexpr std::size_t names_max = 12;
    std::string out;
    std::size_t count = 0;
    long depth = 0;
    for (std::size_t at = 0; at < head.size() && count < names_max; ++at) {
        const char c = head[at];
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (c != '"') continue;
        std::size_t end = at + 1;
        while (end < head.size() && head[end] != '"')
            end += head[end] == '\\' ? 2U : 1U;
        if (end >= head.size()) break;
        const std::size_t next = head.find_first_not_of(" \t\r\n", end + 1);
        if (depth == 1 && next < head.size() && head[next] == ':') {
            out += " " + std::string(head.substr(at + 1, end - at - 1));
            ++count;
        }
        at = end;
    }
    return out;
}

// JSON has a <record>, but for no array that is there.
Error no_array(const Mapping& mapping, std::string_view head) {
    std::string paths;
    for (const RecordForm& form : mapping.forms) {
        if (form.format != DocumentFormat::json || form.path.empty()) continue;
        std::string path;
        for (const std::string& name : form.path)
            path += (path.empty() ? "" : "/") + name;
        paths += (paths.empty() ? "" : ", nor at ") + path;
    }
    const std::string names = names_at_top(head);
    return {ErrorCode::wrong_document,
            "there is no array at " + paths + "; " +
                (names.empty() ? "the document is an array itself, which needs no path"
                               : "the document has:" + names)};
}

Error no_form(const Mapping& mapping, std::string_view head) {
    constexpr std::array<std::string_view, 5> names = {"JSON", "XML", "HTML", "a table", "a text"};
    constexpr std::array<std::string_view, 5> formats = {"json", "xml", "html", "table", "text"};
    if (head.empty()) return {ErrorCode::wrong_document, "the document is empty"};
    const DocumentFormat found = format_of(head);
    std::string sent;
    for (const RecordForm& form : mapping.forms) {
        if (form.format == found && found == DocumentFormat::json) return no_array(mapping, head);
        const std::string_view format = formats[std::size_t(form.format)];
        if (sent.find(format) == std::string::npos)
            sent += (sent.empty() ? "" : " or ") + std::string(format);
    }
    return {ErrorCode::wrong_document,
            "the document looks like " + std::string(names[std::size_t(found)]) + " that " +
                mapping.source + " does not send: <record> says " + sent};
}

bool is_wanted(const Mapping& mapping, const zip::Member& member) {
    return std::ranges::any_of(mapping.forms, [&](const RecordForm& form) {
        return std::ranges::any_of(form.members, [&](const std::string& pattern) {
            return zip::fits_pattern(member.name, pattern);
        });
    });
}

struct Chosen {
    zip::Container container;
    std::vector<zip::Member> members;
};

Result<Chosen> open_container(const Mapping& mapping, const ByteSource& source,
                              const zip::Container::Sink& sink) {
    const bool reads_members = std::ranges::any_of(
        mapping.forms, [](const RecordForm& form) { return !form.members.empty(); });
    if (!reads_members) {
        return Error{ErrorCode::wrong_document,
                     "the document is a ZIP container, which " + mapping.source + " does not send"};
    }
    auto container = zip::Container::open(source);
    if (!container) return container.error();
    Chosen out{std::move(*container), {}};
    for (const zip::Member& member : out.container.members()) {
        if (is_wanted(mapping, member)) out.members.push_back(member);
    }
    if (out.members.empty()) {
        return Error{ErrorCode::wrong_document, "no member of the ZIP container has a name that " +
                                                    mapping.source + " gives to its documents"};
    }
    if (const auto whole = out.container.verify(out.members, sink); !whole) return whole.error();
    return out;
}

}  // namespace

Result<std::vector<FormedDocument>> formed_documents(const Mapping& mapping,
                                                     const ByteSource& source) {
    std::vector<FormedDocument> out;
    const auto add = [&](const ByteSource& bytes) -> Result<void> {
        const Peeked peeked(bytes);
        if (const auto wide = wide_encoding(peeked.head()); !wide.empty()) {
            return {ErrorCode::bad_encoding, "the document is in " + std::string(wide) + "; " +
                                                 mapping.source + " is read in " +
                                                 mapping.forms.front().encoding};
        }
        const RecordForm* form = choose_form(mapping, peeked.head());
        if (form == nullptr) return no_form(mapping, peeked.head());
        out.push_back({form, peeked.rest()});
        return {};
    };
    const Peeked whole(source);
    if (!zip::is_zip(whole.head())) {
        if (const auto added = add(whole.rest()); !added) return added.error();
        return out;
    }
    const auto chosen = open_container(mapping, whole.rest(), {});
    if (!chosen) return chosen.error();
    for (const zip::Member& member : chosen->members) {
        if (const auto added = add(chosen->container.read(member)); !added) return added.error();
    }
    return out;
}

Result<void> read_content(const Mapping& mapping, const ByteSource& source,
                          const std::function<void(std::string_view)>& sink) {
    const Peeked peeked(source);
    const ByteSource rest = peeked.rest();
    if (zip::is_zip(peeked.head())) {
        const auto chosen = open_container(mapping, rest, sink);
        return chosen ? Result<void>() : Result<void>(chosen.error());
    }
    std::vector<char> buffer(document_peek_bytes);
    for (std::size_t size = rest(buffer); size > 0; size = rest(buffer))
        sink({buffer.data(), size});
    return {};
}

}  // namespace recall::mapping
