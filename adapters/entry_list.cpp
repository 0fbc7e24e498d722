#include "adapters/entry_list.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <vector>

#include "adapters/list_walk.h"
#include "adapters/request.h"
#include "gateway/net/outgoing.h"
#include "gateway/xml/xpath.h"

namespace recall::adapters {
namespace {

using ingest::Coverage, ingest::Knowledge, ingest::Wanted;

struct Entry {
    Wanted wanted;
    std::string sort;
    Knowledge knowledge = Knowledge::none;
};

// The XPaths of <entries>, compiled; an empty one is nothing.
struct EntryPaths {
    std::optional<xml::XPath> select, key, link, fingerprint, sort, total;

    static Result<EntryPaths> compile(const ingest::FetchEntries& entries) {
        EntryPaths out;
        const std::pair<const std::string*, std::optional<xml::XPath>*> pairs[] = {
            {&entries.select, &out.select}, {&entries.key, &out.key},
            {&entries.link, &out.link},     {&entries.fingerprint, &out.fingerprint},
            {&entries.sort, &out.sort},     {&entries.total, &out.total}};
        for (const auto& [text, path] : pairs) {
            if (text->empty()) continue;
            Result<xml::XPath> compiled = xml::XPath::compile(*text);
            if (!compiled) return {ErrorCode::bad_mapping, "<entries>: " + compiled.error().text};
            *path = std::move(*compiled);
        }
        return out;
    }
};

std::string text_of(const std::optional<xml::XPath>& path, xml::Node node) {
    return path ? path->text(node) : std::string();
}

// The number in a text such as "1,320"; nothing when there is none.
std::optional<long long> number_in(std::string_view text) {
    constexpr std::size_t digits_max = 12;
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.empty() || digits.size() > digits_max) return std::nullopt;
    return std::stoll(digits);
}

class EntryWalk {
  public:
    EntryWalk(const ingest::Task& task, ingest::Intake& intake, ingest::ParseListing parse)
        : task_(task), intake_(intake), parse_(parse) {}

    Coverage walk() {
        const Coverage walked =
            walk_lists(task_, intake_, [this](const Wanted& wanted) { return read_page(wanted); });
        if (walked == Coverage::complete && stated_ &&
            *stated_ != static_cast<long long>(entries_.size())) {
            complain(ErrorCode::bounds, "the listing states " + std::to_string(*stated_) +
                                            " entries and named " +
                                            std::to_string(entries_.size()));
        }
        fetch_documents();
        return is_whole_ ? walked : Coverage::partial;
    }

  private:
    void complain(ErrorCode code, const std::string& text) {
        is_whole_ = false;
        intake_.complain({code, text});
    }

    Page read_page(const Wanted& wanted) {
        const Result<ingest::Listing> listing = intake_.list(wanted, parse_);
        if (!listing) return Page::failed;
        const Result<EntryPaths> paths = EntryPaths::compile(wanted.list->entries.value());
        if (!paths) {
            complain(paths.error().code, paths.error().text);
            return Page::failed;
        }
        const xml::Node root = listing->tree.root();
        is_sorted_ = is_sorted_ || paths->sort.has_value();
        if (const auto total = number_in(text_of(paths->total, root))) stated_ = total;
        const std::vector<xml::Node> nodes = paths->select->nodes(root);
        if (nodes.empty() && entries_.empty() && stated_ != 0) {
            complain(ErrorCode::wrong_document, wanted.url + ": the listing names nothing");
            return Page::failed;
        }
        return read_entries(*paths, nodes, listing->url);
    }

    Page read_entries(const EntryPaths& paths, const std::vector<xml::Node>& nodes,
                      const std::string& base) {
        const std::size_t before = entries_.size();
        bool is_known = true;
        for (const xml::Node node : nodes) {
            if (entries_.size() == entries_max) {
                complain(ErrorCode::limit, "more than " + std::to_string(entries_max) + " entries");
                break;
            }
            std::optional<Entry> entry = read_entry(paths, node, base);
            if (!entry || !keys_.insert(entry->wanted.key).second) continue;
            entry->knowledge = intake_.notice_entry(entry->wanted);
            is_known = is_known && entry->knowledge != Knowledge::none &&
                       entry->knowledge != Knowledge::changed;
            entries_.push_back(std::move(*entry));
        }
        // Some sites repeat their last page for every number beyond it.
        if (entries_.size() == before) return Page::empty;
        if (stated_ && *stated_ <= static_cast<long long>(entries_.size())) return Page::last;
        return is_known ? Page::known : Page::fresh;
    }

    // Nothing, and a complaint, when the entry does not lead to a document we may ask for.
    std::optional<Entry> read_entry(const EntryPaths& paths, xml::Node node,
                                    const std::string& base) {
        Entry entry;
        entry.wanted.key = text_of(paths.key, node);
        entry.wanted.detail = &task_.plan.detail.value();
        entry.wanted.entry = paths.fingerprint ? paths.fingerprint->text(node) : xml::to_text(node);
        entry.sort = text_of(paths.sort, node);
        if (entry.wanted.key.empty()) {
            complain(ErrorCode::missing_field, "an entry of " + base + " has no key");
            return std::nullopt;
        }
        const Result<std::string> url = address(base, text_of(paths.link, node), entry.wanted.key);
        if (!url) {
            complain(url.error().code, "entry " + entry.wanted.key + ": " + url.error().text);
            return std::nullopt;
        }
        entry.wanted.url = *url;
        return entry;
    }

    Result<std::string> address(const std::string& base, const std::string& link,
                                const std::string& key) const {
        constexpr std::string_view whole_link = "{link}";
        const std::string& pattern = task_.plan.detail->url;
        const Placeholder values[] = {{"link", link}, {"key", key}};
        Result<std::string> url = pattern == whole_link
                                      ? resolved(base, link)
                                      : resolved(base, fill_in(pattern, values, Encoding::percent));
        if (!url) return url;
        const Result<net::Url> here = net::parse_url(base);
        const Result<net::Url> there = net::parse_url(*url);
        if (!here) return here.error();
        if (!there) return there.error();
        const auto& hosts = task_.plan.manners.hosts;
        if (there->host != here->host && std::ranges::find(hosts, there->host) == hosts.end()) {
            return {ErrorCode::forbidden,
                    "it leads to " + there->host + ", which is none of the source's hosts"};
        }
        return url;
    }

    void fetch_documents() {
        if (is_sorted_) std::ranges::stable_sort(entries_, std::ranges::greater(), &Entry::sort);
        long long left = task_.plan.detail->per_run_max;
        const auto fetch = [&](const Entry& entry) {
            if (left == 0) return;
            --left;
            // What fails is noted by the intake, and asked for again in the next run.
            static_cast<void>(intake_.take(entry.wanted));
        };
        for (const Entry& entry : entries_) {
            if (intake_.is_over()) return;
            const bool is_new =
                entry.knowledge == Knowledge::none || entry.knowledge == Knowledge::changed;
            if (is_new) fetch(entry);
        }
        long long place = 0;
        for (const Entry& entry : entries_) {
            if (intake_.is_over()) return;
            const bool is_newest = place++ < task_.plan.detail->recheck_newest;
            const bool is_stored =
                entry.knowledge == Knowledge::same || entry.knowledge == Knowledge::outdated;
            if (is_stored && is_newest) {
                fetch(entry);
            } else if (entry.knowledge == Knowledge::outdated) {
                static_cast<void>(intake_.take_archived(entry.wanted));
            }
        }
    }

    const ingest::Task& task_;
    ingest::Intake& intake_;
    ingest::ParseListing parse_;
    std::vector<Entry> entries_;
    std::unordered_set<std::string> keys_;
    std::optional<long long> stated_;
    bool is_sorted_ = false;
    bool is_whole_ = true;
};

}  // namespace

Coverage walk_entries(const ingest::Task& task, ingest::Intake& intake,
                      ingest::ParseListing parse) {
    return EntryWalk(task, intake, parse).walk();
}

}  // namespace recall::adapters
