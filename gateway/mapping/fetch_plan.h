#pragma once
// How a source is fetched: what the <fetch> element of its mapping file says, as plain values. Read
// by mapping_file, carried out by ingest and the adapters. Every limit has a default here; nothing
// of a country is anywhere else. Plain data; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/base/date.h"

namespace recall::mapping {

// When a source is polled.
struct FetchSchedule {
    long long every_minutes = 0;     // 0: as the gateway's settings say
    long long jitter_percent = 10;   // of every_minutes, added at random
    long long rescan_hours = 168;    // a complete listing at least this often; 0: every run is
    long long open_from_minute = 0;  // minutes of the source's day, [from, to)
    long long open_to_minute = 24 * 60;
    long long utc_offset_minutes = 0;  // of the source's day
    std::vector<unsigned> weekdays;    // 1 Monday … 7 Sunday; empty: every day
};

// What we owe the source, and how long we wait for it.
struct FetchManners {
    long long interval_ms = 1000;  // between two requests to one host
    bool obeys_robots = true;
    std::vector<std::string> hosts;  // besides the listing's own: redirects and links may go here
    long long redirects_max = 5;
    long long attempts_max = 4;   // of one request, with back-off between
    long long backoff_ms = 1000;  // doubles each time, full jitter
    long long backoff_max_ms = 60'000;
    long long retry_after_max_s = 300;  // a longer Retry-After ends the run
    long long read_timeout_ms = 30'000;
    long long deadline_ms = 300'000;  // one request, everything included
};

struct FetchHeader {
    std::string name;
    std::string value;
};

enum class DocumentFormat { json, xml, html, table, text };

// What a document must be before it is believed. An empty member demands nothing.
struct DocumentRules {
    DocumentFormat format = DocumentFormat::json;
    std::string encoding = "UTF-8";        // of HTML; the others say it themselves
    std::vector<std::string> media_types;  // without parameters
    std::string root;                      // local name of an XML document's root
    std::string marker;                    // bytes that must stand somewhere in the document
    long long bytes_max = 64 << 20;
    bool is_packed = false;  // it comes in a ZIP container; marker and root are not looked for
};

// Where a page says what comes after it.
enum class NextPage {
    counted,      // nowhere: {page} counts on until a page is empty
    link_header,  // RFC 8288: Link: <…>; rel="next"
    member,       // a member of the JSON document, named by next_member
};

// {page} counts from `first` by `step`, at most pages_max requests; or each page names the next.
struct FetchPages {
    NextPage next = NextPage::counted;
    std::string next_member{};
    long long first = 0;
    long long step = 1;
    long long pages_max = 1000;
    // An incremental run stops after so many pages on which nothing was new or changed; 0: never.
    long long stop_after_known = 0;
    long long digits = 0;  // {page} has at least so many: 00001
    // So many pages in a row without a record end the list: more than one where numbers have gaps.
    long long stop_after_empty = 1;
};

enum class WindowUnit { month, year };

// {from} and {to} walk from `from` to today, newest first.
struct FetchWindows {
    Date from;
    WindowUnit unit = WindowUnit::year;
    long long year_begins = 1;  // month in which a year begins
    long long newest = 0;       // so many windows and no older ones; 0: all
};

// How an entry of a list with details is found, all XPath 1.0 on the listing's record tree.
struct FetchEntries {
    std::string select;       // the entries
    std::string key;          // of one entry: what names its document
    std::string link;         // of one entry: where the document is, absolute or relative
    std::string fingerprint;  // of one entry: text that changes with it; empty: the entry itself
    std::string sort;         // of one entry: text that grows with its age's end; empty: as listed,
                              // newest first
    std::string total;        // of the listing: how many there are; empty: not stated
    std::vector<std::pair<std::string, std::string>> namespaces{};  // prefixes in them, with URIs
};

// The documents that the entries lead to.
struct FetchDetail {
    std::string url = "{link}";  // or made from {key} and {language}
    // Each entry leads to a document in each of these; none: to one.
    std::vector<std::string> languages;
    std::vector<FetchHeader> headers;
    DocumentRules rules;
    bool is_conditional = false;
    long long recheck_newest = 0;  // documents of so many newest entries are fetched in every run
    long long per_run_max = 2000;  // documents; the rest waits for the next run
};

// first: in place of the lists for complete runs when the source was never run before.
enum class ListUse { every_run, incremental, full, first };

// One listing. {since} is the last healthy run's date less overlap_days, {today} is today, {recent}
// is today less overlap_days; {year} and {lastyear} are those of today.
struct FetchList {
    ListUse use = ListUse::every_run;
    std::string method = "GET";
    std::string url;
    std::string body;
    std::string body_type;  // "application/x-www-form-urlencoded", "application/json"
    std::vector<FetchHeader> headers;
    DocumentRules rules;
    bool is_conditional = false;   // the source answers ETag or Last-Modified
    bool is_complete = true;       // it names every record there is, so what it lacks has vanished
    bool is_absent_empty = false;  // 404 is how the source says that there is nothing (more)
    bool is_provisional = false;   // it brings what is not known yet, and leaves what is as it is
    long long overlap_days = 2;
    // How {since}, {recent}, {from}, {to} and {today} are written; epoch-ms: midnight in
    // milliseconds since 1970.
    std::string date_form = "yyyy-MM-dd";
    std::optional<FetchPages> pages;
    std::optional<FetchWindows> windows;
    std::optional<FetchEntries> entries;  // present exactly when there is a <detail>
    std::optional<FetchDetail> detail;    // of its own entries; else the plan's
};

// Which records count as vanished: those a complete listing lacks; those their own document lacks
// (and documents the listing lacks); none.
enum class Vanishing { by_listing, by_document, never };

// What a healthy run looks like. A departure degrades the run and nothing is marked vanished.
struct FetchBounds {
    long long full_min = 1;  // records of a run with a complete listing
    long long full_max = 10'000'000;
    long long incremental_max = 100'000;
    long long quarantine_percent_max = 5;
    long long vanished_percent_max = 5;  // of the records present before the run
};

struct FetchPlan {
    std::string adapter;
    std::string off_because;  // why it is not polled unasked; empty: it is
    Vanishing vanishing = Vanishing::never;
    FetchSchedule schedule;
    FetchManners manners;
    std::vector<FetchHeader> headers;  // sent with every request
    std::vector<FetchList> lists;
    std::optional<FetchDetail> detail;
    FetchBounds bounds;
};

}  // namespace recall::mapping
