#pragma once
// The members of a message and its payloads, named and ordered once, for the visitors that
// notice_fields.h describes. The envelope's list leaves the payload out: it is written as the one
// member of "payload", under its payload_name.

#include <type_traits>

#include "gateway/model/message.h"
#include "gateway/model/notice_fields.h"

namespace recall::model {

template <class T>
inline constexpr std::string_view payload_name;
template <>
inline constexpr std::string_view payload_name<Notice> = "notice";
template <>
inline constexpr std::string_view payload_name<TakedownOrder> = "takedown_order";
template <>
inline constexpr std::string_view payload_name<TakedownReport> = "takedown_report";
template <>
inline constexpr std::string_view payload_name<Remark> = "remark";
template <>
inline constexpr std::string_view payload_name<Sighting> = "sighting";
template <>
inline constexpr std::string_view payload_name<Receipt> = "receipt";

// The payload that a kind of message carries.
inline std::string_view payload_of(std::string_view kind) {
    const bool has_own = kind == message_kind::notice || kind == message_kind::takedown_order ||
                         kind == message_kind::takedown_report || kind == message_kind::sighting ||
                         kind == message_kind::receipt;
    return has_own ? kind : payload_name<Remark>;
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Subject>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.number("version", x.version);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, MessageReference>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.number("version", x.version);
    v.text("sha256", x.sha256);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, TakedownOrder>
void fields(V& v, T& x) {
    v.text("order", x.order);
    v.text("platform", x.platform);
    v.text("listing", x.listing);
    v.text("url", x.url);
    v.text("title", x.title);
    v.text("notice", x.notice);
    v.text("notice_number", x.notice_number);
    v.text("product", x.product);
    v.text("reason", x.reason);
    v.texts("evidence", x.evidence);
    v.text("deadline", x.deadline);
    v.text("legal_basis", x.legal_basis);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, TakedownReport>
void fields(V& v, T& x) {
    v.text("order", x.order);
    v.text("outcome", x.outcome);
    v.text("done_at", x.done_at);
    v.text("note", x.note);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Remark>
void fields(V& v, T& x) {
    v.text("text", x.text);
    v.text("url", x.url);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Sighting>
void fields(V& v, T& x) {
    v.text("platform", x.platform);
    v.text("url", x.url);
    v.text("title", x.title);
    v.text("seen_at", x.seen_at);
    v.text("note", x.note);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Receipt>
void fields(V& v, T& x) {
    v.text("received_sha256", x.received_sha256);
    v.text("canonical_sha256", x.canonical_sha256);
    v.text("verdict", x.verdict);
    v.text("code", x.code);
    v.text("reason", x.reason);
    v.number("log_position", x.log_position);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Message>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.text("kind", x.kind);
    v.text("action", x.action);
    v.object("subject", x.subject, x.subject.empty());
    v.objects("references", x.references);
    v.text("sender", x.sender);
    v.text("recipient", x.recipient);
    v.text("sensitivity", x.sensitivity);
    v.text("created", x.created);
    v.text("expires", x.expires);
    v.number("sequence", x.sequence);
    v.text("conversation", x.conversation);
    v.text("in_reply_to", x.in_reply_to);
}

}  // namespace recall::model
