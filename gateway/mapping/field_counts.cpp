#include "gateway/mapping/field_counts.h"

#include <set>

#include "gateway/model/notice_fields.h"

namespace recall::mapping {
namespace {

// A visitor that notes the paths of members that are there, and of all members.
class Presence {
  public:
    Presence(std::set<std::string>& there, std::map<std::string, long>& all, std::string prefix)
        : there_(there), all_(all), prefix_(std::move(prefix)) {}

    void text(std::string_view name, const std::string& value) { note(name, !value.empty()); }
    void number(std::string_view, const long long&) {}
    void flag(std::string_view name, const std::optional<bool>& value) {
        note(name, value.has_value());
    }
    void date(std::string_view name, const std::optional<Date>& value) {
        note(name, value.has_value());
    }
    void code(std::string_view, const ErrorCode&) {}
    void texts(std::string_view name, const std::vector<std::string>& values) {
        note(name, !values.empty());
    }
    template <class T>
    void object(std::string_view name, const T& value, bool is_absent) {
        note(name, !is_absent);
        descend(name, value);
    }
    template <class T>
    void object(std::string_view name, const std::optional<T>& value) {
        note(name, value.has_value());
        descend(name, value.value_or(T()));
    }
    template <class T>
    void objects(std::string_view name, const std::vector<T>& values) {
        note(name, !values.empty());
        for (const T& value : values)
            descend(name, value);
        if (values.empty()) descend(name, T());
    }
    void objects(std::string_view name, const model::Texts& values) { note(name, !values.empty()); }
    void object(std::string_view, const std::optional<model::Provenance>&) {}

  private:
    void note(std::string_view name, bool is_there) {
        std::string path = prefix_ + std::string(name);
        if (is_there) there_.insert(path);
        all_.emplace(std::move(path), 0);
    }
    template <class T>
    void descend(std::string_view name, const T& value) {
        Presence below(there_, all_, prefix_ + std::string(name) + "/");
        fields(below, value);
    }

    std::set<std::string>& there_;
    std::map<std::string, long>& all_;
    std::string prefix_;
};

}  // namespace

void FieldCounts::add(const model::Notice& notice) {
    ++notices_;
    std::set<std::string> there;
    Presence presence(there, counts_, "");
    fields(presence, notice);
    for (const std::string& path : there)
        ++counts_[path];
}

}  // namespace recall::mapping
