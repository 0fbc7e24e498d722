#pragma once
// The visitor that writes any model value described by a field list (model/*_fields.h) as JSON.

#include "gateway/base/date.h"
#include "gateway/base/errors.h"
#include "gateway/json/writer.h"
#include "gateway/model/notice_fields.h"

namespace recall::json {

class ValueWriter {
  public:
    explicit ValueWriter(Writer& out) : out_(out) {}

    void text(std::string_view name, const std::string& value) {
        if (!value.empty()) out_.member(name, value);
    }
    void number(std::string_view name, long long value) {
        if (value != 0) out_.member(name, value);
    }
    void flag(std::string_view name, const std::optional<bool>& value) {
        if (value) out_.member(name, *value);
    }
    void date(std::string_view name, const std::optional<Date>& value) {
        if (value) out_.member(name, to_text(*value));
    }
    void code(std::string_view name, ErrorCode value) { out_.member(name, spelling(value)); }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        if (values.empty()) return;
        out_.key(name).begin_array();
        for (const std::string& value : values)
            out_.string(value);
        out_.end_array();
    }
    template <class T>
    void object(std::string_view name, const T& value, bool is_absent) {
        if (is_absent) return;
        out_.key(name);
        write(value);
    }
    template <class T>
    void object(std::string_view name, const std::optional<T>& value) {
        if (value) object(name, *value, false);
    }
    template <class T>
    void objects(std::string_view name, const std::vector<T>& values) {
        if (values.empty()) return;
        out_.key(name).begin_array();
        for (const T& value : values)
            write(value);
        out_.end_array();
    }

    // The whole value as an object.
    template <class T>
    void write(const T& value) {
        out_.begin_object();
        fields(*this, value);
        out_.end_object();
    }

  private:
    Writer& out_;
};

}  // namespace recall::json
