# Targets that are not suites of tests.
add_subdirectory(${CMAKE_CURRENT_LIST_DIR}/bench)

if(TARGET scenario)
  add_dependencies(scenario recallgw-standin)  # the demo polls it
endif()

# Checks of the source tree itself, label "tidy". By name, not found here: start.sh configures on
# machines where Python is not installed.
add_test(NAME tidy_tree COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/tidy/tidy.py)
add_test(NAME tidy_references COMMAND recallgw doctor --check-references ${CMAKE_SOURCE_DIR})
set_tests_properties(tidy_tree tidy_references PROPERTIES LABELS tidy)
