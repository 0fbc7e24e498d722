#pragma once
// ZIP containers in memory, made by libzip. One thread. Throws Failure(io).

#include <zip.h>

#include <ctime>
#include <string>
#include <vector>

#include "gateway/base/failure.h"

namespace recall::test {

struct ZipEntry {
    std::string name;
    std::string text;
    zip_uint16_t encryption = ZIP_EM_NONE;
    std::time_t at = 1'767'225'600;
};

inline std::string zip_of(const std::vector<ZipEntry>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (archive == nullptr) throw Failure(ErrorCode::io, "no ZIP in memory");
    for (const ZipEntry& entry : entries) {
        zip_source_t* text = zip_source_buffer(archive, entry.text.data(), entry.text.size(), 0);
        const zip_int64_t place = zip_file_add(archive, entry.name.c_str(), text, 0);
        if (place < 0) throw Failure(ErrorCode::io, "no member " + entry.name);
        zip_file_set_mtime(archive, zip_uint64_t(place), entry.at, 0);
        if (entry.encryption != ZIP_EM_NONE)
            zip_file_set_encryption(archive, zip_uint64_t(place), entry.encryption, "secret");
    }
    if (zip_close(archive) != 0) throw Failure(ErrorCode::io, "no ZIP in memory");
    zip_stat_t stat;
    zip_stat_init(&stat);
    zip_source_stat(target, &stat);
    std::string out(stat.size, '\0');
    zip_source_open(target);
    zip_source_read(target, out.data(), out.size());
    zip_source_close(target);
    zip_source_free(target);
    return out;
}

}  // namespace recall::test
