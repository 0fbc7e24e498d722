#include "gateway/ingest/run_intake.h"

#include <algorithm>

#include "gateway/base/check.h"
#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "gateway/ingest/archived_document.h"
#include "gateway/ingest/next_page.h"
#include "gateway/ingest/next_poll.h"
#include "gateway/ingest/set_aside.h"
#include "gateway/mapping/document_form.h"
#include "gateway/store/quarantine.h"
#include "gateway/store/raw_archive.h"

namespace recall::ingest {
namespace {

bool is_conditional(const Wanted& wanted) {
    return wanted.list != nullptr ? wanted.list->is_conditional : wanted.detail->is_conditional;
}

Standing standing_of(const Wanted& wanted) {
    const bool is_provisional = wanted.list != nullptr && wanted.list->is_provisional;
    return is_provisional ? Standing::provisional : Standing::believed;
}

// The site answers, but that address has no document of this source, today or tomorrow.
bool leads_nowhere(ErrorCode code) {
    return code == ErrorCode::not_found || code == ErrorCode::redirect ||
           code == ErrorCode::forbidden;
}

std::string entry_hash(const Wanted& wanted) {
    return wanted.entry.empty() ? std::string() : crypto::sha256_hex(wanted.entry);
}

// The hash of what records are read from, where that may be packed in several ways; else empty.
Result<std::string> content_hash(const mapping::Mapping& mapping, const Wanted& wanted,
                                 const net::Fetched& fetched) {
    if (rules_of(wanted).format != DocumentFormat::table) return std::string();
    crypto::Sha256 hash;
    const auto read =
        mapping::read_content(mapping, file_source(fetched.body->path()),
                              [&hash](std::string_view piece) { hash.update(piece); });
    if (!read) return read.error();
    return hash.hex();
}

}  // namespace

bool is_empty_answer(const Wanted& wanted, const Error& error) {
    return error.code == ErrorCode::not_found && wanted.list != nullptr &&
           wanted.list->is_absent_empty;
}

// Of "<sha256>@<mapping version>".
std::string sha256_of(const store::SourceDocument& document) {
    return document.fingerprint.substr(0, document.fingerprint.find('@'));
}

bool RunIntake::is_over() const {
    return work_.stop.stop_requested() || is_shut_out_ ||
           failures_in_a_row_ >= failures_in_a_row_max;
}

std::optional<store::SourceDocument> RunIntake::stored(const std::string& key) {
    const store::SessionLease session = work_.parts.database.lease();
    return store::Documents(*session).find(work_.source(), key);
}

std::string RunIntake::fingerprint(const std::string& sha256) const {
    return sha256 + "@" + work_.mapping.version;
}

Date RunIntake::today() const {
    return date_at_source(work_.mapping.fetch->schedule, work_.parts.clock.now());
}

Error RunIntake::fail(const Wanted& wanted, Error error) {
    if (work_.stop.stop_requested()) return error;
    if (error.text.find(wanted.url) == std::string::npos)
        error.text = wanted.url + ": " + error.text;
    ++failures_in_a_row_;
    is_shut_out_ = is_shut_out_ || error.code == ErrorCode::rate_limited;
    work_.note(error);
    if (const auto until = work_.parts.fetcher.asked_until(wanted.url))
        work_.asked_until = std::max(work_.asked_until.value_or(*until), *until);
    return error;
}

void RunIntake::set_aside(const Wanted& wanted, const Error& error) {
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        const Issue issue = make_issue(error.code, "", error.text);
        store::Quarantine(session).add({.source = work_.source(),
                                        .key = place_of(wanted.key, 0),
                                        .issues = {issue},
                                        .bytes = wanted.entry},
                                       work_.parts.clock.now());
        store::Documents documents(session);
        std::optional<store::SourceDocument> document = documents.find(work_.source(), wanted.key);
        if (!document) document = {wanted.key, "", "", "", ""};
        const std::string entry = entry_hash(wanted);
        if (sha256_of(*document).empty()) {
            const std::string& version = work_.mapping.version;
            std::optional<SetAside> before = read_aside(version, document->fingerprint);
            if (document->entry != entry) before.reset();
            document->fingerprint = aside_fingerprint(version, set_aside_on(today(), before));
        }
        document->entry = entry;
        documents.save(work_.source(), *document, work_.run);
    });
    failures_in_a_row_ = 0;
    work_.has_quarantined = true;
    ++work_.counts.fetched;
    ++work_.counts.quarantined;
}

void RunIntake::succeed() {
    failures_in_a_row_ = 0;
    ++work_.documents_taken;
}

void RunIntake::archive(const Received& received) {
    const net::Fetched& fetched = received.fetched;
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        const store::RawPayload payload{.sha256 = fetched.sha256,
                                        .media_type = fetched.media_type,
                                        .url = fetched.url,
                                        .fetched_at = received.at};
        store::RawArchive(session).put(payload, file_source(fetched.body->path()));
    });
}

Result<RunIntake::Received> RunIntake::receive(const Wanted& wanted) {
    Received received;
    received.before = stored(wanted.key);
    net::FetchRequest request = request_of(work_.mapping.fetch.value(), wanted);
    const bool is_current =
        received.before && received.before->fingerprint == fingerprint(sha256_of(*received.before));
    if (is_conditional(wanted) && is_current) {
        request.etag = received.before->etag;
        request.last_modified = received.before->last_modified;
    }
    Result<net::Fetched> fetched =
        work_.parts.fetcher.fetch(request, manners_of(*work_.mapping.fetch));
    if (!fetched && is_empty_answer(wanted, fetched.error())) return fetched.error();
    if (!fetched && wanted.detail != nullptr && leads_nowhere(fetched.error().code)) {
        set_aside(wanted, fetched.error());
        return fetched.error();
    }
    if (!fetched) return fail(wanted, fetched.error());
    received.fetched = std::move(*fetched);
    received.at = work_.parts.clock.now();
    if (received.fetched.is_not_modified) {
        if (!received.before) {
            return fail(wanted, {ErrorCode::wrong_document, "not modified, though never fetched"});
        }
        received.document = *received.before;
        if (!wanted.entry.empty()) received.document.entry = entry_hash(wanted);
        return received;
    }
    const Result<std::string> content = content_hash(work_.mapping, wanted, received.fetched);
    // A ZIP made anew of the same members is the one we have, and is not archived again.
    const bool is_repacked =
        content && !content->empty() && received.before && received.before->entry == *content;
    const std::string sha256 = is_repacked ? sha256_of(*received.before) : received.fetched.sha256;
    received.document = {wanted.key, fingerprint(sha256), entry_hash(wanted), received.fetched.etag,
                         received.fetched.last_modified};
    if (!is_repacked) archive(received);
    if (Result<void> checked = check_fetched(rules_of(wanted), received.fetched); !checked)
        return fail(wanted, checked.error());
    if (!content) return fail(wanted, content.error());
    if (!content->empty()) received.document.entry = *content;
    return received;
}

Taken RunIntake::take_unchanged(const store::SourceDocument& document) {
    const long long records =
        in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
            store::Documents documents(session);
            documents.save(work_.source(), document, work_.run);
            return documents.record_count(work_.source(), document.key);
        });
    work_.counts.fetched += records;
    work_.counts.unchanged += records;
    return {records, 0};
}

Result<Taken> RunIntake::map(const store::SourceDocument& document,
                             std::vector<mapping::Part> parts, Standing standing) {
    RecordWriter writer(work_, document.key, parts.front().stamp.raw_sha256, standing);
    // A document takes as long as it is; stopped, it breaks off here and is read anew next time.
    for (mapping::Part& part : parts) {
        part.source = [this, bytes = std::move(part.source)](std::span<char> buffer) {
            return work_.stop.stop_requested() ? std::size_t(0) : bytes(buffer);
        };
    }
    const auto outcome =
        mapping::map_documents(work_.mapping, parts, [&](mapping::MappedRecord&& record) {
            // The record in which the document broke off is not bad: it is not all there.
            const bool is_cut = record.is_quarantined && record.issues.size() == 1 &&
                                record.issues.front().code == ErrorCode::truncated;
            if (!is_cut) writer.add(std::move(record));
        });
    // What is not stored yet may be half a page.
    if (work_.stop.stop_requested()) return Error{ErrorCode::timed_out, "stopped before its end"};
    writer.finish(outcome.broken ? nullptr : &document);
    if (outcome.broken) return *outcome.broken;
    return writer.taken();
}

Result<Taken> RunIntake::take(const Wanted& wanted) {
    const Result<Received> received = receive(wanted);
    if (!received && is_empty_answer(wanted, received.error())) {
        succeed();
        return Taken{};
    }
    if (!received) return received.error();
    const store::SourceDocument& document = received->document;
    const net::Fetched& fetched = received->fetched;
    const bool is_same = received->before && received->before->fingerprint == document.fingerprint;
    Result<Taken> taken = [&]() -> Result<Taken> {
        if (is_same) return take_unchanged(document);
        std::vector<mapping::Part> parts;
        parts.push_back({file_source(fetched.body->path()),
                         {to_text(received->at), sha256_of(document), fetched.url}});
        return map(document, parts, standing_of(wanted));
    }();
    if (!taken) return fail(wanted, taken.error());
    Result<std::string> next = next_page(wanted, fetched);
    if (!next) return fail(wanted, next.error());
    taken->next = std::move(*next);
    taken->sha256 = sha256_of(document);
    succeed();
    return taken;
}

Result<Taken> RunIntake::take_archived(const Wanted& wanted) {
    std::optional<store::SourceDocument> document = stored(wanted.key);
    if (!document) return {ErrorCode::not_found, wanted.key + " was never stored"};
    const std::string sha256 = sha256_of(*document);
    RECALL_CHECK(!sha256.empty(), "what was set aside is never outdated");
    Result<ArchivedDocument> archived = [&] {
        const store::SessionLease session = work_.parts.database.lease();
        return archived_document(*session, sha256, rules_of(wanted).bytes_max);
    }();
    if (!archived) return fail(wanted, archived.error());
    document->fingerprint = fingerprint(sha256);
    Result<Taken> taken = map(*document, archived->parts, standing_of(wanted));
    if (!taken) return fail(wanted, taken.error());
    return taken;
}

Result<std::string> RunIntake::listing_bytes(const Received& received) {
    if (!received.fetched.is_not_modified) return read_body(received.fetched);
    const store::SessionLease session = work_.parts.database.lease();
    return store::RawArchive(*session).get(sha256_of(received.document), listing_bytes_max);
}

Result<Listing> RunIntake::list(const Wanted& wanted, ParseListing parse) {
    const Result<Received> received = receive(wanted);
    if (!received) return received.error();
    const Result<std::string> bytes = listing_bytes(*received);
    if (!bytes) return fail(wanted, bytes.error());
    Result<xml::Document> tree = parse(*bytes, wanted.list->rules);
    if (!tree) return fail(wanted, tree.error());
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        store::Documents(session).save(work_.source(), received->document, work_.run);
    });
    succeed();
    const std::string& url = received->fetched.url;
    return Listing{std::move(*tree), url.empty() ? wanted.url : url};
}

Knowledge RunIntake::notice_entry(const Wanted& wanted) {
    const std::optional<store::SourceDocument> before =
        in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
            store::Documents documents(session);
            documents.mark_listed(work_.source(), wanted.key, work_.run);
            return documents.find(work_.source(), wanted.key);
        });
    if (!before) return Knowledge::none;
    if (before->entry != entry_hash(wanted)) return Knowledge::changed;
    const std::string sha256 = sha256_of(*before);
    if (sha256.empty()) {
        const auto aside = read_aside(work_.mapping.version, before->fingerprint);
        return aside && today() < aside->again ? Knowledge::aside : Knowledge::none;
    }
    return before->fingerprint == fingerprint(sha256) ? Knowledge::same : Knowledge::outdated;
}

}  // namespace recall::ingest
