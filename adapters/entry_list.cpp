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

struct Document {
    Wanted wanted;
    Knowledge knowledge = Knowledge::none;

    bool is_new() const { return knowledge == Knowledge::none || knowledge == Knowledge::changed; }
};

struct Entry {
    std::vector<Document> documents;  // one, or one for each language
    std::string sort;
};

// What one list named.
struct Named {
    const ingest::FetchList* list = nullptr;
    const ingest::FetchDetail* detail = nullptr;
    std::vector<Entry> entries;
    std::optional<long long> stated;
    bool is_sorted = false;
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
            Result<xml::XPath> compiled = xml::XPath::compile(*text, entries.namespaces);
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
        for (const Named& named : lists_) {
            const auto count = static_cast<long long>(named.entries.size());
            if (walked == Coverage::complete && named.stated.value_or(count) != count) {
                complain(named, ErrorCode::bounds,
                         "the listing states " + std::to_string(*named.stated) +
                             " entries and named " + std::to_string(count));
            }
        }
        for (Named& named : lists_)
            fetch_documents(named);
        return is_whole_ ? walked : Coverage::partial;
    }

  private:
    void complain(const Named& named, ErrorCode code, const std::string& text) {
        is_whole_ = is_whole_ && !named.list->is_complete;
        intake_.complain({code, text});
    }

    Named& named_by(const ingest::FetchList& list) {
        const auto found = std::ranges::find(lists_, &list, &Named::list);
        if (found != lists_.end()) return *found;
        const auto& own = list.detail;
        return lists_.emplace_back(
            Named{&list, own ? &*own : &task_.plan.detail.value(), {}, std::nullopt, false});
    }

    PageSeen read_page(const Wanted& wanted) {
        if (!wanted.list->entries) return take_records(intake_, wanted);
        const Result<ingest::Listing> listing = intake_.list(wanted, parse_);
        Named& named = named_by(*wanted.list);
        if (!listing) return Page::failed;
        const Result<EntryPaths> paths = EntryPaths::compile(wanted.list->entries.value());
        if (!paths) {
            complain(named, paths.error().code, paths.error().text);
            return Page::failed;
        }
        const xml::Node root = listing->tree.root();
        named.is_sorted = named.is_sorted || paths->sort.has_value();
        if (const auto total = number_in(text_of(paths->total, root))) named.stated = total;
        const std::vector<xml::Node> nodes = paths->select->nodes(root);
        if (nodes.empty() && named.entries.empty() && named.stated != 0) {
            complain(named, ErrorCode::wrong_document, wanted.url + ": the listing names nothing");
            return Page::failed;
        }
        return read_entries(named, *paths, nodes, listing->url);
    }

    Page read_entries(Named& named, const EntryPaths& paths, const std::vector<xml::Node>& nodes,
                      const std::string& base) {
        const std::size_t before = named.entries.size();
        bool is_known = true;
        for (const xml::Node node : nodes) {
            if (keys_.size() >= entries_max) {
                complain(named, ErrorCode::limit,
                         "more than " + std::to_string(entries_max) + " entries");
                break;
            }
            std::optional<Entry> entry = read_entry(named, paths, node, base);
            if (!entry || !keys_.insert(entry->documents.front().wanted.key).second) continue;
            for (Document& document : entry->documents) {
                document.knowledge = intake_.notice_entry(document.wanted);
                is_known = is_known && !document.is_new();
            }
            named.entries.push_back(std::move(*entry));
        }
        // Some sites repeat their last page for every number beyond it.
        if (named.entries.size() == before) return Page::empty;
        if (named.stated && *named.stated <= static_cast<long long>(named.entries.size()))
            return Page::last;
        return is_known ? Page::known : Page::fresh;
    }

    // Nothing, and a complaint, when the entry does not lead to a document we may ask for.
    std::optional<Entry> read_entry(const Named& named, const EntryPaths& paths, xml::Node node,
                                    const std::string& base) {
        Entry entry;
        entry.sort = text_of(paths.sort, node);
        Wanted wanted;
        wanted.key = text_of(paths.key, node);
        wanted.detail = named.detail;
        wanted.entry = paths.fingerprint ? paths.fingerprint->text(node) : xml::to_text(node);
        if (wanted.key.empty()) {
            complain(named, ErrorCode::missing_field, "an entry of " + base + " has no key");
            return std::nullopt;
        }
        const std::string key = wanted.key;
        const std::vector<std::string> one_document = {""};
        const auto& languages = named.detail->languages;
        for (const std::string& language : languages.empty() ? one_document : languages) {
            const Result<std::string> url =
                address(named, base, text_of(paths.link, node), key, language);
            if (!url) {
                complain(named, url.error().code, "entry " + key + ": " + url.error().text);
                return std::nullopt;
            }
            wanted.key = language.empty() ? key : key + ":" + language;
            wanted.url = *url;
            entry.documents.push_back({wanted, Knowledge::none});
        }
        return entry;
    }

    Result<std::string> address(const Named& named, const std::string& base,
                                const std::string& link, const std::string& key,
                                const std::string& language) const {
        constexpr std::string_view whole_link = "{link}";
        const std::string& pattern = named.detail->url;
        const Placeholder values[] = {{"link", link}, {"key", key}, {"language", language}};
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

    void fetch_documents(Named& named) {
        if (named.is_sorted)
            std::ranges::stable_sort(named.entries, std::ranges::greater(), &Entry::sort);
        long long left = named.detail->per_run_max;
        const auto fetch = [&](const Document& document) {
            if (left == 0 || intake_.is_over()) return;
            --left;
            // What fails is noted by the intake, and asked for again in the next run.
            static_cast<void>(intake_.take(document.wanted));
        };
        for (const Entry& entry : named.entries) {
            for (const Document& document : entry.documents)
                if (document.is_new()) fetch(document);
        }
        long long place = 0;
        for (const Entry& entry : named.entries) {
            const bool is_newest = place++ < named.detail->recheck_newest;
            for (const Document& document : entry.documents) {
                if (intake_.is_over()) return;
                // What leads nowhere waits for its day, however new it is.
                if (document.is_new() || document.knowledge == Knowledge::aside) continue;
                if (is_newest) {
                    fetch(document);
                } else if (document.knowledge == Knowledge::outdated) {
                    static_cast<void>(intake_.take_archived(document.wanted));
                }
            }
        }
    }

    const ingest::Task& task_;
    ingest::Intake& intake_;
    ingest::ParseListing parse_;
    std::vector<Named> lists_;  // in the order in which they were asked for
    std::unordered_set<std::string> keys_;
    bool is_whole_ = true;
};

}  // namespace

Coverage walk_entries(const ingest::Task& task, ingest::Intake& intake,
                      ingest::ParseListing parse) {
    return EntryWalk(task, intake, parse).walk();
}

}  // namespace recall::adapters
