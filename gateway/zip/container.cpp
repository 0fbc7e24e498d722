#include "gateway/zip/container.h"

#include <algorithm>
#include <cstdio>

#include "gateway/base/failure.h"

#include <zip.h>

namespace recall::zip {
namespace {

constexpr std::size_t chunk_bytes = 256U << 10U;

Error bad(const std::string& text) { return {ErrorCode::bad_zip, text}; }
Error over(const std::string& text) { return {ErrorCode::limit, text}; }

Error error_of(int code, const std::string& where) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string text = where + ": " + zip_error_strerror(&error);
    zip_error_fini(&error);
    // The list of members stands at the end: without it the end is missing.
    const bool is_cut = code == ZIP_ER_NOZIP || code == ZIP_ER_EOF || code == ZIP_ER_INCONS;
    return {is_cut ? ErrorCode::truncated : ErrorCode::bad_zip, text};
}

struct FileClose {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
struct EntryClose {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Entry = std::unique_ptr<zip_file_t, EntryClose>;

// Members are found from the end, so the bytes must be in a file; it has no name.
Result<std::unique_ptr<std::FILE, FileClose>> spooled(const ByteSource& source,
                                                      std::uint64_t bytes_max) {
    std::unique_ptr<std::FILE, FileClose> file(std::tmpfile());
    if (!file) throw Failure(ErrorCode::io, "no temporary file for a ZIP container");
    std::vector<char> buffer(chunk_bytes);
    std::uint64_t bytes = 0;
    for (std::size_t size = source(buffer); size > 0; size = source(buffer)) {
        bytes += size;
        if (bytes > bytes_max)
            return over("a ZIP container over " + std::to_string(bytes_max) + " bytes");
        if (std::fwrite(buffer.data(), 1, size, file.get()) != size)
            throw Failure(ErrorCode::io, "the temporary file of a ZIP container is full");
    }
    if (std::fflush(file.get()) != 0)
        throw Failure(ErrorCode::io, "the temporary file of a ZIP container is full");
    std::rewind(file.get());
    return file;
}

bool leads_out(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.front() == '\\') return true;
    if (name.size() > 1 && name[1] == ':') return true;
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
        if (name.substr(at, end - at) == "..") return true;
        at = end + 1;
    }
    return false;
}

// Printable, since it goes into messages.
std::string shown(std::string_view name) {
    std::string out(name.substr(0, 80));
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return out;
}

Result<Member> member_of(zip_t* archive, std::uint64_t index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                    ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &stat) != 0 ||
        (stat.valid & needed) != needed) {
        return bad("the entry of member " + std::to_string(index) + " cannot be read");
    }
    const std::string_view name = stat.name;
    if (leads_out(name)) return bad("the name of a member leads out of its folder: " + shown(name));
    if (stat.encryption_method != ZIP_EM_NONE) return bad(shown(name) + " is encrypted");
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        return bad(shown(name) + " is compressed in a way that is not read");
    return Member{index, std::string(name), stat.size, stat.comp_size};
}

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

struct Container::Archive {
    explicit Archive(zip_t* opened) : handle(opened, zip_discard) {}
    std::unique_ptr<zip_t, void (*)(zip_t*)> handle;
};

bool is_zip(std::string_view head) {
    return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") ||
           head.starts_with("PK\x07\x08");
}

bool fits_pattern(std::string_view name, std::string_view pattern) {
    const std::size_t folder = name.find_last_of("/\\");
    if (folder != std::string_view::npos) name.remove_prefix(folder + 1);
    // The last star takes one character more whenever what follows it does not fit.
    std::size_t at = 0, in = 0, star = std::string_view::npos, resume = 0;
    while (at < name.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            resume = at;
        } else if (in < pattern.size() && lowered(pattern[in]) == lowered(name[at])) {
            ++in;
            ++at;
        } else if (star != std::string_view::npos) {
            in = star + 1;
            at = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

Result<Container> Container::open(const ByteSource& source, const Limits& limits) {
    auto file = spooled(source, limits.container_bytes_max);
    if (!file) return file.error();
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* bytes = zip_source_filep_create(file->get(), 0, -1, &error);
    if (bytes == nullptr) return error_of(zip_error_code_zip(&error), "a ZIP container");
    static_cast<void>(file->release());  // libzip closes it with the source
    zip_t* opened = zip_open_from_source(bytes, ZIP_RDONLY, &error);
    if (opened == nullptr) {
        zip_source_free(bytes);
        return error_of(zip_error_code_zip(&error), "a ZIP container");
    }
    auto archive = std::make_shared<Archive>(opened);
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(opened, 0));
    if (count > limits.members_max)
        return over("more than " + std::to_string(limits.members_max) + " members in a ZIP");
    std::vector<Member> members;
    for (std::uint64_t i = 0; i < count; ++i) {
        Result<Member> member = member_of(opened, i);
        if (!member) return member.error();
        if (!member->name.ends_with('/')) members.push_back(std::move(*member));
    }
    return Container(std::move(archive), std::move(members), limits);
}

Result<std::uint64_t> Container::verify_member(const Member& member, const Sink& sink) const {
    const Entry entry(zip_fopen_index(archive_->handle.get(), member.index, 0));
    const std::string name = shown(member.name);
    if (!entry) return error_of(zip_error_code_zip(zip_get_error(archive_->handle.get())), name);
    std::vector<char> buffer(chunk_bytes);
    std::uint64_t bytes = 0;
    while (true) {
        const zip_int64_t size = zip_fread(entry.get(), buffer.data(), buffer.size());
        if (size < 0) return error_of(zip_error_code_zip(zip_file_get_error(entry.get())), name);
        if (size == 0) break;
        const std::string_view piece(buffer.data(), static_cast<std::size_t>(size));
        if (bytes == 0 && is_zip(piece)) return bad(name + " is a ZIP inside the ZIP");
        bytes += piece.size();
        if (bytes > limits_.member_bytes_max)
            return over(name + " is over " + std::to_string(limits_.member_bytes_max) + " bytes");
        if (bytes > limits_.ratio_free_bytes && bytes / limits_.ratio_max > member.compressed) {
            return over(name + " grows more than " + std::to_string(limits_.ratio_max) +
                        " times when it is decompressed");
        }
        if (sink) sink(piece);
    }
    if (bytes != member.bytes) return bad(name + " has another size than is stated");
    return bytes;
}

Result<void> Container::verify(const std::vector<Member>& chosen, const Sink& sink) const {
    std::uint64_t total = 0;
    for (const Member& member : chosen) {
        const Result<std::uint64_t> bytes = verify_member(member, sink);
        if (!bytes) return bytes.error();
        total += *bytes;
        if (total > limits_.total_bytes_max) {
            return over("the members of a ZIP are over " + std::to_string(limits_.total_bytes_max) +
                        " bytes together");
        }
    }
    return {};
}

ByteSource Container::read(const Member& member) const {
    std::shared_ptr<zip_file_t> entry(zip_fopen_index(archive_->handle.get(), member.index, 0),
                                      [](zip_file_t* open) {
                                          if (open != nullptr) zip_fclose(open);
                                      });
    if (!entry) throw Failure(ErrorCode::io, "a verified ZIP cannot be read: " + member.name);
    return [archive = archive_, entry](std::span<char> buffer) {
        const zip_int64_t size = zip_fread(entry.get(), buffer.data(), buffer.size());
        if (size < 0) throw Failure(ErrorCode::io, "a verified ZIP cannot be read");
        return static_cast<std::size_t>(size);
    };
}

}  // namespace recall::zip
