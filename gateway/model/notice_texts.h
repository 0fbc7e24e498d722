#pragma once
// Every text with a language that a notice has, wherever it stands, with its place in JSON:
// "products[0].name". Pure; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/notice_fields.h"

namespace recall::model {

// Calls use(place, texts) for each member that is a list of texts and not empty. The notice may be
// const or not, and `texts` is as it is.
template <class Use>
class TextVisitor {
  public:
    explicit TextVisitor(Use& use) : use_(use) {}

    template <class T>
    void text(std::string_view, T&) {}
    template <class T>
    void number(std::string_view, T&) {}
    template <class T>
    void flag(std::string_view, T&) {}
    template <class T>
    void date(std::string_view, T&) {}
    template <class T>
    void code(std::string_view, T&) {}
    template <class T>
    void texts(std::string_view, T&) {}
    template <class T>
    void object(std::string_view name, T& value, bool is_absent) {
        if (!is_absent) enter(std::string(name), value);
    }
    template <class T>
    void object(std::string_view name, T& value) {
        if (value) enter(std::string(name), *value);
    }
    template <class T>
    void objects(std::string_view name, T& values) {
        if constexpr (std::same_as<std::remove_const_t<T>, Texts>) {
            if (!values.empty()) use_(place_ + std::string(name), values);
        } else {
            for (std::size_t i = 0; i < values.size(); ++i)
                enter(std::string(name) + "[" + std::to_string(i) + "]", values[i]);
        }
    }

  private:
    template <class T>
    void enter(const std::string& name, T& value) {
        const std::size_t length = place_.size();
        place_ += name + ".";
        fields(*this, value);
        place_.resize(length);
    }

    Use& use_;
    std::string place_;
};

template <class N, class Use>
void for_each_texts(N& notice, Use use) {
    TextVisitor<Use> visitor(use);
    fields(visitor, notice);
}

}  // namespace recall::model
