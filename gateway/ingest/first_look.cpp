#include "gateway/ingest/first_look.h"

#include "gateway/ingest/fetch_terms.h"
#include "gateway/ingest/next_poll.h"
#include "gateway/mapping/map_document.h"

namespace recall::ingest {
namespace {

// An intake that is over after the first document and keeps nothing.
class Looker final : public Intake {
  public:
    Looker(const mapping::Mapping& mapping, net::Fetcher& fetcher, FirstLook& look)
        : mapping_(mapping), fetcher_(fetcher), look_(look) {}

    Result<Taken> take(const Wanted& wanted) override {
        const Result<net::Fetched> fetched = receive(wanted);
        if (!fetched) return fetched.error();
        const mapping::Stamp stamp{"", fetched->sha256, fetched->url};
        const auto outcome =
            mapping::map_document(mapping_, file_source(fetched->body->path()), stamp,
                                  [this](mapping::MappedRecord&& record) {
                                      for (const Issue& issue : record.issues)
                                          ++look_.issues[std::string(spelling(issue.code))];
                                  });
        look_.records = outcome.records;
        look_.notices = outcome.notices;
        look_.quarantined = outcome.quarantined;
        if (outcome.broken) {
            complain(*outcome.broken);
            return *outcome.broken;
        }
        return Taken{outcome.records, outcome.notices};
    }

    Result<Taken> take_together(const std::string&, const std::vector<Wanted>& wanted) override {
        return take(wanted.front());
    }

    Result<Taken> take_archived(const Wanted& wanted) override { return take(wanted); }

    Result<Listing> list(const Wanted& wanted, ParseListing parse) override {
        const Result<net::Fetched> fetched = receive(wanted);
        if (!fetched) return fetched.error();
        Result<xml::Document> tree = parse(read_body(*fetched), wanted.list->rules);
        if (tree) return Listing{std::move(*tree), fetched->url};
        complain(tree.error());
        return tree.error();
    }

    Knowledge notice_entry(const Wanted&) override {
        ++look_.entries;
        return Knowledge::same;
    }

    void complain(const Error& error) override { look_.errors.push_back(error); }
    bool is_over() const override { return is_over_; }

  private:
    Result<net::Fetched> receive(const Wanted& wanted) {
        is_over_ = true;
        look_.url = wanted.url;
        Result<net::Fetched> fetched =
            fetcher_.fetch(request_of(*mapping_.fetch, wanted), manners_of(*mapping_.fetch));
        if (!fetched) {
            complain(fetched.error());
            return fetched;
        }
        look_.url = fetched->url;
        look_.media_type = fetched->media_type;
        look_.sha256 = fetched->sha256;
        look_.bytes = fetched->bytes;
        if (Result<void> checked = check_fetched(rules_of(wanted), *fetched); !checked) {
            complain(checked.error());
            return checked.error();
        }
        return fetched;
    }

    const mapping::Mapping& mapping_;
    net::Fetcher& fetcher_;
    FirstLook& look_;
    bool is_over_ = false;
};

}  // namespace

FirstLook look_at(const mapping::Mapping& mapping, Adapter adapter, net::Fetcher& fetcher,
                  Instant now) {
    FirstLook look;
    Looker looker(mapping, fetcher, look);
    const FetchPlan& plan = mapping.fetch.value();
    const Date today = date_at_source(plan.schedule, now);
    adapter({plan, Scope::full, today, today}, looker);
    return look;
}

}  // namespace recall::ingest
