#include "gateway/ingest/survey.h"

#include "gateway/base/failure.h"
#include "gateway/json/notice_json.h"
#include "gateway/mapping/field_counts.h"
#include "gateway/store/notices.h"

namespace recall::ingest {
namespace {

constexpr std::size_t notices_a_page = 500;

bool is_no_class(const std::string& code) { return code.empty() || code == "other"; }

class Surveyor {
  public:
    void add(const model::Notice& notice) {
        fields_.add(notice);
        // The text of all hazards stands with the first of them.
        for (const model::Hazard& hazard : notice.hazards) {
            if (is_no_class(hazard.code)) add("hazards", hazard.text);
        }
        for (const model::Measure& measure : notice.measures) {
            if (is_no_class(measure.code)) add("measures", measure.text);
        }
        for (const model::Product& product : notice.products) {
            if (product.category && is_no_class(product.category->code))
                add("products/category", product.category->value);
        }
        if (!notice.provenance) return;
        for (const Issue& issue : notice.provenance->issues) {
            if (issue.code == ErrorCode::unmapped) ++out_.unmapped[issue.path];
            if (issue.code == ErrorCode::unknown_code) add(issue.path, issue.value);
        }
    }

    Survey finish() {
        out_.notices = fields_.notices();
        if (out_.notices == 0) fields_.add({});  // for the names
        for (const auto& [path, count] : fields_.counts())
            out_.fields.emplace(path, out_.notices == 0 ? 0 : count);
        return std::move(out_);
    }

  private:
    void add(const std::string& field, const model::Texts& texts) {
        if (!texts.empty()) add(field, texts.front().text);
    }
    void add(const std::string& field, const std::string& text) {
        if (text.empty()) return;
        Unclassified& found = out_.unclassified[field];
        ++found.count;
        const std::string shown = make_issue(ErrorCode::unknown_code, field, text).value;
        if (found.texts.size() < texts_told_apart_max || found.texts.contains(shown))
            ++found.texts[shown];
    }

    mapping::FieldCounts fields_;
    Survey out_;
};

}  // namespace

Survey survey(store::Session& session, const std::string& source) {
    store::Notices notices(session);
    store::NoticeFilter filter;
    filter.source = source;
    filter.state = "active";
    Surveyor out;
    std::string cursor;
    do {
        const auto page = notices.list(filter, store::NoticeOrder::changes, cursor, notices_a_page);
        if (!page) throw Failure(page.error());
        for (const store::StoredNotice& stored : page->rows) {
            const auto notice = json::read_kept_notice(stored.json);
            if (!notice) throw Failure(ErrorCode::database, stored.id + ": " + notice.error().text);
            out.add(*notice);
        }
        // In this order a page always has a cursor, to go on from when more is stored.
        cursor = page->rows.empty() ? "" : page->cursor;
    } while (!cursor.empty());
    return out.finish();
}

std::vector<store::FieldCount> coverage_of(const Survey& survey) {
    std::vector<store::FieldCount> out;
    out.push_back({std::string(coverage_total_path), survey.notices, 0, 0});
    for (const auto& [path, count] : survey.fields) {
        if (count > 0) out.push_back({path, count, 0, 0});
    }
    for (const auto& [path, count] : survey.unmapped)
        out.push_back({path, 0, 0, count});
    return out;
}

}  // namespace recall::ingest
