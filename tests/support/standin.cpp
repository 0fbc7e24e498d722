#include "tests/support/standin.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "gateway/base/failure.h"
#include "gateway/crypto/digest.h"
#include "tests/support/standin_http.h"

namespace recall::test {
namespace {

namespace Net = Poco::Net;

constexpr std::size_t request_bytes_max = 1U << 20U;
constexpr int threads = 16;
// How often an idle connection looks whether the server stops.
constexpr std::chrono::milliseconds idle_look{50};
constexpr std::chrono::seconds idle_max{10};

const std::vector<std::string>& paired_prefixes() {
    static const std::vector<std::string> prefixes = {"item:", "row:"};
    return prefixes;
}

// How one source behaves.
struct Behaviour {
    std::deque<Misbehaviour> misbehaviours;
    bool has_etags = false;
    bool has_gzip = false;
};

// What is sent, and how.
struct Answer {
    SiteReply reply;
    std::optional<Misbehaviour> misbehaviour;
};

}  // namespace

struct StandIn::State {
    State(StandInOptions the_options)
        : options(std::move(the_options)), pool("stand-in", 1, threads + 1) {}

    // The misbehaviour that this request meets; counts it.
    std::optional<Misbehaviour> met(const SiteRequest& request, Behaviour& behaviour);
    Answer answer(const SiteRequest& request);
    void conditional(const SiteRequest& request, const Behaviour& behaviour, SiteReply& reply);
    StandInDocuments& documents(const std::string& source);
    std::string& document(const std::string& source, const std::string& name);
    bool pause(std::chrono::milliseconds time);
    bool is_stopping() {
        const std::lock_guard lock(mutex);
        return stopping;
    }

    class Connection;
    class Factory;

    std::mutex mutex;
    std::condition_variable stop;
    bool stopping = false;
    StandInOptions options;
    std::map<std::string, Behaviour> behaviours;
    std::vector<SeenRequest> seen;
    Net::Context::Ptr tls;
    Poco::ThreadPool pool;
    std::unique_ptr<Net::TCPServer> server;
    unsigned short port = 0;
};

class StandIn::State::Connection final : public Net::TCPServerConnection {
  public:
    Connection(const Net::StreamSocket& socket, State& state)
        : Net::TCPServerConnection(socket), state_(state) {}

    void run() override {
        try {
            if (state_.tls) socket() = Net::SecureStreamSocket::attach(socket(), state_.tls);
            socket().setNoDelay(true);
            for (bool goes_on = true; goes_on;) {
                const std::optional<SiteRequest> request = read();
                goes_on = request && send(state_.answer(*request)) && !request->asks_to_close();
            }
        } catch (const Poco::Exception&) {  // NOLINT(bugprone-empty-catch): a caller that leaves
            return;
        }
    }

  private:
    // Nothing when the caller left, stayed idle or sent too much.
    bool fill() {
        const auto end = std::chrono::steady_clock::now() + idle_max;
        while (!socket().poll(Poco::Timespan(std::chrono::microseconds(idle_look).count()),
                              Net::Socket::SELECT_READ)) {
            if (state_.is_stopping() || std::chrono::steady_clock::now() > end) return false;
        }
        char bytes[8192];
        const int got = socket().receiveBytes(bytes, sizeof bytes);
        if (got > 0) buffer_.append(bytes, static_cast<std::size_t>(got));
        return got > 0 && buffer_.size() <= request_bytes_max;
    }

    std::optional<SiteRequest> read() {
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!fill()) return std::nullopt;
        SiteRequest request = parsed_head(std::string_view(buffer_).substr(0, end + 2));
        buffer_.erase(0, end + 4);
        const std::size_t bytes = std::min(body_bytes(request), request_bytes_max);
        while (buffer_.size() < bytes)
            if (!fill()) return std::nullopt;
        request.body = buffer_.substr(0, bytes);
        buffer_.erase(0, bytes);
        return request;
    }

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const int sent = socket().sendBytes(
                bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 65536)));
            bytes.remove_prefix(static_cast<std::size_t>(std::max(sent, 0)));
        }
    }

    // Whether the connection may be used again.
    bool send(const Answer& answer) {
        const Manner* manner = answer.misbehaviour ? &answer.misbehaviour->manner : nullptr;
        if (manner != nullptr && *manner == Manner::hang_up) return false;
        write(head_of(answer.reply));
        if (answer.reply.status == 304) return true;
        std::string_view body = answer.reply.body;
        if (manner != nullptr && *manner == Manner::cut_short) {
            write(body.substr(0, body.size() / 2));
            return false;
        }
        if (manner == nullptr || *manner != Manner::drip) {
            write(body);
            return true;
        }
        while (!body.empty() && state_.pause(answer.misbehaviour->pause)) {
            write(body.substr(0, answer.misbehaviour->piece_bytes));
            body.remove_prefix(std::min(body.size(), answer.misbehaviour->piece_bytes));
        }
        return body.empty();
    }

    State& state_;
    std::string buffer_;
};

class StandIn::State::Factory final : public Net::TCPServerConnectionFactory {
  public:
    explicit Factory(State& state) : state_(state) {}
    Net::TCPServerConnection* createConnection(const Net::StreamSocket& socket) override {
        return std::make_unique<Connection>(socket, state_).release();
    }

  private:
    State& state_;
};

std::optional<Misbehaviour> StandIn::State::met(const SiteRequest& request, Behaviour& behaviour) {
    for (auto at = behaviour.misbehaviours.begin(); at != behaviour.misbehaviours.end(); ++at) {
        const bool fits = at->path_prefix.empty() ? request.path() != "/robots.txt"
                                                  : request.target.starts_with(at->path_prefix);
        if (!fits || (at->manner == Manner::refuse_naive && is_browser(request))) continue;
        Misbehaviour found = *at;
        if (at->times > 0 && --at->times == 0) behaviour.misbehaviours.erase(at);
        return found;
    }
    return std::nullopt;
}

void StandIn::State::conditional(const SiteRequest& request, const Behaviour& behaviour,
                                 SiteReply& reply) {
    if (reply.status != 200) return;
    if (behaviour.has_etags) {
        const std::string etag = '"' + crypto::sha256_hex(reply.body).substr(0, 32) + '"';
        reply.headers.emplace_back("ETag", etag);
        if (request.header("if-none-match") == etag) {
            reply.status = 304;
            reply.body.clear();
        }
    }
    if (behaviour.has_gzip && reply.status == 200 &&
        request.header("accept-encoding").find("gzip") != std::string::npos) {
        reply.body = gzipped(reply.body);
        reply.headers.emplace_back("Content-Encoding", "gzip");
    }
}

Answer StandIn::State::answer(const SiteRequest& request) {
    const std::lock_guard lock(mutex);
    Behaviour& behaviour = behaviours[site_source(request.host)];
    Answer answer{site_reply(options.data, options.rules, request), met(request, behaviour)};
    SiteReply& reply = answer.reply;
    const std::string html = "text/html; charset=utf-8";
    if (answer.misbehaviour) {
        switch (answer.misbehaviour->manner) {
            case Manner::html_page:
                reply = {200, html, site_interstitial(), {}};
                break;
            case Manner::refuse:
            case Manner::refuse_naive:
                reply = {403, html, "<html>Access Denied</html>", {}};
                break;
            case Manner::cut_document:
                reply.body.resize(reply.body.size() / 2);
                break;
            case Manner::too_many:
                reply = {429, html, "slow down", {{"Retry-After", answer.misbehaviour->detail}}};
                break;
            case Manner::server_error:
                reply = {500, html, "<html>error</html>", {}};
                break;
            case Manner::elsewhere:
                reply = {302, html, "moved", {{"Location", answer.misbehaviour->detail}}};
                break;
            case Manner::drip:
            case Manner::cut_short:
            case Manner::hang_up:
                break;
        }
    }
    conditional(request, behaviour, reply);
    const bool hangs_up = answer.misbehaviour && answer.misbehaviour->manner == Manner::hang_up;
    seen.push_back({request, hangs_up ? 0 : reply.status});
    return answer;
}

StandInDocuments& StandIn::State::documents(const std::string& source) {
    const auto found = options.data.find(source);
    if (found == options.data.end())
        throw Failure(ErrorCode::not_found, "the stand-in has no source " + source);
    return found->second;
}

std::string& StandIn::State::document(const std::string& source, const std::string& name) {
    StandInDocuments& all = documents(source);
    const auto found = all.find(name);
    if (found == all.end())
        throw Failure(ErrorCode::not_found, "the stand-in has no " + source + " " + name);
    return found->second;
}

// False when the server stops meanwhile.
bool StandIn::State::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex);
    return !stop.wait_for(lock, time, [this] { return stopping; });
}

StandIn::StandIn(StandInOptions options) : state_(std::make_unique<State>(std::move(options))) {
    State& state = *state_;
    try {
        if (!state.options.certificate_file.empty()) {
            Net::Context::Params params;
            params.certificateFile = state.options.certificate_file;
            params.privateKeyFile = state.options.key_file;
            params.loadDefaultCAs = false;
            params.verificationMode = Net::Context::VERIFY_NONE;
            state.tls = new Net::Context(Net::Context::TLS_SERVER_USE, params);
        }
        Net::ServerSocket socket;
        // Not SO_REUSEPORT: a port that is taken is to be noticed.
        socket.bind(Net::SocketAddress("127.0.0.1", state.options.port), true, false);
        socket.listen(64);
        state.port = socket.address().port();
        Net::TCPServerParams::Ptr limits = new Net::TCPServerParams;
        limits->setMaxThreads(threads);
        limits->setMaxQueued(64);
        state.server =
            std::make_unique<Net::TCPServer>(new State::Factory(state), state.pool, socket, limits);
        state.server->start();
    } catch (const Poco::Exception& exception) {
        throw Failure(ErrorCode::unreachable, "the stand-in cannot listen on port " +
                                                  std::to_string(state.options.port) + ": " +
                                                  exception.displayText());
    }
}

StandIn::~StandIn() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->stop.notify_all();
    state_->server->stop();
    state_->pool.joinAll();
}

unsigned short StandIn::port() const { return state_->port; }

std::string StandIn::url() const {
    return (state_->tls ? "https://127.0.0.1:" : "http://127.0.0.1:") +
           std::to_string(state_->port);
}

void StandIn::misbehave(const std::string& source, Misbehaviour misbehaviour) {
    const std::lock_guard lock(state_->mutex);
    state_->behaviours[source].misbehaviours.push_back(std::move(misbehaviour));
}

void StandIn::behave(const std::string& source) {
    const std::lock_guard lock(state_->mutex);
    state_->behaviours.erase(source);
}

void StandIn::use_etags(const std::string& source) {
    const std::lock_guard lock(state_->mutex);
    state_->behaviours[source].has_etags = true;
}

void StandIn::use_gzip(const std::string& source) {
    const std::lock_guard lock(state_->mutex);
    state_->behaviours[source].has_gzip = true;
}

std::vector<std::string> StandIn::names(const std::string& source) const {
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> found;
    for (const auto& [name, text] : state_->documents(source))
        if (name.find(':') == std::string::npos) found.push_back(name);
    return found;
}

std::string StandIn::document(const std::string& source, const std::string& name) const {
    const std::lock_guard lock(state_->mutex);
    return state_->document(source, name);
}

void StandIn::put(const std::string& source, const std::string& name, std::string text) {
    const std::lock_guard lock(state_->mutex);
    state_->documents(source)[name] = std::move(text);
}

void StandIn::replace(const std::string& source, const std::string& name, std::string_view from,
                      std::string_view to) {
    const std::lock_guard lock(state_->mutex);
    std::string& text = state_->document(source, name);
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        throw Failure(ErrorCode::not_found, source + " " + name + " has no " + std::string(from));
    text.replace(at, from.size(), to);
}

void StandIn::remove(const std::string& source, const std::string& name) {
    const std::lock_guard lock(state_->mutex);
    state_->document(source, name);
    StandInDocuments& all = state_->documents(source);
    all.erase(name);
    for (const std::string& prefix : paired_prefixes())
        all.erase(prefix + name);
}

std::vector<SeenRequest> StandIn::requests(const std::string& source) const {
    const std::lock_guard lock(state_->mutex);
    std::vector<SeenRequest> found;
    for (const SeenRequest& seen : state_->seen)
        if (source.empty() || site_source(seen.request.host) == source) found.push_back(seen);
    return found;
}

void StandIn::forget_requests() {
    const std::lock_guard lock(state_->mutex);
    state_->seen.clear();
}

}  // namespace recall::test
