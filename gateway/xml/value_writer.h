#pragma once
// The visitor that writes any model value described by a field list (model/*_fields.h) as XML text.

#include "gateway/base/date.h"
#include "gateway/base/errors.h"
#include "gateway/model/notice_fields.h"

namespace recall::xml {

// Text as element content or, with quotes escaped too, as an attribute value.
std::string escaped(std::string_view text);

class ValueWriter {
  public:
    explicit ValueWriter(std::string& out) : out_(out) {}

    void text(std::string_view name, std::string_view value) {
        if (!value.empty()) element(name, value);
    }
    void number(std::string_view name, long long value) {
        if (value != 0) element(name, std::to_string(value));
    }
    void flag(std::string_view name, const std::optional<bool>& value) {
        if (value) element(name, *value ? "true" : "false");
    }
    void date(std::string_view name, const std::optional<Date>& value) {
        if (value) element(name, to_text(*value));
    }
    void code(std::string_view name, ErrorCode value) { element(name, spelling(value)); }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        for (const std::string& value : values)
            element(name, value);
    }
    template <class T>
    void object(std::string_view name, const T& value, bool is_absent) {
        if (is_absent) return;
        open(name);
        fields(*this, value);
        close(name);
    }
    template <class T>
    void object(std::string_view name, const std::optional<T>& value) {
        if (value) object(name, *value, false);
    }
    template <class T>
    void objects(std::string_view name, const std::vector<T>& values) {
        for (const T& value : values)
            object(name, value, false);
    }

  private:
    void open(std::string_view name) { (out_ += '<').append(name) += '>'; }
    void close(std::string_view name) { (out_ += "</").append(name) += '>'; }
    void element(std::string_view name, std::string_view value) {
        open(name);
        out_ += escaped(value);
        close(name);
    }

    std::string& out_;
};

}  // namespace recall::xml
