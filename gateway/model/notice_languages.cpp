#include "gateway/model/notice_languages.h"

#include <algorithm>

namespace recall::model {
namespace {

void add(Texts& main, const Texts& other) {
    const Texts own = main;
    for (const Text& text : other) {
        const bool is_known = std::ranges::find(own, text.lang, &Text::lang) != own.end();
        if (!is_known) main.push_back(text);
    }
}

// Of lists whose members say the same one by one.
template <class T, class Add>
void add_each(std::vector<T>& main, const std::vector<T>& other, Add add_one) {
    if (main.size() != other.size()) return;
    for (std::size_t i = 0; i < main.size(); ++i)
        add_one(main[i], other[i]);
}

template <class T>
void add_missing(std::vector<T>& main, const std::vector<T>& other) {
    for (const T& one : other) {
        if (std::ranges::find(main, one) == main.end()) main.push_back(one);
    }
}

// Lists of other lengths cannot be told apart one by one: the names go to the first description.
void add_products(std::vector<Product>& main, const std::vector<Product>& other) {
    add_each(main, other, [](Product& mine, const Product& theirs) {
        add(mine.name, theirs.name);
        add(mine.type, theirs.type);
        add(mine.description, theirs.description);
    });
    if (main.size() == other.size() || main.empty()) return;
    for (const Product& theirs : other) {
        for (const Texts* texts : {&theirs.name, &theirs.description})
            main.front().description.insert(main.front().description.end(), texts->begin(),
                                            texts->end());
    }
}

}  // namespace

void add_languages(Notice& main, const Notice& other) {
    add(main.title, other.title);
    add(main.summary, other.summary);
    add_products(main.products, other.products);
    // Codes come from words and may differ between languages: texts stand with the first.
    if (!main.hazards.empty() && !other.hazards.empty())
        add(main.hazards.front().text, other.hazards.front().text);
    add_each(main.measures, other.measures,
             [](Measure& mine, const Measure& theirs) { add(mine.text, theirs.text); });
    if (main.incidents && other.incidents) add(main.incidents->text, other.incidents->text);
    add_missing(main.documents, other.documents);
    add_missing(main.images, other.images);
    add_missing(main.related, other.related);
}

}  // namespace recall::model
