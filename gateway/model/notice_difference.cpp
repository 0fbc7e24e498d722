#include "gateway/model/notice_difference.h"

#include "gateway/model/notice_fields.h"

#include <algorithm>
#include <string_view>

namespace recall::model {
namespace {

// Any value of the model as a tree, so that two of them can be walked side by side.
struct Tree {
    enum class Shape { leaf, object, list, set };
    std::string name;
    Shape shape = Shape::leaf;
    std::string text;
    std::vector<Tree> children;
    bool operator==(const Tree&) const = default;
};

class TreeMaker {
  public:
    explicit TreeMaker(Tree& tree) : tree_(tree) { tree_.shape = Tree::Shape::object; }

    void text(std::string_view name, const std::string& value) {
        if (!value.empty()) add(name).text = value;
    }
    void number(std::string_view, long long) {}  // the revision, which is not content
    void flag(std::string_view name, const std::optional<bool>& value) {
        if (value) add(name).text = *value ? "true" : "false";
    }
    void date(std::string_view name, const std::optional<Date>& value) {
        if (value) add(name).text = to_text(*value);
    }
    void code(std::string_view name, ErrorCode value) { add(name).text = spelling(value); }
    void texts(std::string_view name, const std::vector<std::string>& values) {
        Tree& set = add(name);
        set.shape = Tree::Shape::set;
        for (const std::string& value : values)
            set.children.push_back({{}, {}, value, {}});
    }
    template <class T>
    void object(std::string_view name, const T& value, bool is_absent) {
        if (is_absent) return;
        TreeMaker inner(add(name));
        fields(inner, value);
    }
    template <class T>
    void object(std::string_view name, const std::optional<T>& value) {
        if (value) object(name, *value, std::is_same_v<T, Provenance>);
    }
    template <class T>
    void objects(std::string_view name, const std::vector<T>& values) {
        Tree& list = add(name);
        list.shape = Tree::Shape::list;
        for (const T& value : values) {
            TreeMaker inner(list.children.emplace_back());
            fields(inner, value);
        }
    }

  private:
    Tree& add(std::string_view name) {
        Tree& child = tree_.children.emplace_back();
        child.name = name;
        return child;
    }

    Tree& tree_;
};

class Comparison {
  public:
    // Either side may be absent, but not both.
    void compare(const std::string& path, const Tree* before, const Tree* after) {
        if (before && after && *before == *after) return;
        switch ((before ? before : after)->shape) {
            case Tree::Shape::leaf:
                return compare_leaves(path, before, after);
            case Tree::Shape::object:
                return compare_objects(path, before, after);
            case Tree::Shape::list:
                return compare_lists(path, before, after);
            case Tree::Shape::set:
                return compare_sets(path, before, after);
        }
    }

    std::vector<FieldDifference> found;

  private:
    static const std::vector<Tree>& children(const Tree* tree) {
        static const std::vector<Tree> none;
        return tree ? tree->children : none;
    }

    static std::string below(const std::string& path, const std::string& name) {
        return path.empty() ? name : path + '/' + name;
    }

    static const Tree* child(const Tree* tree, const std::string& name) {
        const auto& all = children(tree);
        const auto at = std::ranges::find(all, name, &Tree::name);
        return at == all.end() ? nullptr : &*at;
    }

    void compare_leaves(const std::string& path, const Tree* before, const Tree* after) {
        found.push_back({path, before ? before->text : "", after ? after->text : ""});
    }

    void compare_objects(const std::string& path, const Tree* before, const Tree* after) {
        for (const Tree& old : children(before)) {
            compare(below(path, old.name), &old, child(after, old.name));
        }
        for (const Tree& added : children(after)) {
            if (!child(before, added.name)) compare(below(path, added.name), nullptr, &added);
        }
    }

    // Equal entries at both ends are the same; what lies between is paired by position.
    void compare_lists(const std::string& path, const Tree* before, const Tree* after) {
        const auto& old = children(before);
        const auto& now = children(after);
        std::size_t head = 0;
        while (head < old.size() && head < now.size() && old[head] == now[head])
            ++head;
        std::size_t old_end = old.size();
        std::size_t now_end = now.size();
        while (old_end > head && now_end > head && old[old_end - 1] == now[now_end - 1]) {
            --old_end;
            --now_end;
        }
        for (std::size_t i = head; i < std::max(old_end, now_end); ++i) {
            compare(below(path, std::to_string(i)), i < old_end ? &old[i] : nullptr,
                    i < now_end ? &now[i] : nullptr);
        }
    }

    void compare_sets(const std::string& path, const Tree* before, const Tree* after) {
        for (const Tree& old : children(before)) {
            if (!std::ranges::count(children(after), old)) found.push_back({path, old.text, ""});
        }
        for (const Tree& added : children(after)) {
            if (!std::ranges::count(children(before), added)) {
                found.push_back({path, "", added.text});
            }
        }
    }
};

Tree tree_of(const Notice& notice) {
    Tree tree;
    TreeMaker maker(tree);
    fields(maker, notice);
    return tree;
}

}  // namespace

std::vector<FieldDifference> difference(const Notice& before, const Notice& after) {
    const Tree old = tree_of(before);
    const Tree now = tree_of(after);
    Comparison comparison;
    comparison.compare({}, &old, &now);
    return std::move(comparison.found);
}

}  // namespace recall::model
