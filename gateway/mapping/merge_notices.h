#pragma once
// One notice of what a source says of it in several places: a weekly report, a page of its own in
// several languages, a corrigendum. The mapping file says which part is believed for which member.
// Pure; any thread.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/model/notice.h"

namespace recall::mapping {

// Which parts a member is taken from, the most trusted first; a part not named gives nothing.
struct MemberOrder {
    std::string member;  // "number", "products/gtins"
    std::vector<std::string> parts;
    bool keeps_all = false;  // of a list: what every part has, each once
};

struct Merging {
    std::vector<std::string> parts;  // of members that have no line of their own
    std::vector<MemberOrder> members;

    const MemberOrder* find(std::string_view member) const;
};

// What one part says of a notice, in one language.
struct NoticePart {
    std::string part;
    model::Notice notice;
};

// A single value, a list of codes or names, or an object is the first part's that has one. Of texts
// each language is the first part's that has it. A list of objects is the first part's that has
// any, and the others lend texts to its members where, in a list as long, one has the same code.
// Products go member by member as the notice does. Parts of one name count in the order given.
// Issues are those of all; what is said of the origin is that of the part retrieved last. At least
// one part.
model::Notice merged(const Merging& merging, std::span<const NoticePart> parts);

// What a document says of notices that it names by number.
struct Remark {
    std::string part;
    std::vector<std::string> numbers;
    model::Notice notice;  // what it says, and nothing else
    std::string date;      // ISO; empty when it is not known
};

using RemarksOn = std::function<std::vector<Remark>(const std::string& number)>;

// The notice of its parts and of the remarks on any number it has or was given by one; of two
// remarks the later is believed. Parts in `language` come before those of their name in others.
model::Notice assembled(const Merging& merging, const std::string& language,
                        std::vector<NoticePart> parts, const RemarksOn& remarks_on);

}  // namespace recall::mapping
