#pragma once
// One notice that its source publishes once for each language: the texts of the others become part
// of the first. What is no text is the first one's. Pure; any thread.

#include "gateway/model/notice.h"

namespace recall::model {

// Texts go to the member that says the same: titles to titles, the text of the n-th product or
// measure to the n-th when both notices have as many; of other products, to the first product's
// description. Links (documents, pictures, related notices) that `main` lacks are added. A text in
// a language that the member has already is left out.
void add_languages(Notice& main, const Notice& other);

}  // namespace recall::model
