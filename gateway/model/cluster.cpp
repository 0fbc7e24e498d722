#include "gateway/model/cluster.h"

#include <array>

namespace recall::model {
namespace {

constexpr std::array<std::string_view, 9> reasons{"joined",       "translation_of", "same_number",
                                                  "same_address", "supersedes",     "expands",
                                                  "joint_recall", "shared_gtin",    "shared_model"};
constexpr std::array<std::string_view, 6> kinds{"gtin",    "model", "number",
                                                "address", "page",  "refers"};
constexpr std::array<std::string_view, 3> verdicts{"split", "join", "undone"};

}  // namespace

std::string_view spelling(LinkReason reason) { return reasons[static_cast<std::size_t>(reason)]; }
std::string_view spelling(KeyKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view spelling(Verdict verdict) { return verdicts[static_cast<std::size_t>(verdict)]; }

}  // namespace recall::model
