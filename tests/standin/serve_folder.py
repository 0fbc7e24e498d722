"""Serves a folder at 127.0.0.1 as a source's site: serve_folder.py FOLDER PORT.

Each file answers at its own path, the query in its name ("api/recalls?page=1"); a folder answers with its index.html; all else is 404.
For trying a mapping with poll.stand_in before the source itself is asked.
"""

import http.server
import os
import sys
import urllib.parse

FOLDER = os.path.realpath(sys.argv[1])


def media_type(content):
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if head[:1] in (b"{", b"["):
        return "application/json"
    if head.startswith(b"<?xml") or head.startswith(b"<rss"):
        return "application/xml"
    return "text/html" if head.startswith(b"<") else "application/octet-stream"


class Site(http.server.BaseHTTPRequestHandler):
    def answer(self, with_content):
        name = os.path.realpath(FOLDER + "/" + urllib.parse.unquote(self.path))
        if os.path.isdir(name):
            name += "/index.html"
        found = name.startswith(FOLDER + "/") and os.path.isfile(name)
        content = b"no such file: " + name.encode()
        if found:
            with open(name, "rb") as file:
                content = file.read()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", media_type(content) if found else "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_content:
            self.wfile.write(content)

    def do_GET(self):
        self.answer(True)

    def do_HEAD(self):
        self.answer(False)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(True)


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Site).serve_forever()
