#include "gateway/xml/schema.h"

#include <fstream>
#include <iterator>
#include <mutex>

#include <xercesc/framework/MemBufInputSource.hpp>
#include <xercesc/framework/XMLGrammarPoolImpl.hpp>
#include <xercesc/sax2/DefaultHandler.hpp>
#include <xercesc/sax2/SAX2XMLReader.hpp>
#include <xercesc/sax2/XMLReaderFactory.hpp>
#include <xercesc/util/PlatformUtils.hpp>
#include <xercesc/util/SecurityManager.hpp>
#include <xercesc/util/XMLString.hpp>
#include <xercesc/util/XMLUni.hpp>
#include <xercesc/validators/common/Grammar.hpp>

#include "gateway/base/failure.h"

namespace recall::xml {
namespace {

namespace xerces = xercesc;

// Expansions of internal entities in one document; ours have none.
constexpr XMLSize_t entity_expansions_max = 100;

void start_xerces() {
    // Never terminated: schemas live as long as the program.
    static std::once_flag started;
    std::call_once(started, [] { xerces::XMLPlatformUtils::Initialize(); });
}

std::string narrow(const XMLCh* text) {
    if (text == nullptr) return {};
    char* bytes = xerces::XMLString::transcode(text);
    std::string out = bytes;
    xerces::XMLString::release(&bytes);
    return out;
}

// Keeps the first error; resolves imports from the parts only.
class Handler final : public xerces::DefaultHandler {
  public:
    explicit Handler(const std::vector<Schema::Part>& parts) : parts_(parts) {}

    void error(const xerces::SAXParseException& e) override { keep(e); }
    void fatalError(const xerces::SAXParseException& e) override { keep(e); }

    xerces::InputSource* resolveEntity(const XMLCh*, const XMLCh* system_id) override {
        const std::string wanted = narrow(system_id);
        for (const Schema::Part& part : parts_) {
            const bool ends =
                wanted.size() >= part.name.size() &&
                wanted.compare(wanted.size() - part.name.size(), part.name.size(), part.name) == 0;
            if (ends) return source(part.text, part.name);
        }
        // Anything else reads as nothing, so that no file or address is ever opened.
        return source(nothing_, "nothing");
    }

    static xerces::MemBufInputSource* source(std::string_view text, const std::string& name) {
        return new xerces::MemBufInputSource(reinterpret_cast<const XMLByte*>(text.data()),
                                             text.size(), name.c_str());
    }

    const std::string& first_error() const { return first_error_; }

  private:
    void keep(const xerces::SAXParseException& e) {
        if (!first_error_.empty()) return;
        first_error_ = "line " + std::to_string(e.getLineNumber()) + ", column " +
                       std::to_string(e.getColumnNumber()) + ": " + narrow(e.getMessage());
    }

    const std::vector<Schema::Part>& parts_;
    std::string nothing_;
    std::string first_error_;
};

std::unique_ptr<xerces::SAX2XMLReader> make_reader(xerces::XMLGrammarPool* pool) {
    std::unique_ptr<xerces::SAX2XMLReader> reader(
        xerces::XMLReaderFactory::createXMLReader(xerces::XMLPlatformUtils::fgMemoryManager, pool));
    reader->setFeature(xerces::XMLUni::fgSAX2CoreNameSpaces, true);
    reader->setFeature(xerces::XMLUni::fgSAX2CoreValidation, true);
    reader->setFeature(xerces::XMLUni::fgXercesDynamic, false);
    reader->setFeature(xerces::XMLUni::fgXercesSchema, true);
    reader->setFeature(xerces::XMLUni::fgXercesSchemaFullChecking, true);
    reader->setFeature(xerces::XMLUni::fgXercesLoadExternalDTD, false);
    reader->setFeature(xerces::XMLUni::fgXercesUseCachedGrammarInParse, true);
    reader->setFeature(xerces::XMLUni::fgXercesLoadSchema, false);
    return reader;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw Failure(ErrorCode::config, "cannot read the schema " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

struct Schema::State {
    std::vector<Part> parts;
    std::unique_ptr<xerces::XMLGrammarPool> pool;
};

Schema::Schema(const std::vector<Part>& parts) : state_(std::make_unique<State>()) {
    start_xerces();
    state_->parts = parts;
    state_->pool = std::make_unique<xerces::XMLGrammarPoolImpl>();
    const auto reader = make_reader(state_->pool.get());
    reader->setFeature(xerces::XMLUni::fgXercesLoadSchema, true);
    Handler handler(state_->parts);
    reader->setErrorHandler(&handler);
    reader->setEntityResolver(&handler);
    const std::unique_ptr<xerces::InputSource> source(
        Handler::source(parts.at(0).text, parts.at(0).name));
    reader->loadGrammar(*source, xerces::Grammar::SchemaGrammarType, true);
    if (!handler.first_error().empty()) {
        throw Failure(ErrorCode::config,
                      "the schema " + parts.at(0).name + " is wrong: " + handler.first_error());
    }
    state_->pool->lockPool();
}

Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Result<void> Schema::check(std::string_view document) const {
    const auto reader = make_reader(state_->pool.get());
    xerces::SecurityManager security;
    security.setEntityExpansionLimit(entity_expansions_max);
    reader->setProperty(xerces::XMLUni::fgXercesSecurityManager, &security);
    reader->setFeature(xerces::XMLUni::fgXercesDisableDefaultEntityResolution, true);
    Handler handler(state_->parts);
    reader->setErrorHandler(&handler);
    reader->setEntityResolver(&handler);
    const std::unique_ptr<xerces::InputSource> source(Handler::source(document, "document"));
    try {
        reader->parse(*source);
    } catch (const xerces::XMLException& e) {
        return {ErrorCode::schema, narrow(e.getMessage())};
    } catch (const xerces::SAXException& e) {
        return {ErrorCode::schema, narrow(e.getMessage())};
    }
    if (!handler.first_error().empty()) return {ErrorCode::schema, handler.first_error()};
    return {};
}

Schema load_schema(const std::string& path) {
    const std::string folder = path.substr(0, path.find_last_of('/') + 1);
    std::vector<Schema::Part> parts{{path.substr(folder.size()), read_file(path)}};
    // The schemas that it imports, by the schemaLocation it gives.
    static constexpr std::string_view attribute = "schemaLocation=\"";
    const std::string& text = parts[0].text;
    std::vector<std::string> imports;
    for (std::size_t at = text.find(attribute); at != std::string::npos;
         at = text.find(attribute, at)) {
        at += attribute.size();
        imports.push_back(text.substr(at, text.find('"', at) - at));
    }
    for (const std::string& name : imports)
        parts.push_back({name, read_file(folder + name)});
    return Schema(parts);
}

}  // namespace recall::xml
