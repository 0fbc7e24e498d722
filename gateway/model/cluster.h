#pragma once
// Clusters of notices: why two of them are thought to tell the same recall, and what people ruled.
// Plain values.

#include <string>
#include <string_view>
#include <vector>

namespace recall::model {

// Strongest first. Down to joint_recall an authority or a person says so; the shared ones are
// conclusions.
enum class LinkReason {
    joined,          // a person said so
    translation_of,  // the notice in another language
    same_number,     // the authority's own number
    same_address,    // two sources lead to the same page
    supersedes,
    expands,
    joint_recall,  // the notice names the other authority's
    shared_gtin,   // article number and firm
    shared_model,  // model number, firm and time
};
std::string_view spelling(LinkReason reason);

// Whether it follows from what both notices say of the product, not from what is said of them.
constexpr bool is_concluded(LinkReason reason) { return reason >= LinkReason::shared_gtin; }

// Two notices and one reason; `a` sorts before `b`.
struct NoticeLink {
    std::string a;
    std::string b;
    LinkReason reason = LinkReason::shared_model;
    std::string field;  // where the value stands: "products.gtins", "related.url"
    std::string value;  // what both share, as written
    std::string firm;   // the name both know, for those that need one
    bool operator==(const NoticeLink&) const = default;
};

// What a notice is looked up by.
enum class KeyKind {
    gtin,
    model,
    number,   // with its authority
    address,  // of the notice itself
    page,     // of a document it points to
    refers,   // an id or address that it relates to
};
std::string_view spelling(KeyKind kind);

struct NoticeKey {
    KeyKind kind = KeyKind::gtin;
    std::string value;
    auto operator<=>(const NoticeKey&) const = default;
};

// split: never in one cluster. join: in one, whatever they say. undone: a ruling taken back.
enum class Verdict { split, join, undone };
std::string_view spelling(Verdict verdict);

}  // namespace recall::model
