# Targets that are not suites of tests.
add_subdirectory(${CMAKE_CURRENT_LIST_DIR}/bench)
