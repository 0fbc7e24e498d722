// The program's door: hands the command line to the table of commands.

#include <string>
#include <vector>

#include "gateway/ops/command.h"

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    return recall::ops::run_program(arguments);
}
