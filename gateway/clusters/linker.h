#pragma once
// Keeps links and clusters in step with the stored notices: what a notice is looked up by, which
// others share that and for what reason, and the clusters that follow. Does a notice's work anew
// from its latest revision, so doing it twice changes nothing. Links of a notice that vanished or
// was withdrawn stay: its recall was told. Inside a WriteTransaction; one thread; a Linker keeps
// what it read for as long as nobody else writes, so make one for each transaction.

#include <map>
#include <memory>
#include <set>
#include <string>

#include "gateway/clusters/card.h"
#include "gateway/clusters/partition.h"
#include "gateway/store/clusters.h"
#include "gateway/store/session.h"

namespace recall::clusters {

// What is looked at for one cluster; a chain of links beyond it is cut, and the log says so.
inline constexpr std::size_t linked_notices_max = 500;

class Linker {
  public:
    // Waits until others that link have committed.
    Linker(store::Session& session, const match::Lexicon& lexicon);

    // The notice was stored, in a new revision perhaps. Nothing happens when there is none.
    void relink(const std::string& notice);

    // The clusters around the notices that were relinked, or ruled upon, since the last call.
    void settle();
    void touch(const std::string& notice) { touched_.insert(notice); }

    long long links_made() const { return links_made_; }

  private:
    struct Surroundings {
        std::set<std::string> notices;
        std::vector<model::NoticeLink> links;
        Pairs apart;
    };

    Surroundings surroundings(const std::string& start);
    const Card* card(const std::string& id);
    bool is_generic(const model::NoticeKey& key);
    const std::vector<std::string>& holders(const model::NoticeKey& key);
    std::set<std::string> candidates(const Card& card);
    void link(const Card& card);
    std::set<std::string> update_keys(const Card& card);
    void write_links(const Card& card, const std::vector<model::NoticeLink>& links);

    store::Session& session_;
    store::Clusters store_;
    const match::Lexicon& lexicon_;
    std::map<std::string, std::unique_ptr<const Card>> cards_;
    std::map<model::NoticeKey, std::vector<std::string>> holders_;
    std::set<std::string> touched_;
    long long links_made_ = 0;
};

}  // namespace recall::clusters
