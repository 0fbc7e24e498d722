#include "gateway/clusters/cluster_json.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "gateway/base/failure.h"
#include "gateway/clusters/partition.h"
#include "gateway/json/notice_json.h"
#include "gateway/store/clusters.h"
#include "gateway/store/notices.h"

namespace recall::clusters {
namespace {

using model::NoticeLink;
using store::ClusterMember;

void write_text(json::Writer& out, std::string_view name, std::string_view text) {
    if (!text.empty()) out.member(name, text);
}

void write_date(json::Writer& out, std::string_view name, const std::optional<Date>& date) {
    if (date) out.member(name, to_text(*date));
}

void write_reason(json::Writer& out, const NoticeLink& link) {
    out.member("reason", spelling(link.reason));
    write_text(out, "field", link.field);
    write_text(out, "value", link.value);
    write_text(out, "firm", link.firm);
}

void write_reasons(json::Writer& out, const std::string& notice,
                   const std::vector<NoticeLink>& links) {
    out.key("reasons").begin_array();
    for (const NoticeLink& link : links) {
        out.begin_object().member("with", link.a == notice ? link.b : link.a);
        write_reason(out, link);
        out.end_object();
    }
    out.end_array();
}

void write_notice(json::Writer& out, store::Session& session, const std::string& id,
                  const std::vector<NoticeLink>& links) {
    out.begin_object().member("id", id);
    if (const auto stored = store::Notices(session).get(id)) {
        const Result<model::Notice> notice =
            json::read_stored_notice(stored->json, stored->revision, stored->state);
        if (!notice) throw Failure(notice.error());
        if (!notice->title.empty()) write_text(out, "title", notice->title.front().text);
        if (notice->authority) {
            write_text(out, "authority", notice->authority->name);
            write_text(out, "country", notice->authority->country);
        }
        write_date(out, "published_on", notice->published_on);
        write_date(out, "updated_on", notice->updated_on);
        write_text(out, "language", notice->language);
        write_text(out, "url", notice->url);
        write_text(out, "kind", notice->kind);
        write_text(out, "status", notice->status);
    }
    write_reasons(out, id, links);
    out.end_object();
}

bool is_inside(const NoticeLink& link, const std::set<std::string>& ids) {
    return ids.contains(link.a) && ids.contains(link.b);
}

class ClusterWriter {
  public:
    ClusterWriter(store::Session& session, Audience audience)
        : session_(session), clusters_(session), audience_(audience) {}

    std::string write(const std::string& name, const std::set<std::string>& ids) {
        out_.begin_object().member("cluster", name).key("members").begin_array();
        for (const std::string& id : ids) {
            write_notice(out_, session_, id, links_of(id, ids));
            for (store::Ruling& ruling : clusters_.rulings(id))
                rulings_.try_emplace({ruling.a, ruling.b}, std::move(ruling));
        }
        out_.end_array();
        write_outside();
        if (audience_ == Audience::staff) write_rulings();
        out_.end_object();
        return std::move(out_).text();
    }

  private:
    // Those that stay inside, strongest first; the others are kept for later.
    std::vector<NoticeLink> links_of(const std::string& id, const std::set<std::string>& ids) {
        std::vector<NoticeLink> inside;
        for (NoticeLink& link : clusters_.links(id)) {
            const bool is_private =
                link.reason == model::LinkReason::joined && audience_ == Audience::platform;
            if (is_private) link.value.clear();
            if (is_inside(link, ids)) {
                inside.push_back(std::move(link));
            } else {
                outside_.try_emplace({link.a, link.b, link.reason}, std::move(link));
            }
        }
        std::ranges::sort(inside, {}, &NoticeLink::reason);
        return inside;
    }

    void write_outside() {
        out_.key("links_outside").begin_array();
        for (const auto& [key, link] : outside_) {
            out_.begin_object().member("a", link.a).member("b", link.b);
            write_reason(out_, link);
            out_.end_object();
        }
        out_.end_array();
    }

    void write_rulings() {
        out_.key("rulings").begin_array();
        for (const auto& [key, ruling] : rulings_) {
            out_.begin_object().member("a", ruling.a).member("b", ruling.b);
            out_.member("verdict", spelling(ruling.verdict)).member("by", ruling.by);
            out_.member("because", ruling.because).member("at", ruling.at).end_object();
        }
        out_.end_array();
    }

    store::Session& session_;
    store::Clusters clusters_;
    Audience audience_;
    json::Writer out_;
    std::map<std::pair<std::string, std::string>, store::Ruling> rulings_;
    std::map<std::tuple<std::string, std::string, model::LinkReason>, NoticeLink> outside_;
};

std::set<std::string> ids_of(store::Session& session, const std::string& cluster) {
    std::set<std::string> ids;
    for (ClusterMember& member : store::Clusters(session).members(cluster, cluster_notices_max))
        ids.insert(std::move(member.notice));
    return ids;
}

}  // namespace

std::optional<std::string> cluster_of_notice(store::Session& session, const std::string& notice,
                                             Audience audience) {
    ClusterWriter writer(session, audience);
    const auto member = store::Clusters(session).member(notice);
    if (member) return writer.write(member->cluster, ids_of(session, member->cluster));
    // Stored a moment ago, and not looked at yet.
    if (!store::Notices(session).get(notice)) return std::nullopt;
    return writer.write(notice, {notice});
}

std::optional<std::string> cluster_by_name(store::Session& session, const std::string& cluster,
                                           Audience audience) {
    const std::set<std::string> ids = ids_of(session, cluster);
    if (ids.empty()) return std::nullopt;
    return ClusterWriter(session, audience).write(cluster, ids);
}

bool has_company(store::Session& session, const std::string& notice) {
    store::Clusters clusters(session);
    return !clusters.links(notice).empty() || !clusters.rulings(notice).empty();
}

}  // namespace recall::clusters
