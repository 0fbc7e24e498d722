#pragma once
// A table of recalls in the layout, the size and the unevenness of the NHTSA's, with invented
// makes: most campaigns have a few rows, some have thousands; some rows stand far from the others
// of their campaign, and some in the other table. The same number gives the same table. One thread.

#include <cstdio>
#include <string>

namespace recall::bench {

struct NhtsaTables {
    std::string before_2010;
    std::string since_2010;
    long rows = 0;
    long campaigns = 0;
};

NhtsaTables nhtsa_tables(long rows);

}  // namespace recall::bench
