#pragma once
// The notice's members, named and ordered once. Every reader and writer of a notice (JSON, XML,
// difference) is a visitor over this list, so names and order cannot drift apart.
//
// A visitor V offers, each taking the member's name:
//   text(name, std::string&)            empty means absent
//   number(name, long long&)            0 means absent
//   flag(name, std::optional<bool>&)
//   date(name, std::optional<Date>&)
//   code(name, ErrorCode&)              spelt as in errors.def
//   texts(name, std::vector<std::string>&)
//   object(name, T&, is_absent)         T has fields(V&, T&); is_absent says it is left out
//   object(name, std::optional<T>&)
//   objects(name, std::vector<T>&)
// T is const for writers and not for readers; hence the template on the value.

#include "gateway/model/notice.h"

// In recall, beside Issue, where argument-dependent lookup finds it.
namespace recall {

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Issue>
void fields(V& v, T& x) {
    v.code("code", x.code);
    v.text("path", x.path);
    v.text("value", x.value);
}

}  // namespace recall

namespace recall::model {

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Text>
void fields(V& v, T& x) {
    v.text("lang", x.lang);
    v.text("text", x.text);
    v.text("made_by", x.made_by);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Authority>
void fields(V& v, T& x) {
    v.text("name", x.name);
    v.text("country", x.country);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, DateRange>
void fields(V& v, T& x) {
    v.date("from", x.from);
    v.date("to", x.to);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, TextRange>
void fields(V& v, T& x) {
    v.text("from", x.from);
    v.text("to", x.to);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Vehicle>
void fields(V& v, T& x) {
    v.text("make", x.make);
    v.text("model", x.model);
    v.object("years", x.years, x.years.empty());
    v.texts("type_approvals", x.type_approvals);
    v.objects("vin_ranges", x.vin_ranges);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Category>
void fields(V& v, T& x) {
    v.text("scheme", x.scheme);
    v.text("value", x.value);
    v.text("code", x.code);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Money>
void fields(V& v, T& x) {
    v.text("amount", x.amount);
    v.text("currency", x.currency);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Quantity>
void fields(V& v, T& x) {
    v.text("value", x.value);
    v.text("qualifier", x.qualifier);
    v.text("scope", x.scope);
    v.text("unit", x.unit);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Product>
void fields(V& v, T& x) {
    v.objects("name", x.name);
    v.objects("type", x.type);
    v.texts("brands", x.brands);
    v.texts("models", x.models);
    v.texts("gtins", x.gtins);
    v.texts("batches", x.batches);
    v.texts("serials", x.serials);
    v.object("vehicle", x.vehicle);
    v.object("category", x.category);
    v.texts("origin_countries", x.origin_countries);
    v.object("manufactured", x.manufactured, x.manufactured.empty());
    v.object("sold", x.sold, x.sold.empty());
    v.object("price", x.price);
    v.object("quantity", x.quantity);
    v.objects("description", x.description);
    v.objects("other_quantities", x.other_quantities);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Hazard>
void fields(V& v, T& x) {
    v.text("code", x.code);
    v.objects("text", x.text);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Incidents>
void fields(V& v, T& x) {
    v.text("reports", x.reports);
    v.text("injuries", x.injuries);
    v.text("deaths", x.deaths);
    v.objects("text", x.text);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Measure>
void fields(V& v, T& x) {
    v.text("code", x.code);
    v.flag("mandatory", x.mandatory);
    v.text("operator", x.operator_role);
    v.date("date", x.date);
    v.objects("text", x.text);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Party>
void fields(V& v, T& x) {
    v.text("role", x.role);
    v.text("name", x.name);
    v.text("country", x.country);
    v.text("local_name", x.local_name);
    v.text("city", x.city);
    v.texts("trade_names", x.trade_names);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, NamedListing>
void fields(V& v, T& x) {
    v.text("marketplace", x.marketplace);
    v.text("item", x.item);
    v.text("url", x.url);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Image>
void fields(V& v, T& x) {
    v.text("url", x.url);
    v.text("caption", x.caption);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, DocumentLink>
void fields(V& v, T& x) {
    v.text("url", x.url);
    v.text("title", x.title);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Related>
void fields(V& v, T& x) {
    v.text("relation", x.relation);
    v.text("id", x.id);
    v.text("url", x.url);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Provenance>
void fields(V& v, T& x) {
    v.text("retrieved_at", x.retrieved_at);
    v.text("raw_sha256", x.raw_sha256);
    v.text("mapping", x.mapping);
    v.objects("issues", x.issues);
}

template <class V, class T>
requires std::same_as<std::remove_const_t<T>, Notice>
void fields(V& v, T& x) {
    v.text("id", x.id);
    v.text("source", x.source);
    v.text("number", x.number);
    v.number("revision", x.revision);
    v.text("kind", x.kind);
    v.text("status", x.status);
    v.text("jurisdiction", x.jurisdiction);
    v.object("authority", x.authority);
    v.date("published_on", x.published_on);
    v.date("updated_on", x.updated_on);
    v.text("language", x.language);
    v.text("url", x.url);
    v.objects("title", x.title);
    v.objects("summary", x.summary);
    v.objects("products", x.products);
    v.objects("hazards", x.hazards);
    v.text("risk_level", x.risk_level);
    v.object("incidents", x.incidents);
    v.objects("measures", x.measures);
    v.objects("parties", x.parties);
    v.objects("listings", x.listings);
    v.objects("images", x.images);
    v.objects("documents", x.documents);
    v.objects("related", x.related);
    v.text("sensitivity", x.sensitivity);
    v.object("provenance", x.provenance);
}

}  // namespace recall::model
