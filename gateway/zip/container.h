#pragma once
// ZIP containers, read with libzip and believed only after everything was looked at: members are
// decompressed once, with their checksums, before any byte of them is handed out. Nothing is ever
// written under a member's name. Refused are: encrypted members, names that lead out of a folder, a
// ZIP inside the ZIP, other compressions than deflate, and whatever passes the limits below. One
// thread. Throws Failure(io) when the temporary file cannot be written or read.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/byte_source.h"
#include "gateway/base/result.h"

namespace recall::zip {

struct Limits {
    std::uint64_t container_bytes_max = 512ULL << 20U;
    std::uint64_t members_max = 10'000;
    std::uint64_t member_bytes_max = 2ULL << 30U;   // decompressed
    std::uint64_t total_bytes_max = 4ULL << 30U;    // of all members that are read
    std::uint64_t ratio_max = 200;                  // bytes for each compressed byte
    std::uint64_t ratio_free_bytes = 16ULL << 20U;  // so much is never a bomb
};

struct Member {
    std::uint64_t index = 0;
    std::string name;
    std::uint64_t bytes = 0;       // as stated
    std::uint64_t compressed = 0;  // as stated
};

// Whether the bytes begin as a ZIP container does.
bool is_zip(std::string_view head);

// '*' stands for any text; case of letters does not matter; folders before the name do not either.
bool fits_pattern(std::string_view name, std::string_view pattern);

class Container {
  public:
    // Fails with truncated, bad_zip or limit. Directories are not members.
    static Result<Container> open(const ByteSource& source, const Limits& limits = {});

    const std::vector<Member>& members() const { return members_; }

    // Decompresses the members to their ends. Fails with truncated, bad_zip or limit. `sink` may be
    // empty; otherwise it gets every byte.
    using Sink = std::function<void(std::string_view piece)>;
    Result<void> verify(const std::vector<Member>& chosen, const Sink& sink) const;

    // The bytes of a member that was verified.
    ByteSource read(const Member& member) const;

  private:
    struct Archive;
    Container(std::shared_ptr<Archive> archive, std::vector<Member> members, Limits limits)
        : archive_(std::move(archive)), members_(std::move(members)), limits_(limits) {}

    Result<std::uint64_t> verify_member(const Member& member, const Sink& sink) const;

    std::shared_ptr<Archive> archive_;
    std::vector<Member> members_;
    Limits limits_;
};

}  // namespace recall::zip
