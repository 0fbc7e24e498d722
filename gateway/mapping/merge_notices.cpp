#include "gateway/mapping/merge_notices.h"

#include <algorithm>
#include <type_traits>

#include "gateway/base/check.h"
#include "gateway/model/notice_fields.h"

namespace recall::mapping {
namespace {

using model::Texts;

// A visitor over the field list that finds one member.
class Find {
  public:
    explicit Find(std::string_view name) : name_(name) {}

    template <class M>
    void text(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void number(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void flag(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void date(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void code(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void texts(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void object(std::string_view name, const M& member, bool) {
        see(name, &member);
    }
    template <class M>
    void object(std::string_view name, const M& member) {
        see(name, &member);
    }
    template <class M>
    void objects(std::string_view name, const M& member) {
        see(name, &member);
    }

    const void* found() const { return found_; }

  private:
    void see(std::string_view name, const void* member) {
        if (name == name_) found_ = member;
    }

    std::string_view name_;
    const void* found_ = nullptr;
};

// M is the type that the field list gives the member of that name.
template <class M, class T>
const M& member_of(const T& object, std::string_view name) {
    Find find(name);
    fields(find, object);
    RECALL_CHECK(find.found() != nullptr, "the field list has every member it names");
    return *static_cast<const M*>(find.found());
}

void add_texts(Texts& main, const Texts& other) {
    const Texts own = main;
    for (const model::Text& text : other) {
        if (std::ranges::find(own, text.lang, &model::Text::lang) == own.end())
            main.push_back(text);
    }
}

// Lends each object the text of the one that says the same.
template <class T>
void lend_texts(std::vector<T>& main, const std::vector<T>& other) {
    if constexpr (requires(T one) {
                      add_texts(one.text, one.text);
                      one.code;
                  }) {
        if (main.size() != other.size()) return;
        for (std::size_t i = 0; i < main.size(); ++i)
            if (main[i].code == other[i].code) add_texts(main[i].text, other[i].text);
    }
}

template <class M>
bool is_absent(const M& member) {
    if constexpr (requires { member.has_value(); }) {
        return !member.has_value();
    } else {
        return member.empty();
    }
}

// A visitor over the members of T; makes each of the same member of the parts.
template <class T>
class Merge {
  public:
    struct Part {
        std::string_view name;
        const T* value = nullptr;
    };

    Merge(const Merging& merging, std::string path, std::vector<Part> parts)
        : merging_(merging), path_(std::move(path)), parts_(std::move(parts)) {}

    void text(std::string_view name, std::string& member) { take_first(name, member); }
    void number(std::string_view, long long&) {}
    void flag(std::string_view name, std::optional<bool>& member) { take_first(name, member); }
    void date(std::string_view name, std::optional<Date>& member) { take_first(name, member); }
    void code(std::string_view, ErrorCode&) {}
    void texts(std::string_view name, std::vector<std::string>& member) { take_list(name, member); }
    template <class M>
    void object(std::string_view name, M& member, bool) {
        take_first(name, member);
    }
    template <class M>
    void object(std::string_view name, std::optional<M>& member) {
        take_first(name, member);
    }
    template <class M>
    void objects(std::string_view name, std::vector<M>& member) {
        take_list(name, member);
        for (const std::vector<M>* other : ordered<std::vector<M>>(name))
            lend_texts(member, *other);
    }
    void objects(std::string_view name, Texts& member) {
        for (const Texts* texts : ordered<Texts>(name)) {
            if (keeps_all(name)) {
                add_missing(member, *texts);
            } else {
                add_texts(member, *texts);
            }
        }
    }
    void objects(std::string_view name, std::vector<model::Product>& member) {
        take_list(name, member);
        for (std::size_t i = 0; i < member.size(); ++i) {
            std::vector<Merge<model::Product>::Part> products;
            for (const Part& part : parts_) {
                const auto& theirs = member_of<std::vector<model::Product>>(*part.value, name);
                if (theirs.size() == member.size()) products.push_back({part.name, &theirs[i]});
            }
            member[i] = {};
            Merge<model::Product> merge(merging_, std::string(name) + "/", std::move(products));
            fields(merge, member[i]);
        }
    }

  private:
    const MemberOrder* order(std::string_view name) const {
        return merging_.find(path_ + std::string(name));
    }
    bool keeps_all(std::string_view name) const {
        const MemberOrder* own = order(name);
        return own != nullptr && own->keeps_all;
    }

    // The member of each part that may give it, most trusted first.
    template <class M>
    std::vector<const M*> ordered(std::string_view name) const {
        const MemberOrder* own = order(name);
        std::vector<const M*> out;
        for (const std::string& wanted : own != nullptr ? own->parts : merging_.parts) {
            for (const Part& part : parts_) {
                if (part.name == wanted) out.push_back(&member_of<M>(*part.value, name));
            }
        }
        return out;
    }

    template <class M>
    void take_first(std::string_view name, M& member) {
        for (const M* theirs : ordered<M>(name)) {
            if (is_absent(*theirs)) continue;
            member = *theirs;
            return;
        }
    }

    template <class M>
    void take_list(std::string_view name, std::vector<M>& member) {
        if (!keeps_all(name)) return take_first(name, member);
        for (const std::vector<M>* theirs : ordered<std::vector<M>>(name))
            add_missing(member, *theirs);
    }

    template <class M>
    static void add_missing(std::vector<M>& main, const std::vector<M>& other) {
        for (const M& one : other) {
            if (std::ranges::find(main, one) == main.end()) main.push_back(one);
        }
    }

    const Merging& merging_;
    std::string path_;
    std::vector<Part> parts_;
};

// What the record does not say itself is nobody's to choose.
void merge_provenance(model::Notice& out, std::span<const NoticePart> parts) {
    for (const NoticePart& part : parts) {
        const auto& theirs = part.notice.provenance;
        if (!theirs) continue;
        if (!out.provenance) out.provenance.emplace();
        model::Provenance& mine = *out.provenance;
        for (const Issue& issue : theirs->issues) {
            if (std::ranges::find(mine.issues, issue) == mine.issues.end())
                mine.issues.push_back(issue);
        }
        if (!mine.mapping.empty() && mine.retrieved_at >= theirs->retrieved_at) continue;
        mine.retrieved_at = theirs->retrieved_at;
        mine.raw_sha256 = theirs->raw_sha256;
        mine.mapping = theirs->mapping;
    }
}

}  // namespace

const MemberOrder* Merging::find(std::string_view member) const {
    const auto found = std::ranges::find(members, member, &MemberOrder::member);
    return found == members.end() ? nullptr : &*found;
}

model::Notice merged(const Merging& merging, std::span<const NoticePart> parts) {
    RECALL_CHECK(!parts.empty(), "a notice is made of one part at least");
    std::vector<Merge<model::Notice>::Part> all;
    for (const NoticePart& part : parts)
        all.push_back({part.part, &part.notice});
    Merge<model::Notice> merge(merging, "", std::move(all));
    model::Notice out;
    fields(merge, out);
    out.id = parts.front().notice.id;
    out.source = parts.front().notice.source;
    out.provenance.reset();
    merge_provenance(out, parts);
    return out;
}

model::Notice assembled(const Merging& merging, const std::string& language,
                        std::vector<NoticePart> parts, const RemarksOn& remarks_on) {
    std::ranges::stable_sort(parts, {}, [&](const NoticePart& part) {
        return std::pair(part.notice.language != language, part.notice.language);
    });
    std::vector<std::string> numbers;
    const auto add_number = [&numbers](const std::string& number) {
        if (!number.empty() && std::ranges::find(numbers, number) == numbers.end())
            numbers.push_back(number);
    };
    for (const NoticePart& part : parts)
        add_number(part.notice.number);
    std::vector<Remark> remarks;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (Remark& remark : remarks_on(std::string(numbers[i]))) {
            add_number(remark.notice.number);
            remarks.push_back(std::move(remark));
        }
    }
    std::ranges::stable_sort(remarks, std::ranges::greater(), &Remark::date);
    for (Remark& remark : remarks)
        parts.push_back({std::move(remark.part), std::move(remark.notice)});
    return merged(merging, parts);
}

}  // namespace recall::mapping
