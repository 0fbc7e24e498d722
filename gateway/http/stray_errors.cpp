#include "gateway/http/stray_errors.h"

#include <Poco/ErrorHandler.h>
#include <Poco/Exception.h>

#include "gateway/base/log.h"

namespace recall::http {
namespace {

class ToLog final : public Poco::ErrorHandler {
  public:
    // A connection that breaks off is the other side's business, like every error that
    // Connection::run meets.
    void exception(const Poco::Exception& exception) override { tell(exception.displayText()); }
    // Its text may hold stored values; the class of the exception is enough to find it.
    void exception(const std::exception& exception) override { tell(typeid(exception).name()); }
    void exception() override { tell("something that is no exception"); }

  private:
    static void tell(const std::string& what) {
        log({ErrorCode::internal, "a server thread threw: " + what}, "http");
    }
};

}  // namespace

void log_stray_errors() {
    static ToLog handler;
    Poco::ErrorHandler::set(&handler);
}

}  // namespace recall::http
