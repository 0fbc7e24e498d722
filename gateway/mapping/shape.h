#pragma once
// What a notice is made of, as the loader of mapping files checks it: the members of each object
// and their kinds, taken from the one field list (model/notice_fields.h). Built once; any thread.

#include <string_view>
#include <vector>

#include "gateway/model/notice_forms.h"

namespace recall::mapping {

enum class MemberKind {
    text,     // one text, flag, date or number
    texts,    // a list of texts
    phrases,  // a list of texts with their language
    object,
    objects,
};

struct Shape;

struct Member {
    std::string_view name;
    MemberKind kind = MemberKind::text;
    const Shape* shape = nullptr;  // of object and objects
    model::Form form = model::Form::any;
};

struct Shape {
    std::vector<Member> members;

    const Member* find(std::string_view name) const;
    std::vector<std::string_view> names() const;
};

// The notice without what the engine itself sets: id, source, revision, provenance.
const Shape& notice_shape();

}  // namespace recall::mapping
