#include "gateway/mapping/mapping_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "gateway/base/check.h"
#include "gateway/base/failure.h"
#include "gateway/base/near_miss.h"
#include "gateway/mapping/clean_text.h"
#include "gateway/mapping/file_reader.h"
#include "gateway/mapping/mapping_error.h"
#include "gateway/mapping/shape.h"
#include "gateway/xml/document.h"

namespace recall::mapping {
namespace {

About read_about(FileReader& file, xml::Node node) {
    About out;
    out.authority = file.attribute(node, "authority");
    out.country = file.attribute(node, "country");
    out.jurisdiction = file.needed(node, "jurisdiction");
    out.language = file.needed(node, "language");
    std::istringstream languages(file.attribute(node, "languages"));
    for (std::string language; languages >> language;)
        out.languages.push_back(language);
    const auto mine = std::ranges::find(out.languages, out.language);
    if (!out.languages.empty() && mine == out.languages.end()) {
        file.fail(node, "languages must hold the one of language, " + out.language);
    }
    out.title = file.needed(node, "title");
    out.licence = file.needed(node, "licence");
    if (!out.country.empty()) file.check_form(node, "country", model::Form::country, out.country);
    file.check_form(node, "jurisdiction", model::Form::jurisdiction, out.jurisdiction);
    file.check_form(node, "language", model::Form::language, out.language);
    for (const std::string& language : out.languages)
        file.check_form(node, "languages", model::Form::language, language);
    out.home = file.attribute(node, "home");
    return out;
}

// Every part has its rules, and its place in the order of trust.
void check_parts(FileReader& file, xml::Node root, const Mapping& mapping) {
    std::vector<std::string_view> given;
    for (const NoticeRules& notice : mapping.notices)
        given.push_back(notice.part);
    std::vector<std::string_view> wanted;
    for (const RecordForm& form : mapping.forms)
        wanted.push_back(form.part);
    for (const RemarkRules& remark : mapping.remarks)
        wanted.push_back(remark.part);
    for (const std::string_view part : wanted) {
        if (std::ranges::find(given, part) == given.end()) {
            file.fail(root, "no <notice> is of the part \"" + std::string(part) + "\"" +
                                expected_one_of(part, given));
        }
        const bool has_order = mapping.merging && std::ranges::find(mapping.merging->parts, part) !=
                                                      mapping.merging->parts.end();
        if (part.empty() ? mapping.merging.has_value() : !has_order) {
            file.fail(root, "parts and <merge> go together: its order must name the part \"" +
                                std::string(part) + "\"");
        }
    }
}

// The sections of a mapping file in the order they stand in.
constexpr std::array<std::string_view, 10> sections = {
    "about", "fetch", "record", "key", "skip", "nothing", "remark", "merge", "notice", "ignore"};

// Every section that must be there is, and each stands where it belongs.
void check_order(FileReader& file, xml::Node root) {
    std::size_t reached = 0;  // the section that may come next, at the earliest
    const auto pass = [&](std::size_t to, xml::Node where) {
        for (; reached < to; ++reached) {
            const std::string_view name = sections[reached];
            const bool is_needed =
                name == "about" || name == "record" || name == "key" || name == "notice";
            if (is_needed && !root.child(name))
                file.fail(where,
                          "expected <" + std::string(name) + ">" +
                              (where == root ? "" : " before <" + std::string(where.name()) + ">"));
        }
    };
    for (xml::Node node = root.first_child(); node; node = node.next_sibling()) {
        const auto found = std::ranges::find(sections, node.name());
        if (found == sections.end()) continue;  // told by what reads it
        const auto place = std::size_t(found - sections.begin());
        if (place < reached) {
            file.fail(node, "<" + std::string(node.name()) + "> cannot stand behind <" +
                                std::string(sections[reached]) + ">");
        }
        pass(place, node);
    }
    pass(sections.size(), root);
}

void read_section(FileReader& file, xml::Node node, Mapping& out) {
    const std::string_view name = node.name();
    if (name == "about") {
        out.about = read_about(file, node);
    } else if (name == "fetch") {
        out.fetch = file.fetch(node);
    } else if (name == "record") {
        out.forms.push_back(file.record_form(node));
    } else if (name == "key") {
        out.key = file.key(node, out.joins_languages);
    } else if (name == "skip") {
        out.skipped.push_back(
            {file.condition(node, file.needed(node, "when")), file.needed(node, "reason")});
    } else if (name == "nothing") {
        out.nothing.push_back(folded(tidy(node.text())));
    } else if (name == "remark") {
        out.remarks.push_back(file.remark(node));
    } else if (name == "merge") {
        out.merging = file.merging(node);
    } else if (name == "notice") {
        out.notices.push_back(file.notice(node, out.remarks));
    } else if (name == "ignore") {
        out.ignored.push_back(
            {file.path(node, file.needed(node, "path")), file.needed(node, "reason")});
    } else {
        file.fail(node,
                  "unknown section <" + std::string(name) + ">" + expected_one_of(name, sections));
    }
}

}  // namespace

const std::vector<Rule>& Mapping::rules_of(std::string_view part) const {
    const auto found = std::ranges::find(notices, part, &NoticeRules::part);
    RECALL_CHECK(found != notices.end(), "every part has rules");
    return found->rules;
}

Result<MappingFolder> MappingFolder::open(const std::string& path) {
    Result<CodeTables> tables = CodeTables::load(path + "/codes");
    if (!tables) return tables.error();
    try {
        return MappingFolder(path, std::move(*tables), xml::load_schema(path + "/mapping.xsd"));
    } catch (const Failure& failure) {
        return Error{ErrorCode::bad_mapping, failure.what()};
    }
}

std::vector<std::string> MappingFolder::sources() const {
    std::vector<std::string> out;
    for (const auto& country : std::filesystem::directory_iterator(path_)) {
        const std::string folder = country.path().filename().string();
        if (!country.is_directory() || folder == "codes" || folder == "lexicon") continue;
        for (const auto& file : std::filesystem::directory_iterator(country.path())) {
            if (file.path().extension() != ".xml") continue;
            // One that is of no country is named as its folder is.
            const std::string name = file.path().stem().string();
            out.push_back(name == folder ? folder : folder + "-" + name);
        }
    }
    std::ranges::sort(out);
    return out;
}

Result<Mapping> MappingFolder::load(std::string_view source) const {
    const auto known = sources();
    if (std::ranges::find(known, source) == known.end()) {
        const std::vector<std::string_view> names(known.begin(), known.end());
        return Error{ErrorCode::usage,
                     "no mapping for " + std::string(source) + expected_one_of(source, names)};
    }
    const std::string folder(source.substr(0, source.find('-')));
    const std::string name(folder == source ? source : source.substr(folder.size() + 1));
    return load_file(path_ + "/" + folder + "/" + name + ".xml", source);
}

Result<Mapping> MappingFolder::load_file(const std::string& path, std::string_view source) const {
    const auto bytes = read_mapping_file(path);
    if (!bytes) return bytes.error();
    const auto document = xml::parse(*bytes);
    if (!document) return Error{ErrorCode::bad_mapping, path + ": " + document.error().text};
    const xml::Node root = document->root();
    FileReader file(path, *tables_);
    file.know(root.namespaces());
    Mapping out;
    out.tables = tables_;
    out.file = path;
    if (root.name() != "mapping") file.fail(root, "the root must be <mapping>");
    out.source = file.needed(root, "source");
    if (!source.empty() && out.source != source) {
        file.fail(root, "source=\"" + out.source + "\" in the file of another; expected " +
                            std::string(source) + ", as folder and file are named");
    }
    out.version = file.needed(root, "version");
    for (xml::Node node = root.first_child(); node; node = node.next_sibling())
        read_section(file, node, out);
    check_order(file, root);
    check_parts(file, root, out);
    if (file.error()) return *file.error();
    // Our own messages are the clearer ones; the schema finds what they pass over.
    if (const auto fits = schema_.check(*bytes); !fits) {
        return Error{ErrorCode::bad_mapping, path + ": " + fits.error().text};
    }
    return out;
}

}  // namespace recall::mapping
