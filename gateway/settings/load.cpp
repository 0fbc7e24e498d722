#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "gateway/base/near_miss.h"
#include "gateway/settings/reference.h"
#include "gateway/settings/settings.h"
#include "gateway/xml/document.h"
#include "gateway/xml/schema.h"

namespace recall::settings {
namespace {

constexpr std::size_t file_bytes_max = 1U << 20U;
constexpr std::size_t value_bytes_max = 4096;

// Collects every fault, so that the operator mends them in one go.
class Faults {
  public:
    void add(const std::string& where, const std::string& what) {
        text_ += (text_.empty() ? "" : "\n  ") + where + ": " + what;
    }
    bool empty() const { return text_.empty(); }
    Error error() const { return {ErrorCode::config, text_}; }

  private:
    std::string text_;
};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_choice(std::string_view choices, std::string_view value) {
    const std::string framed = "|" + std::string(choices) + "|";
    return value.find('|') == std::string_view::npos &&
           framed.find("|" + std::string(value) + "|") != std::string::npos;
}

// Sets one option; what is wrong with the value otherwise. A secret value is not repeated.
std::string assign(Settings& settings, const Option& option, std::string_view value) {
    const std::string given =
        option.secrecy == Secrecy::secret ? "the value given" : "\"" + std::string(value) + "\"";
    const std::string refusal = option.name() + " must be " + option.limits() + ", not " + given;
    if (value.size() > value_bytes_max) return option.name() + " is longer than 4096 bytes";
    if (std::ranges::any_of(value, [](unsigned char c) { return c < 0x20; })) return refusal;
    if (option.type == OptionType::choice && !is_choice(option.choices, value)) return refusal;
    if (option.type != OptionType::integer) {
        settings.*option.text = std::string(value);
        return {};
    }
    long long number = 0;
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (status != std::errc() || end != value.data() + value.size() || number < option.least ||
        number > option.most) {
        return refusal;
    }
    settings.*option.number = number;
    return {};
}

template <class Spelling>
const Option* find(std::string_view spelt, Spelling spelling) {
    const auto found = std::ranges::find_if(
        options(), [&](const Option& option) { return spelling(option) == spelt; });
    return found == options().end() ? nullptr : &*found;
}

// "; did you mean X?" among the spellings of all options.
template <class Spelling>
std::string nearest(std::string_view spelt, Spelling spelling) {
    std::vector<std::string> names;
    for (const Option& option : options())
        names.push_back(spelling(option));
    const std::vector<std::string_view> views(names.begin(), names.end());
    return did_you_mean(spelt, views);
}

constexpr auto name_of = [](const Option& option) { return option.name(); };
constexpr auto environment_of = [](const Option& option) { return option.environment(); };

void read_group(Settings& settings, Faults& faults, const std::string& file, xml::Node group) {
    std::vector<std::string> seen;
    for (xml::Node node = group.first_child(); node; node = node.next_sibling()) {
        const std::string where = file + ":" + std::to_string(node.line());
        const std::string name = std::string(group.name()) + "." + std::string(node.name());
        const Option* option = find(name, name_of);
        if (option == nullptr) {
            faults.add(where, "there is no option " + name + nearest(name, name_of));
            continue;
        }
        if (std::ranges::find(seen, name) != seen.end()) {
            faults.add(where, name + " stands twice");
            continue;
        }
        seen.push_back(name);
        if (std::string fault = assign(settings, *option, trimmed(node.text())); !fault.empty()) {
            faults.add(where, fault);
        }
    }
}

Result<std::string> read_file(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::config, file + " cannot be opened"};
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (in.bad() || bytes.size() > file_bytes_max) {
        return Error{ErrorCode::config, file + " cannot be read, or is over 1 MiB"};
    }
    return bytes;
}

// Our own walk comes first, because it knows near misses; the schema then catches what the walk
// does not look at, such as attributes and stray text.
void read_xml(Settings& settings, Faults& faults, const std::string& file) {
    const Result<std::string> bytes = read_file(file);
    if (!bytes) return faults.add(file, "cannot be read, or is over 1 MiB");
    const Result<xml::Document> document = xml::parse(*bytes);
    if (!document) return faults.add(file, document.error().text);
    std::vector<std::string_view> names;
    for (const Group& group : groups())
        names.push_back(group.name);
    if (document->root().name() != "gateway") {
        return faults.add(file + ":1", "the root element must be gateway, not " +
                                           std::string(document->root().name()));
    }
    for (xml::Node node = document->root().first_child(); node; node = node.next_sibling()) {
        if (std::ranges::find(names, node.name()) != names.end()) {
            read_group(settings, faults, file, node);
            continue;
        }
        faults.add(
            file + ":" + std::to_string(node.line()),
            "there is no group " + std::string(node.name()) + did_you_mean(node.name(), names));
    }
    if (!faults.empty()) return;
    const xml::Schema schema({{"gateway.xsd", write_schema()}});
    if (const Result<void> fits = schema.check(*bytes); !fits) faults.add(file, fits.error().text);
}

void read_environment(Settings& settings, Faults& faults, const std::vector<std::string>& entries) {
    for (const std::string& entry : entries) {
        const std::size_t equals = entry.find('=');
        if (entry.compare(0, 9, "RECALLGW_") != 0 || equals == std::string::npos) continue;
        const std::string name = entry.substr(0, equals);
        // The tests' folder of genuine samples travels the same way and is no option.
        if (name == "RECALLGW_SHARED") continue;
        const Option* option = find(name, environment_of);
        std::string fault = option == nullptr
                                ? "there is no option " + name + nearest(name, environment_of)
                                : assign(settings, *option, entry.substr(equals + 1));
        if (!fault.empty()) faults.add("environment " + name, fault);
    }
}

void read_sets(Settings& settings, Faults& faults, const std::vector<std::string>& sets) {
    for (const std::string& entry : sets) {
        const std::size_t equals = entry.find('=');
        const std::string name = entry.substr(0, equals);
        const std::string where = "--set " + name;
        const Option* option = find(name, name_of);
        if (option == nullptr) {
            faults.add(where, "there is no option " + name + nearest(name, name_of));
        } else if (equals == std::string::npos) {
            faults.add(where, "must be NAME=VALUE");
        } else if (std::string fault = assign(settings, *option, entry.substr(equals + 1));
                   !fault.empty()) {
            faults.add(where, fault);
        }
    }
}

}  // namespace

Result<Settings> load(const Sources& sources) {
    Settings settings;
    Faults faults;
    if (!sources.file.empty()) read_xml(settings, faults, sources.file);
    read_environment(settings, faults, sources.environment);
    read_sets(settings, faults, sources.sets);
    if (!faults.empty()) return faults.error();
    return settings;
}

}  // namespace recall::settings
