# SPDX-License-Identifier: EUPL-1.2
"""Write the typed client of the API from its OpenAPI document (`make client`).

Few shapes are all that the document has: what it does not know it refuses, so that nothing is left out unseen.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CLIENT = Path(__file__).parent / "python" / "siac_client.py"
RUNTIME = Path(__file__).parent / "runtime.py"
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_PARTS = "multipart/form-data"
UNUSED = "  # noqa: F401 - those of the models below"
"""What the beginning says to the linter of names that only the models use."""


def type_of(schema: Mapping[str, Any]) -> str:
    """Return the Python type of a schema.

    Raises:
        ValueError: it is of a shape that this does not know.
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return type_of(schema["allOf"][0])
    kind = schema.get("type")
    if kind == "array":
        return f"list[{type_of(schema['items'])}]"
    if kind == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {type_of(values)}]" if isinstance(values, dict) else "dict[str, Any]"
    if kind in _PLAIN:
        return _PLAIN[kind]
    raise ValueError(f"unknown shape: {schema}")


def _model(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    if "enum" in schema:
        yield f"{name} = {type_of(schema)}"
        return
    needed = set(schema.get("required", ()))
    yield f"class {name}(TypedDict):"
    yield f"    {_said(schema)}"
    for field, of in schema.get("properties", {}).items():
        kind = type_of(of)
        yield f"    {field}: {kind if field in needed else f'NotRequired[{kind}]'}"


def _said(schema: Mapping[str, Any]) -> str:
    told = " ".join(str(schema.get("description") or schema.get("title") or schema.get("summary")).split())
    return json.dumps(told, ensure_ascii=False).join(('""', '""'))


def _method(path: str, verb: str, operation: Mapping[str, Any]) -> Iterator[str]:
    named = {each["name"]: each for each in operation.get("parameters", ())}
    body = operation.get("requestBody", {}).get("content", {})
    arguments, options = [], []
    for name, each in named.items():
        kind = type_of(each["schema"])
        if each["in"] == "path" or each.get("required"):
            arguments.append(f"{_name(name)}: {kind}")
        else:
            options.append(f"{_name(name)}: {kind.removesuffix(' | None')} | None = None")
    sent = ""
    if _PARTS in body:
        arguments += ["body: str", "files: list[tuple[str, bytes]]"]
        sent = ", fields={'body': body}, files=files"
    elif body:
        arguments.append(f"data: {type_of(body['application/json']['schema'])}")
        sent = ", data=data"
    answer, call = _answer(operation["responses"])
    signature = ", ".join(["self", *arguments, *(["*", *options] if options else [])])
    asked = _place(named, "query"), _place(named, "header")
    address = path
    for name, each in named.items():
        if each["in"] == "path":
            address = address.replace(f"{{{name}}}", f"{{_quoted({_name(name)})}}")
    yield f"    def {operation['operationId']}({signature}) -> {answer}:"
    yield f"        {_said(operation)}"
    mark = "f" if "{" in address else ""
    values = f"{verb.upper()!r}, {mark}{address!r}, query={asked[0]}, headers={asked[1]}{sent}"
    yield f"        answer: {answer} = self.{call}({values})"
    yield "        return answer"


def _place(named: Mapping[str, Any], place: str) -> str:
    own = [f"{name!r}: {_name(name)}" for name, each in named.items() if each["in"] == place]
    return f"{{{', '.join(own)}}}"


def _name(name: str) -> str:
    return name.lower().replace("-", "_")


def _answer(responses: Mapping[Any, Any]) -> tuple[str, str]:
    for status in ("200", "201"):
        found = responses.get(status) or responses.get(int(status))
        if found is None:
            continue
        content = found.get("content", {})
        if "application/json" in content:
            return type_of(content["application/json"]["schema"]), "_json"
        return "bytes", "_bytes"
    raise ValueError("an operation that answers nothing")


def written(document: Mapping[str, Any]) -> str:
    """Return the client of a document, as the formatter of the house leaves it."""
    runtime = RUNTIME.read_text(encoding="utf-8").replace(UNUSED, "")
    lines = [runtime.rstrip(), ""]
    for name, schema in sorted(document["components"]["schemas"].items(), key=_enums_first):
        lines += ["", *_model(name, schema), ""]
    lines += ["", "class Client(Caller):", '    """What the API offers, a method for each operation."""', ""]
    for path, operations in document["paths"].items():
        for verb, operation in operations.items():
            lines += [*_method(path.removeprefix("/api/v1"), verb, operation), ""]
    return _formatted("\n".join(lines))


def _enums_first(pair: tuple[str, Mapping[str, Any]]) -> tuple[bool, str]:
    name, schema = pair
    return "enum" not in schema, name


def _formatted(text: str) -> str:
    ruff = Path(sys.executable).parent / "ruff"
    for command in (["check", "--fix", "--quiet", "--exit-zero", "--select", "I"], ["format", "--quiet"]):
        done = subprocess.run(
            [str(ruff), *command, "--stdin-filename", str(CLIENT), "-"],
            input=text, capture_output=True, text=True, check=True,
        )  # fmt: skip
        text = done.stdout
    return text


def main() -> None:
    """Write the client anew."""
    import django

    django.setup()
    from siac.rest.api import api

    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    CLIENT.write_text(written(document), encoding="utf-8")


if __name__ == "__main__":
    main()
