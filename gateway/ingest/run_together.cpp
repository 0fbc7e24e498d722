// Several documents whose records are those of one: rows of a record may stand in any of them.

#include "gateway/crypto/digest.h"
#include "gateway/ingest/archived_document.h"
#include "gateway/ingest/run_intake.h"
#include "gateway/store/raw_archive.h"

namespace recall::ingest {

// What is archived of it is the list of its parts, so that it can be read again as it was.
void RunIntake::archive_parts(const std::string& sha256, const std::string& text) {
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        const store::RawPayload payload{.sha256 = sha256,
                                        .media_type = std::string(parts_media_type),
                                        .url = "",
                                        .fetched_at = work_.parts.clock.now()};
        store::RawArchive(session).put(payload, text);
    });
}

Result<Taken> RunIntake::take_together(const std::string& key, const std::vector<Wanted>& wanted) {
    std::vector<Received> all;
    std::vector<std::string> hashes;
    for (const Wanted& one : wanted) {
        Result<Received> received = receive(one);
        if (!received && is_empty_answer(one, received.error())) continue;
        if (!received) return received.error();
        hashes.push_back(sha256_of(received->document));
        all.push_back(std::move(*received));
    }
    if (all.empty()) {
        succeed();
        return Taken{};
    }
    const std::string list = parts_text(hashes);
    const std::string sha256 = crypto::sha256_hex(list);
    const store::SourceDocument together{key, fingerprint(sha256), "", "", ""};
    const auto before = stored(key);
    Result<Taken> taken = [&]() -> Result<Taken> {
        if (before && before->fingerprint == together.fingerprint) return take_unchanged(together);
        archive_parts(sha256, list);
        return map(together, parts_of(all, sha256));
    }();
    if (!taken) return fail(wanted.front(), taken.error());
    in_run_transaction(work_.parts, work_.source(), [&](store::Session& session) {
        for (const Received& received : all)
            store::Documents(session).save(work_.source(), received.document, work_.run);
    });
    succeed();
    return taken;
}

// The body where one came that is believed, else the archive's copy.
std::vector<mapping::Part> RunIntake::parts_of(const std::vector<Received>& all,
                                               const std::string& sha256) {
    std::vector<mapping::Part> out;
    for (const Received& received : all) {
        const net::Fetched& fetched = received.fetched;
        const std::string own = sha256_of(received.document);
        if (fetched.body && fetched.sha256 == own) {
            out.push_back(
                {file_source(fetched.body->path()), {to_text(received.at), sha256, fetched.url}});
            continue;
        }
        const store::SessionLease session = work_.parts.database.lease();
        auto archived = archived_document(*session, own, parts_bytes_max);
        if (!archived) throw Failure(archived.error());
        out.push_back(std::move(archived->parts.front()));
        out.back().stamp.raw_sha256 = sha256;
    }
    return out;
}

}  // namespace recall::ingest
