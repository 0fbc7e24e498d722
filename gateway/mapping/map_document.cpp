#include "gateway/mapping/map_document.h"

#include <algorithm>

#include "gateway/json/record_reader.h"
#include "gateway/mapping/document_form.h"
#include "gateway/mapping/join_languages.h"
#include "gateway/mapping/record_groups.h"
#include "gateway/xml/record_reader.h"

namespace recall::mapping {
namespace {

constexpr std::size_t raw_bytes_max = 1U << 20U;  // kept of a quarantined record

// A paragraph a line. Where a page was saved as text, " |" is what stood between two cells.
std::string page_of_text(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    std::string out = "<html><body>";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        line = line.substr(0, line.find_last_not_of(blanks) + 1);
        if (line.ends_with(" |")) line.remove_suffix(2);
        if (!line.empty()) {
            out += "<p>";
            for (const char c : line) {
                if (c == '<') {
                    out += "&lt;";
                } else if (c == '&') {
                    out += "&amp;";
                } else {
                    out += c;
                }
            }
            out += "</p>\n";
        }
        at = end + 1;
    }
    return out + "</body></html>";
}

class DocumentMapper {
  public:
    DocumentMapper(const Mapping& mapping, std::span<const Part> parts, const MappedSink& sink)
        : mapping_(mapping), parts_(parts), sink_(sink), join_(mapping.about.language) {}

    DocumentOutcome read() && {
        for (; part_ < parts_.size(); ++part_) {
            read_part(parts_[part_]);
            if (!outcome_.broken) continue;
            outcome_.broken_part = part_;
            return std::move(outcome_);
        }
        give_groups();
        return std::move(outcome_);
    }

  private:
    void read_part(const Part& part) {
        const auto documents = formed_documents(mapping_, part.source);
        if (!documents) {
            outcome_.broken = documents.error();
            return;
        }
        for (const FormedDocument& document : *documents) {
            form_ = document.form;
            read_form(document.bytes);
            if (outcome_.broken) return;
        }
        // What was held for its other halves. Of a document that broke off they may be missing.
        if (!mapping_.joins_languages) return;
        for (MappedRecord& record : join_.take())
            give(std::move(record));
    }

    void read_form(const ByteSource& source) {
        switch (form_->format) {
            case DocumentFormat::json:
                read_json(source);
                break;
            case DocumentFormat::xml:
                read_xml(source);
                break;
            case DocumentFormat::html:
            case DocumentFormat::text:
                read_page(source);
                break;
            case DocumentFormat::table:
                read_rows(source);
                break;
        }
    }

    void read_rows(const ByteSource& source) {
        const RowSinks sinks{[&](std::span<const Cell> cells, std::string_view raw) {
                                 if (form_->group && groups_.add(*form_, part_, cells)) return;
                                 GroupedRecord record;
                                 record.add(form_->group ? *form_->group : Grouping{}, cells);
                                 map(record.root(),
                                     [&] { return std::string(raw.substr(0, raw_bytes_max)); });
                             },
                             [&](std::string_view raw, const Error& error) {
                                 refuse(std::string(raw.substr(0, raw_bytes_max)), error);
                             }};
        const auto done = read_table(source, *form_, sinks);
        if (!done) outcome_.broken = done.error();
    }

    // The records that are made of several rows, when all documents were read.
    void give_groups() {
        groups_.for_each([&](const std::string& key, const Group& group) {
            form_ = group.form;
            part_ = group.part;
            const xml::Node root = group.record.root();
            if (group.record.error()) {
                refuse(xml::to_text(root).substr(0, raw_bytes_max), *group.record.error(), key);
            } else {
                map(root, [&] { return xml::to_text(root).substr(0, raw_bytes_max); });
            }
        });
    }

    void read_json(const ByteSource& source) {
        const json::RecordSinks sinks{
            [&](const xml::Document& tree, std::string_view raw) {
                read_object(tree.root(), raw.substr(0, raw_bytes_max));
            },
            [&](std::string_view raw, const Error& error, const std::string& path) {
                refuse(std::string(raw.substr(0, raw_bytes_max)), error, {}, path);
            }};
        const auto done =
            json::read_records(source, form_->path, record_limits, sinks,
                               form_->has_trailing_comma ? json::TrailingComma::passed_over
                                                         : json::TrailingComma::refused);
        if (!done) outcome_.broken = done.error();
    }

    // An object of the array: a record, or what holds records.
    void read_object(xml::Node object, std::string_view raw) {
        const auto records = form_->each ? form_->each->nodes(object) : std::vector{object};
        for (const xml::Node record : records) {
            if (form_->group && groups_.add(*form_, part_, record)) {
                record.mark(xml::Mark::read);  // it is mapped with its group
            } else {
                map(record, [&] { return std::string(raw); });
            }
        }
        if (form_->each) give_unmapped(object);
    }

    void give_unmapped(xml::Node container) {
        MappedRecord around;
        around.part = part_;
        around.remarks = remarks_of(mapping_, container, parts_[part_].stamp);
        around.issues = unmapped_leaves(mapping_, *form_, container);
        // Without a record nothing was read that stands beside them. What lies deeper in XML is no
        // such thing: records under another name.
        if (outcome_.records == 0) {
            const bool is_xml = form_->format == DocumentFormat::xml;
            std::erase_if(around.issues, [&](const Issue& issue) {
                return !is_xml || std::ranges::count(issue.path, '/') < std::ssize(form_->path) - 1;
            });
        }
        if (!around.issues.empty() || !around.remarks.empty()) sink_(std::move(around));
    }

    void read_xml(const ByteSource& source) {
        const xml::RecordSinks sinks{
            [&](xml::Node record) {
                map(record, [&] { return xml::to_text(record).substr(0, raw_bytes_max); });
            },
            [&](xml::Node record, const Error& error) {
                refuse(xml::to_text(record).substr(0, raw_bytes_max), error, {},
                       form_->path.back());
            },
            [&](std::string_view raw, const Error& error) {
                const std::string before =
                    last_key_.empty() ? "" : "; the last whole one before it is " + last_key_;
                refuse(std::string(raw.substr(0, raw_bytes_max)), {error.code, error.text + before},
                       {}, form_->path.back());
            }};
        const auto rest = xml::read_records(source, form_->path, record_limits, sinks);
        if (!rest) {
            outcome_.broken = rest.error();
            return;
        }
        give_unmapped(rest->root());
    }

    void read_page(const ByteSource& source) {
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
        if (form_->format == DocumentFormat::text) page = page_of_text(page);
        const auto tree = xml::parse_html(page, form_->encoding, record_limits);
        if (!tree) {
            refuse(page.substr(0, raw_bytes_max), tree.error());
            return;
        }
        const auto records =
            form_->each ? form_->each->nodes(tree->root()) : std::vector{tree->root()};
        if (records.empty()) {
            outcome_.broken = {ErrorCode::wrong_document,
                               "no " + form_->each->expression() + " on the page"};
        }
        for (const xml::Node record : records) {
            map(record, [&] { return page.substr(0, raw_bytes_max); });
        }
    }

    template <class Raw>
    void map(xml::Node tree, Raw raw) {
        const bool is_skipped = std::ranges::any_of(
            mapping_.skipped, [&](const Ignored& skip) { return skip.path.holds(tree); });
        if (is_skipped) {
            ++outcome_.skipped;
            return;
        }
        MappedRecord record;
        record.remarks = remarks_of(mapping_, tree, parts_[part_].stamp);
        Mapped mapped = map_record(mapping_, *form_, tree, parts_[part_].stamp);
        record.notice_part = form_->part;
        record.number = ++outcome_.records;
        record.key = std::move(mapped.key);
        last_key_ = record.key;
        record.issues = std::move(mapped.issues);
        if (mapped.is_good) {
            record.notice = std::move(mapped.notice);
        } else {
            record.is_quarantined = true;
            record.raw = raw();
        }
        if (!mapping_.joins_languages) return give(std::move(record));
        if (join_.is_full()) {
            outcome_.broken = {ErrorCode::limit, "more than " + std::to_string(records_joined_max) +
                                                     " records that are joined"};
            return;
        }
        join_.add(std::move(record));
    }

    void give(MappedRecord&& record) {
        record.part = part_;
        ++(record.is_quarantined ? outcome_.quarantined : outcome_.notices);
        sink_(std::move(record));
    }

    void refuse(std::string raw, const Error& error, const std::string& key = {},
                const std::string& path = {}) {
        MappedRecord record;
        record.key = key;
        record.number = ++outcome_.records;
        record.issues.push_back(make_issue(error.code, path, error.text));
        record.raw = std::move(raw);
        record.is_quarantined = true;
        give(std::move(record));
    }

    const Mapping& mapping_;
    std::span<const Part> parts_;
    const MappedSink& sink_;
    std::size_t part_ = 0;
    const RecordForm* form_ = nullptr;  // of the document being read
    RecordGroups groups_;
    LanguageJoin join_;
    std::string last_key_;  // of the record before
    DocumentOutcome outcome_;
};

}  // namespace

DocumentOutcome map_document(const Mapping& mapping, const ByteSource& source, const Stamp& stamp,
                             const MappedSink& sink) {
    const Part part{source, stamp};
    return map_documents(mapping, {&part, 1}, sink);
}

DocumentOutcome map_documents(const Mapping& mapping, std::span<const Part> parts,
                              const MappedSink& sink) {
    return DocumentMapper(mapping, parts, sink).read();
}

}  // namespace recall::mapping
