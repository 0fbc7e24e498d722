#!/usr/bin/env python3
"""Compares the API's document with what the server did.

check_api_document.py EXCHANGES, one JSON object a line: first {"document", "routes"}, then requests
with their replies. Prints every fault, then exits 1.
"""
import json
import re
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import jsonschema  # noqa: E402

METHODS = {"get", "post", "put", "patch", "delete"}


class Checker:
    def __init__(self, document, routes):
        self.document = document
        self.routes = routes
        self.faults = []
        self.succeeded = set()
        self.resolver = jsonschema.RefResolver.from_schema(
            {**document, "$schema": "https://json-schema.org/draft/2020-12/schema"})

    def fault(self, text):
        self.faults.append(text)

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                if method in METHODS:
                    yield path, method, item, operation

    def check_routes(self):
        documented = {(method, path): operation
                      for path, method, _, operation in self.operations()}
        served = {(route["method"].lower(), route["pattern"]): route["access"]
                  for route in self.routes}
        for method, path in sorted(documented.keys() ^ served.keys()):
            which = "document" if (method, path) in documented else "server"
            self.fault(f"{method} {path} is only in the {which}")
        for key, access in served.items():
            security = documented.get(key, {}).get("security", self.document["security"])
            wanted = {"open": [], "key": [{"key": []}], "partner": [{"partner": []}]}[access]
            if key in documented and security != wanted:
                self.fault(f"{key} states the wrong security")

    def check_document(self):
        identifiers = set()
        for name, schema in self.document["components"]["schemas"].items():
            try:
                jsonschema.Draft202012Validator.check_schema(schema)
            except jsonschema.SchemaError as error:
                self.fault(f"schema {name}: {error.message}")
        for path, method, item, operation in self.operations():
            where = f"{method} {path}"
            if operation["operationId"] in identifiers:
                self.fault(f"{where}: its operationId stands twice")
            identifiers.add(operation["operationId"])
            parameters = [self.resolve(one) for one in
                          item.get("parameters", []) + operation.get("parameters", [])]
            stated = {one["name"] for one in parameters if one["in"] == "path"}
            if stated != set(re.findall(r"\{(\w+)\}", path)):
                self.fault(f"{where}: its path parameters are {stated}")
        for reference in re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(self.document)):
            try:
                self.resolver.resolve(reference)
            except jsonschema.RefResolutionError:
                self.fault(f"{reference} leads nowhere")

    def resolve(self, value):
        return self.resolver.resolve(value["$ref"])[1] if "$ref" in value else value

    def errors(self, schema, text):
        try:
            value = json.loads(text)
        except ValueError:
            return ["no JSON"]
        validator = jsonschema.Draft202012Validator(
            schema, resolver=self.resolver, format_checker=jsonschema.FormatChecker())
        return [f"{list(error.absolute_path)}: {error.message}"[:300]
                for error in validator.iter_errors(value)]

    def check_exchange(self, exchange):
        where = f"{exchange['method']} {exchange['target']} ({exchange['status']})"
        method, path = exchange["method"].lower(), exchange["pattern"]
        operation = self.document["paths"][path][method]
        status = str(exchange["status"])
        responses = operation["responses"]
        if status not in responses and exchange["status"] < 400:
            return self.fault(f"{where}: the status is not stated")
        response = self.resolve(responses.get(status, responses["default"]))
        content = response.get("content")
        if not content:
            if exchange["body"]:
                self.fault(f"{where}: there is a body")
        else:
            media = exchange["media_type"].split(";")[0]
            stated = content.get(media, content.get("*/*"))
            if stated is None:
                return self.fault(f"{where}: {media} is not stated")
            if media.endswith("json") and "schema" in stated:
                for error in self.errors(stated["schema"], exchange["body"]):
                    self.fault(f"{where}: {error}")
        if exchange["status"] >= 400:
            return None
        self.succeeded.add((path, method))
        sent = operation.get("requestBody", {}).get("content", {}).get(exchange["sent_type"])
        if exchange["sent"] and sent is None:
            self.fault(f"{where}: {exchange['sent_type']} is not stated for requests")
        elif exchange["sent"] and exchange["sent_type"] == "application/json":
            for error in self.errors(sent["schema"], exchange["sent"]):
                self.fault(f"{where}: request: {error}")
        known = {one["name"] for one in map(self.resolve, operation.get("parameters", []))
                 if one["in"] == "query"}
        for name in re.findall(r"[?&](\w+)=", exchange["target"]):
            if name not in known:
                self.fault(f"{where}: the parameter {name} is not stated")
        return None

    def check_all_succeeded(self):
        for path, method, _, operation in self.operations():
            partner = operation.get("security") == [{"partner": []}]
            if not partner and (path, method) not in self.succeeded:
                self.fault(f"{method} {path} was never seen to succeed")


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        first = json.loads(next(lines))
        checker = Checker(json.loads(first["document"]), first["routes"])
        checker.check_document()
        checker.check_routes()
        for line in lines:
            checker.check_exchange(json.loads(line))
    checker.check_all_succeeded()
    print("\n".join(checker.faults))
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
