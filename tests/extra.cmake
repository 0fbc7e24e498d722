# Targets that are not suites of tests.
add_subdirectory(${CMAKE_CURRENT_LIST_DIR}/bench)

# Checks of the source tree itself, label "tidy".
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME tidy_tree COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/tidy/tidy.py)
add_test(NAME tidy_references COMMAND recallgw doctor --check-references ${CMAKE_SOURCE_DIR})
set_tests_properties(tidy_tree tidy_references PROPERTIES LABELS tidy)
