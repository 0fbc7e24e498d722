#!/usr/bin/env python3
"""Checks of the source tree that a machine can make. Prints every fault, then exits 1.

layering (tests/tidy/layering.tsv), sizes, forbidden constructs and words. Standard library only.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COLUMNS_MAX = 100
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
LIBRARIES = {
    "unicode": r"unicode/", "opencc": r"opencc/", "cld2": r"cld2/", "libxml": r"libxml/", "xercesc": r"xercesc/",
    "simdjson": r"simdjson", "openssl": r"openssl/", "Poco": r"Poco/", "soci": r"soci/",
    "zstd": r"zstd\.h", "zlib": r"zlib\.h", "libzip": r"zip\.h", "turbojpeg": r"turbojpeg\.h", "png": r"png\.h",
    "webp": r"webp/", "gif": r"gif_lib\.h", "sqlite3": r"sqlite3\.h", "postgresql": r"libpq-fe\.h",
}
FORBIDDEN = [
    (r"^\s*using namespace (?!std::[a-z_:]*_literals;)", "using namespace"),
    (r"catch \([^)]*\) \{\s*\}", "an empty catch"),
    (r"/" + "work/", "a path of one machine"),
    (r"\bTO" + r"DO\b(?!\()|\bFIX" + r"ME\b", "an open end"),
]


def tracked():
    out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    return [pathlib.Path(name) for name in out.stdout.decode().split("\0") if name]


def layering_table():
    table = {}
    for line in (ROOT / "tests/tidy/layering.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        folder, ours, libraries, reason = line.split("\t")
        table[folder] = (set(ours.split()) | {folder}, set(libraries.split()), reason)
    return table


def folder_of(path):
    if path.parts[0] == "gateway" and len(path.parts) > 2:
        return path.parts[1]
    return path.parts[0] if path.parts[0] == "adapters" else None


def check_layering(path, text, table, faults):
    folder = folder_of(path)
    if folder is None:
        return
    ours, libraries, reason = table[folder]
    for number, line in enumerate(text.splitlines(), 1):
        include = re.match(r'#include [<"]([^>"]+)[>"]', line)
        if not include:
            continue
        name = include.group(1)
        target = folder_of(pathlib.Path(name))
        if target and target not in ours:
            faults.append(f"{path}:{number}: {folder} may not use {target} ({reason})")
        for library, pattern in LIBRARIES.items():
            if re.match(pattern, name) and library not in libraries:
                faults.append(f"{path}:{number}: {folder} may not use {library} ({reason})")


def check_size(path, text, faults):
    lines = text.splitlines()
    if len(lines) > FILE_LINES_MAX:
        faults.append(f"{path}: {len(lines)} lines, at most {FILE_LINES_MAX}")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            faults.append(f"{path}:{number}: {len(line)} columns, at most {COLUMNS_MAX}")
    start = None
    for number, line in enumerate(lines, 1):
        if re.match(r"(    )?[A-Za-z_].*\) (const )?(noexcept )?(override )?\{$", line):
            start = (number, re.match(r" *", line).group(0))
        elif start and line == start[1] + "}":
            if number - start[0] > FUNCTION_LINES_MAX and not line.startswith(" "):
                faults.append(f"{path}:{start[0]}: a function of {number - start[0]} lines")
            start = None


def check_metrics(path, text, declared, faults):
    """A metric that http/metrics.cpp does not declare ends the gateway when it is scraped."""
    for number, line in enumerate(text.splitlines(), 1):
        for name in re.findall(r'(?:set|add|observe)\("(recallgw_\w+)"', line):
            if name not in declared:
                faults.append(f"{path}:{number}: the metric {name} is not declared")


def main():
    faults = []
    declared = set(re.findall(r'Declared\{"(\w+)"',
                              (ROOT / "gateway/http/metrics.cpp").read_text()))
    table = layering_table()
    for path in tracked():
        if path.suffix not in {".h", ".cpp", ".sh", ".py", ".md", ".def"}:
            continue
        if not (ROOT / path).exists():
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        if path.suffix in {".h", ".cpp"}:
            check_layering(path, text, table, faults)
            check_size(path, text, faults)
            if path.parts[0] == "gateway":
                check_metrics(path, text, declared, faults)
        for pattern, word in FORBIDDEN:
            for found in re.finditer(pattern, text, re.MULTILINE):
                number = text.count("\n", 0, found.start()) + 1
                faults.append(f"{path}:{number}: {word}")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
