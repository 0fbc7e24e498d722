#!/usr/bin/env python3
"""Whether mapping a long document takes little memory, however long it is.

    memory_bound.py RECALLGW [MEGABYTES]     default 500

Maps a JSON array (us-cpsc) and an XML report (eu-safety-gate) of that size, made of our fixtures
with a key of its own for every record, and fails when the peak of memory passes the limit, when a
record is lost, or when the command fails.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PEAK_MB_MAX = 150
FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"


def json_parts():
    text = (FIXTURES / "us/cpsc/recalls.json").read_text(encoding="utf-8").strip()
    return "[", text[1:-1], ",", "]", re.compile(r'("RecallID":\s*"?)(\d+)')


def xml_parts():
    text = (FIXTURES / "eu/safety-gate/report.xml").read_text(encoding="utf-8")
    start = text.index("<notifications")
    end = text.rindex("</notifications>") + len("</notifications>")
    return text[:start], text[start:end], "", text[end:], re.compile(r"(alertDetail/)(-?\d+)")


def write(path, parts, size):
    """Repeats the records until the size is reached; how many keys it gave."""
    head, body, between, tail, key = parts
    # Pieces between keys: each key becomes its number, which no other record has.
    pieces, at = [], 0
    for found in key.finditer(body):
        pieces.append(body[at:found.start(2)].encode())
        at = found.end(2)
    last = body[at:].encode()
    if not pieces:
        sys.exit(f"{path.name}: the fixture names no key")
    number = 1_000_000
    with open(path, "wb", buffering=1 << 20) as out:
        out.write(head.encode())
        while True:
            for piece in pieces:
                out.write(piece)
                out.write(str(number).encode())
                number += 1
            out.write(last)
            if out.tell() >= size:
                break
            out.write(between.encode())
        out.write(tail.encode())
    return number - 1_000_000


def measure(program, source, path):
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen([program, "map", source, str(path)], stdout=subprocess.DEVNULL,
                                 stderr=told)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        summary = told.read().decode()
    return child.returncode, summary, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    size = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 500_000_000
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for source, parts in (("us-cpsc", json_parts()), ("eu-safety-gate", xml_parts())):
            path = pathlib.Path(folder) / source
            records = write(path, parts, size)
            code, summary, peak, seconds = measure(sys.argv[1], source, path)
            path.unlink()
            counts = re.search(r": (\d+) notices, (\d+) quarantined", summary)
            mapped = sum(map(int, counts.groups())) if counts else 0
            # The fixtures hold records that are to be quarantined: 3.
            is_good = code in (0, 3) and mapped == records and peak <= PEAK_MB_MAX
            failed = failed or not is_good
            print(f"{source}: {size / 1e6:.0f} MB, {mapped} of {records} records, peak {peak:.0f} MB "
                  f"(at most {PEAK_MB_MAX}), {seconds:.1f} s: {'good' if is_good else 'BAD'}")
            if not is_good:
                print(f"exit code {code}: {summary.strip()}")
    sys.exit(1 if failed else 0)


main()
