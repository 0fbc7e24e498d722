#include "gateway/mapping/shape.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "gateway/model/notice_fields.h"

namespace recall::mapping {
namespace {

template <class T>
const Shape& shape_of();

// A visitor over the field list that notes names and kinds.
struct Describe {
    Shape& shape;
    model::Form (*form_of)(std::string_view);

    void text(std::string_view name, std::string&) { add(name, MemberKind::text); }
    void number(std::string_view, long long&) {}
    void flag(std::string_view name, std::optional<bool>&) {
        shape.members.push_back({name, MemberKind::text, nullptr, model::Form::flag});
    }
    void date(std::string_view name, std::optional<Date>&) {
        shape.members.push_back({name, MemberKind::text, nullptr, model::Form::date});
    }
    void code(std::string_view, ErrorCode&) {}
    void texts(std::string_view name, std::vector<std::string>&) { add(name, MemberKind::texts); }
    template <class T>
    void object(std::string_view name, T&, bool) {
        add(name, MemberKind::object, &shape_of<T>());
    }
    template <class T>
    void object(std::string_view name, std::optional<T>&) {
        add(name, MemberKind::object, &shape_of<T>());
    }
    template <class T>
    void objects(std::string_view name, std::vector<T>&) {
        add(name, MemberKind::objects, &shape_of<T>());
    }
    void objects(std::string_view name, model::Texts&) { add(name, MemberKind::phrases); }

    void add(std::string_view name, MemberKind kind, const Shape* of = nullptr) {
        shape.members.push_back({name, kind, of, form_of(name)});
    }
};

template <class T>
const Shape& shape_of() {
    static const Shape shape = [] {
        Shape out;
        T value;
        Describe describe{out, model::form_of<T>};
        fields(describe, value);
        return out;
    }();
    return shape;
}

}  // namespace

const Member* Shape::find(std::string_view name) const {
    const auto found = std::ranges::find(members, name, &Member::name);
    return found == members.end() ? nullptr : &*found;
}

std::vector<std::string_view> Shape::names() const {
    std::vector<std::string_view> out;
    for (const Member& member : members)
        out.push_back(member.name);
    return out;
}

const Shape& notice_shape() {
    static const Shape shape = [] {
        constexpr std::array<std::string_view, 4> own = {"id", "source", "revision", "provenance"};
        Shape out = shape_of<model::Notice>();
        std::erase_if(out.members, [&](const Member& member) {
            return std::ranges::find(own, member.name) != own.end();
        });
        return out;
    }();
    return shape;
}

}  // namespace recall::mapping
