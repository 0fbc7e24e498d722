#include "gateway/clusters/linker.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "gateway/base/log.h"
#include "gateway/clusters/reasons.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/notices.h"

namespace recall::clusters {
namespace {

using model::KeyKind;
using model::NoticeKey;
using model::NoticeLink;

// Enough to see that a key has just become too common, and that it was so before.
constexpr std::size_t holders_read = key_notices_max + 2;

// Whether a key's meaning hangs on how many notices have it, and of which sources.
bool is_counted(KeyKind kind) { return kind != KeyKind::refers; }

std::string source_of(const std::string& id) { return id.substr(0, id.find(':')); }

// The ids and addresses by which others would refer to the notice.
std::vector<NoticeKey> names_of(const Card& card) {
    std::vector<NoticeKey> names{{KeyKind::refers, card.id}};
    if (!card.address.empty()) names.push_back({KeyKind::refers, card.address});
    for (const std::string& page : card.pages)
        names.push_back({KeyKind::refers, page});
    return names;
}

const std::string& partner_of(const NoticeLink& link, const std::string& notice) {
    return link.a == notice ? link.b : link.a;
}

}  // namespace

Linker::Linker(store::Session& session, const match::Lexicon& lexicon)
    : session_(session), store_(session), lexicon_(lexicon) {
    session.next_change("cluster");
}

const Card* Linker::card(const std::string& id) {
    const auto known = cards_.find(id);
    if (known != cards_.end()) return known->second.get();
    std::unique_ptr<const Card> made;
    if (const auto stored = store::Notices(session_).get(id)) {
        const Result<model::Notice> notice = json::read_kept_notice(stored->json);
        if (notice) {
            made = std::make_unique<const Card>(read_card(*notice, lexicon_));
        } else {
            // It was written by us: a later version reads it after a remap.
            log(notice.error(), "clusters", {{"notice", id}});
        }
    }
    return cards_.emplace(id, std::move(made)).first->second.get();
}

const std::vector<std::string>& Linker::holders(const NoticeKey& key) {
    const auto known = holders_.find(key);
    if (known != holders_.end()) return known->second;
    return holders_.emplace(key, store_.holders(key, holders_read)).first->second;
}

// An address at which a source has several notices is a page about something larger.
bool Linker::is_generic(const NoticeKey& key) {
    const std::vector<std::string>& all = holders(key);
    if (all.size() > key_notices_max) return true;
    if (key.kind != KeyKind::address) return false;
    std::set<std::string> sources;
    return std::ranges::any_of(
        all, [&](const std::string& id) { return !sources.insert(source_of(id)).second; });
}

std::set<std::string> Linker::candidates(const Card& card) {
    std::set<std::string> ids;
    const auto add = [&](const NoticeKey& key) {
        const std::vector<std::string>& all = holders(key);
        if (all.size() <= key_notices_max) ids.insert(all.begin(), all.end());
    };
    for (const NoticeKey& key : card.keys()) {
        if (key.kind == KeyKind::page) continue;
        if (key.kind != KeyKind::refers) {
            add(key);
            continue;
        }
        ids.insert(key.value);
        add({KeyKind::address, key.value});
        add({KeyKind::page, key.value});
    }
    for (const NoticeKey& name : names_of(card))
        add(name);
    ids.erase(card.id);
    return ids;
}

// The other notices to look at again, because a key became or ceased to be one that tells.
std::set<std::string> Linker::update_keys(const Card& card) {
    const std::vector<NoticeKey> before = store_.keys(card.id);
    const std::vector<NoticeKey> now = card.keys();
    if (before == now) return {};
    store_.set_keys(card.id, now);
    std::vector<NoticeKey> moved;
    std::ranges::set_symmetric_difference(before, now, std::back_inserter(moved));
    std::set<std::string> others;
    for (const NoticeKey& key : moved) {
        holders_.erase(key);
        if (!is_counted(key.kind)) continue;
        const std::vector<std::string>& all = holders(key);
        const bool was_lost = std::ranges::binary_search(before, key);
        const bool is_turning = all.size() == (was_lost ? key_notices_max : key_notices_max + 1);
        const bool tells_sources = key.kind == KeyKind::address && all.size() <= key_notices_max;
        if (is_turning || tells_sources) others.insert(all.begin(), all.end());
    }
    others.erase(card.id);
    return others;
}

void Linker::write_links(const Card& card, const std::vector<NoticeLink>& links) {
    const auto order = [](const NoticeLink& one, const NoticeLink& other) {
        return std::tie(one.a, one.b, one.reason) < std::tie(other.a, other.b, other.reason);
    };
    std::vector<NoticeLink> before = store_.links(card.id);
    std::vector<NoticeLink> now = links;
    std::ranges::sort(before, order);
    std::ranges::sort(now, order);
    if (before == now) return;
    for (const NoticeLink& link : before) {
        store_.remove_links(link.a, link.b);
        touched_.insert(partner_of(link, card.id));
    }
    for (const NoticeLink& link : now) {
        store_.add_link(link);
        touched_.insert(partner_of(link, card.id));
    }
    links_made_ += std::ssize(now);
}

void Linker::link(const Card& card) {
    const IsGeneric generic = [this](const NoticeKey& key) { return is_generic(key); };
    std::set<std::pair<std::string, std::string>> refused;
    std::vector<NoticeLink> links;
    for (const store::Ruling& ruling : store_.rulings(card.id)) {
        if (ruling.verdict == model::Verdict::split) refused.emplace(ruling.a, ruling.b);
        if (ruling.verdict == model::Verdict::join) {
            links.push_back(
                {ruling.a, ruling.b, model::LinkReason::joined, "", ruling.because, ""});
        }
    }
    for (const std::string& id : candidates(card)) {
        const Card* other = this->card(id);
        if (other == nullptr) continue;
        for (NoticeLink& link : reasons(card, *other, generic)) {
            if (!refused.contains({link.a, link.b})) links.push_back(std::move(link));
        }
    }
    touched_.insert(card.id);
    write_links(card, links);
}

void Linker::relink(const std::string& notice) {
    cards_.erase(notice);
    const Card* changed = card(notice);
    if (changed == nullptr) return;
    const std::set<std::string> others = update_keys(*changed);
    link(*changed);
    for (const std::string& other : others) {
        if (const Card* found = card(other)) link(*found);
    }
}

// Everything that links lead to from a notice, and what is ruled in it.
Linker::Surroundings Linker::surroundings(const std::string& start) {
    Surroundings found;
    std::map<std::tuple<std::string, std::string, model::LinkReason>, NoticeLink> links;
    std::vector<std::string> next{start};
    while (!next.empty() && found.notices.size() < linked_notices_max) {
        const std::string id = std::move(next.back());
        next.pop_back();
        if (!found.notices.insert(id).second) continue;
        for (const NoticeLink& link : store_.links(id)) {
            links.try_emplace({link.a, link.b, link.reason}, link);
            next.push_back(partner_of(link, id));
        }
        for (const store::Ruling& ruling : store_.rulings(id)) {
            if (ruling.verdict == model::Verdict::split) found.apart.emplace(ruling.a, ruling.b);
        }
    }
    if (!next.empty()) {
        log(LogLevel::warning, "clusters", "more notices are linked than one cluster can be",
            {{"notice", start}});
    }
    for (auto& [key, link] : links)
        found.links.push_back(std::move(link));
    return found;
}

void Linker::settle() {
    std::set<std::string> open = std::exchange(touched_, {});
    while (!open.empty()) {
        const Surroundings around = surroundings(*open.begin());
        std::vector<Node> nodes;
        for (const std::string& id : around.notices) {
            open.erase(id);
            if (const Card* found = card(id)) nodes.push_back({id, found->teller, found->day});
        }
        const std::vector<std::string> firsts = partition(nodes, around.links, around.apart);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const store::ClusterMember member{nodes[i].id, nodes[i].teller, day_text(nodes[i].day),
                                              firsts[i]};
            if (store_.member(member.notice) != member) store_.set_member(member);
        }
    }
}

}  // namespace recall::clusters
