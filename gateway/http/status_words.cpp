#include "gateway/http/status_words.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace recall::http {
namespace {

constexpr StatusWords english{
    .language = "en",
    .code = "en",
    .other_language = "zh",
    .other_name = "中文",
    .title = "Recall exchange gateway",
    .intro =
        "Watches the recall notices of other countries' authorities, finds the products "
        "among listings, and exchanges signed notices with partners.",
    .notices = "notices",
    .listings = "listings",
    .open_matches = "matches to confirm",
    .open_reviews = "to review",
    .open_cases = "open takedown cases",
    .closed_cases = "closed cases",
    .quarantined = "records in quarantine",
    .sources = "Sources",
    .source = "Source",
    .state = "State",
    .published = "Notices",
    .waiting = "In quarantine",
    .last_run = "Last run (UTC)",
    .outcome = "What came of it",
    .created = "new",
    .changed = "changed",
    .never_run = "never run",
    .running = "running",
    .healthy = "healthy",
    .degraded = "degraded",
    .failed = "failed",
    .next_steps = "What to do next",
    .no_sources =
        "No source is known: the mappings folder holds no mapping file. See data.mappings.",
    .no_notices = "No notices yet: fetch them with",
    .no_listings = "No listings yet: import them with",
    .no_matches =
        "Nothing waits for a decision. Matches come by themselves as notices and listings "
        "arrive; ask about one product with",
    .all_well = "Decide on the open matches: see them with a key at",
    .service = "For machines",
    .description = "description of the API",
    .metrics = "metrics",
    .readiness = "readiness",
    .as_of = "As of",
    .key_label = "API key",
    .key_hint = "An administrator or analyst signs in with an API key, made with",
    .sign_in = "Sign in",
    .sign_out = "Sign out",
    .wrong_key = "That key is not valid: it is mistyped, or was revoked.",
    .too_many = "Too many wrong keys from this address. Wait a minute, then try again.",
    .staff_only = "That key belongs to a platform. This page is for administrators and analysts.",
};

constexpr StatusWords chinese{
    .language = "zh-CN",
    .code = "zh",
    .other_language = "en",
    .other_name = "English",
    .title = "召回信息交换网关",
    .intro = "监测境外主管机关发布的召回通报，在平台商品中查找同一产品，并与合作机构交换签名通报。",
    .notices = "召回通报",
    .listings = "商品信息",
    .open_matches = "待确认匹配",
    .open_reviews = "待人工复核",
    .open_cases = "未结下架案件",
    .closed_cases = "已结案件",
    .quarantined = "隔离记录",
    .sources = "信息来源",
    .source = "来源",
    .state = "状态",
    .published = "通报数",
    .waiting = "隔离数",
    .last_run = "最近一次运行（UTC）",
    .outcome = "运行结果",
    .created = "条新增",
    .changed = "条变更",
    .never_run = "尚未运行",
    .running = "运行中",
    .healthy = "正常",
    .degraded = "异常降级",
    .failed = "失败",
    .next_steps = "下一步",
    .no_sources = "没有信息来源：映射文件夹中没有映射文件，请检查 data.mappings 设置。",
    .no_notices = "尚无召回通报，请运行以下命令获取：",
    .no_listings = "尚无商品信息，请运行以下命令导入：",
    .no_matches = "没有待处理的匹配。通报和商品信息到达后会自动匹配；查询单个产品请运行：",
    .all_well = "请对待确认的匹配作出决定，使用密钥访问：",
    .service = "供程序使用",
    .description = "接口说明",
    .metrics = "运行指标",
    .readiness = "就绪状态",
    .as_of = "数据时间",
    .key_label = "API 密钥",
    .key_hint = "管理员和分析人员使用 API 密钥登录，密钥由以下命令生成：",
    .sign_in = "登录",
    .sign_out = "退出登录",
    .wrong_key = "密钥无效：输入有误，或已被撤销。",
    .too_many = "该地址输入错误密钥的次数过多，请一分钟后重试。",
    .staff_only = "该密钥属于平台，本页面仅供管理员和分析人员使用。",
};

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_language(std::string_view range, std::string_view language) {
    return range == language || range.starts_with(std::string(language) + "-");
}

// The weight of "zh-CN;q=0.8"; 1 when it states none, 0 when it cannot be read.
double weight_of(std::string_view item) {
    const std::size_t at = item.find("q=");
    if (at == std::string_view::npos) return 1;
    double weight = 0;
    const std::string_view text = item.substr(at + 2);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), weight);
    return read.ec == std::errc() ? weight : 0;
}

}  // namespace

const StatusWords& english_status_words() { return english; }
const StatusWords& chinese_status_words() { return chinese; }

const StatusWords& status_words(std::string_view chosen, std::string_view accept_language) {
    if (chosen == "zh" || is_language(chosen, "zh")) return chinese;
    if (is_language(chosen, "en")) return english;
    const StatusWords* best = &english;
    double best_weight = 0;
    while (!accept_language.empty()) {
        const std::size_t end = std::min(accept_language.find(','), accept_language.size());
        const std::string_view item = trimmed(accept_language.substr(0, end));
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        const std::string_view range = trimmed(item.substr(0, item.find(';')));
        const double weight = weight_of(item);
        if (weight <= best_weight) continue;
        if (is_language(range, "zh"))
            best = &chinese;
        else if (is_language(range, "en"))
            best = &english;
        else
            continue;
        best_weight = weight;
    }
    return *best;
}

}  // namespace recall::http
