#include "gateway/mapping/map_document.h"

#include <algorithm>
#include <array>
#include <memory>

#include "gateway/json/record_reader.h"
#include "gateway/xml/record_reader.h"

namespace recall::mapping {
namespace {

constexpr std::size_t raw_bytes_max = 1U << 20U;  // kept of a quarantined record

// The source again from its start, after a look at its first bytes.
class Peeked {
  public:
    explicit Peeked(const ByteSource& source) : source_(source), head_(64U << 10U, '\0') {
        head_.resize(source_(head_));
    }
    std::string_view head() const { return head_; }
    ByteSource rest() {
        return [this](std::span<char> buffer) {
            if (at_ == head_.size()) return source_(buffer);
            const std::size_t size = std::min(buffer.size(), head_.size() - at_);
            std::copy_n(head_.data() + at_, size, buffer.data());
            at_ += size;
            return size;
        };
    }

  private:
    const ByteSource& source_;
    std::string head_;
    std::size_t at_ = 0;
};

// What the bytes claim to be by how they begin.
DocumentFormat format_of(std::string_view head) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    if (head.starts_with('{') || head.starts_with('[')) return DocumentFormat::json;
    const bool is_wide = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    if (head.starts_with("<?xml") || is_wide) return DocumentFormat::xml;
    return head.starts_with('<') ? DocumentFormat::html : DocumentFormat::json;
}

const RecordForm* choose_form(const Mapping& mapping, std::string_view head) {
    const DocumentFormat format = format_of(head);
    for (const RecordForm& form : mapping.forms) {
        const bool is_bare_xml = form.format == DocumentFormat::xml &&
                                 format == DocumentFormat::html &&
                                 head.find("<" + form.path.front()) < 1000;
        if (form.format == format || is_bare_xml) return &form;
    }
    return nullptr;
}

class DocumentMapper {
  public:
    DocumentMapper(const Mapping& mapping, const RecordForm& form, const Stamp& stamp,
                   const MappedSink& sink)
        : mapping_(mapping), form_(form), stamp_(stamp), sink_(sink) {}

    void read(const ByteSource& source) {
        switch (form_.format) {
            case DocumentFormat::json:
                read_json(source);
                break;
            case DocumentFormat::xml:
                read_xml(source);
                break;
            case DocumentFormat::html:
                read_html(source);
                break;
        }
    }
    DocumentOutcome outcome() && { return std::move(outcome_); }

  private:
    void read_json(const ByteSource& source) {
        const json::RecordSinks sinks{
            [&](const xml::Document& tree, std::string_view raw) {
                map(tree.root(), [&] { return std::string(raw.substr(0, raw_bytes_max)); });
            },
            [&](std::string_view raw, const Error& error) {
                refuse(std::string(raw.substr(0, raw_bytes_max)), error);
            }};
        const auto done = json::read_records(source, form_.path, record_limits, sinks);
        if (!done) outcome_.broken = done.error();
    }

    void read_xml(const ByteSource& source) {
        const xml::RecordSinks sinks{
            [&](xml::Node record) {
                map(record, [&] { return xml::to_text(record).substr(0, raw_bytes_max); });
            },
            [&](xml::Node record, const Error& error) {
                refuse(xml::to_text(record).substr(0, raw_bytes_max), error);
            }};
        const auto rest = xml::read_records(source, form_.path, record_limits, sinks);
        if (!rest) {
            outcome_.broken = rest.error();
            return;
        }
        if (outcome_.records == 0) return;
        auto issues = unmapped_leaves(mapping_, form_, rest->root());
        if (issues.empty()) return;
        MappedRecord around;
        around.issues = std::move(issues);
        sink_(std::move(around));
    }

    void read_html(const ByteSource& source) {
        std::string page;
        std::vector<char> buffer(64U << 10U);
        for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
            page.append(buffer.data(), size);
            if (page.size() > page_bytes_max) {
                outcome_.broken = {ErrorCode::limit,
                                   "a page over " + std::to_string(page_bytes_max) + " bytes"};
                return;
            }
        }
        const auto tree = xml::parse_html(page, form_.encoding, record_limits);
        if (!tree) {
            refuse(page.substr(0, raw_bytes_max), tree.error());
            return;
        }
        const auto records =
            form_.each ? form_.each->nodes(tree->root()) : std::vector{tree->root()};
        if (records.empty()) {
            outcome_.broken = {ErrorCode::wrong_document,
                               "no " + form_.each->expression() + " on the page"};
        }
        for (const xml::Node record : records) {
            map(record, [&] { return page.substr(0, raw_bytes_max); });
        }
    }

    template <class Raw>
    void map(xml::Node tree, Raw raw) {
        Mapped mapped = map_record(mapping_, form_, tree, stamp_);
        MappedRecord record;
        record.number = ++outcome_.records;
        record.key = std::move(mapped.key);
        record.issues = std::move(mapped.issues);
        if (mapped.is_good) {
            ++outcome_.notices;
            record.notice = std::move(mapped.notice);
        } else {
            ++outcome_.quarantined;
            record.is_quarantined = true;
            record.raw = raw();
        }
        sink_(std::move(record));
    }

    void refuse(std::string raw, const Error& error) {
        MappedRecord record;
        record.number = ++outcome_.records;
        record.issues.push_back(make_issue(error.code, "", error.text));
        record.raw = std::move(raw);
        record.is_quarantined = true;
        ++outcome_.quarantined;
        sink_(std::move(record));
    }

    const Mapping& mapping_;
    const RecordForm& form_;
    const Stamp& stamp_;
    const MappedSink& sink_;
    DocumentOutcome outcome_;
};

}  // namespace

DocumentOutcome map_document(const Mapping& mapping, const ByteSource& source, const Stamp& stamp,
                             const MappedSink& sink) {
    constexpr std::array<std::string_view, 3> names = {"JSON", "XML", "HTML"};
    Peeked peeked(source);
    const RecordForm* form = choose_form(mapping, peeked.head());
    if (form == nullptr) {
        DocumentOutcome out;
        const std::string_view given = names[std::size_t(format_of(peeked.head()))];
        out.broken = {ErrorCode::wrong_document,
                      peeked.head().empty() ? "the document is empty"
                                            : "the document looks like " + std::string(given) +
                                                  ", which " + mapping.source + " does not send"};
        return out;
    }
    DocumentMapper mapper(mapping, *form, stamp, sink);
    mapper.read(peeked.rest());
    return std::move(mapper).outcome();
}

}  // namespace recall::mapping
