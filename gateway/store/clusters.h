#pragma once
// What clusters of notices stand on: lookup keys, links with their reasons, rulings of people, and
// who belongs to which cluster. Knows no rule of linking. Writes need a WriteTransaction. One
// session, one thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/clock.h"
#include "gateway/base/result.h"
#include "gateway/model/cluster.h"
#include "gateway/store/page.h"
#include "gateway/store/session.h"

namespace recall::store {

struct ClusterMember {
    std::string notice{};
    std::string teller{};
    std::string told_on{};  // a day, or empty
    std::string cluster{};
    bool operator==(const ClusterMember&) const = default;
};

struct Ruling {
    std::string a{};  // sorts before b
    std::string b{};
    model::Verdict verdict = model::Verdict::undone;
    std::string by{};
    std::string because{};
    std::string at{};
};

struct ClusterSize {
    std::string cluster{};
    long long notices = 0;
};

class Clusters {
  public:
    explicit Clusters(Session& session) : session_(session) {}

    std::vector<model::NoticeKey> keys(std::string_view notice);
    // These keys and no others.
    void set_keys(std::string_view notice, const std::vector<model::NoticeKey>& keys);
    // The notices with the key, at most `rows`, in the order of their ids.
    std::vector<std::string> holders(const model::NoticeKey& key, std::size_t rows);

    std::vector<model::NoticeLink> links(std::string_view notice);
    void add_link(const model::NoticeLink& link);
    void remove_links(std::string_view a, std::string_view b);

    void add_ruling(const Ruling& ruling);
    // The last ruling on each pair that the notice is in.
    std::vector<Ruling> rulings(std::string_view notice);
    // All on one pair, oldest first.
    std::vector<Ruling> history(std::string_view a, std::string_view b);

    std::optional<ClusterMember> member(std::string_view notice);
    std::vector<ClusterMember> members(std::string_view cluster, std::size_t rows);
    void set_member(const ClusterMember& member);
    // Clusters of two and more, in the order of their names.
    Result<Page<ClusterSize>> list(std::string_view cursor, std::size_t rows);

    // All but the rulings, to be made anew.
    void clear();

  private:
    Session& session_;
};

}  // namespace recall::store
