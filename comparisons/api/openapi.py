"""The description of the API, and the reading of queries by it: what is described is what is read."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.http import QueryDict

from comparisons import formats

TEXT = Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")
DOCUMENT: Mapping[str, Any] = json.loads(TEXT)
# More digits than any bound has; Python refuses to read numbers of thousands of digits.
_WHOLE = re.compile(r"-?[0-9]{1,12}", re.ASCII)


class ParameterError(Exception):
    """A part of a query that cannot be read. `problem`: what is wrong with it, and `expected`, in words."""

    def __init__(self, parameter: str, problem: str, expected: str) -> None:
        super().__init__(f"{parameter} {problem}; expected {expected}.")
        self.parameter, self.expected = parameter, expected


def read(path: str, given: QueryDict) -> dict[str, Any]:
    """Every parameter that a path of the document takes in its query, None or its default where it is not given."""
    known = {each["name"]: each for each in parameters(path) if each["in"] == "query"}
    for name in given:
        if name not in known:
            raise ParameterError(name[:40], "is not known here", one_of(known) if known else "no parameter")
    return {name: _value(each, given.getlist(name)) for name, each in known.items()}


def parameters(path: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = DOCUMENT["paths"][path]["get"]["parameters"]
    return found


def _value(parameter: Mapping[str, Any], texts: Sequence[str]) -> Any:
    name, schema = parameter["name"], parameter["schema"]
    if schema["type"] == "array":
        if len(set(texts)) < len(texts) and schema.get("uniqueItems"):
            raise ParameterError(name, "has the same twice", expected(schema))
        return [_one(name, schema["items"], text) for text in texts]
    if len(texts) > 1:
        raise ParameterError(name, "is given several times", expected(schema))
    if not texts:
        if parameter.get("required"):
            raise ParameterError(name, "is missing", expected(schema))
        return schema.get("default")
    return _one(name, schema, texts[0])


def _one(name: str, schema: Mapping[str, Any], text: str) -> int | str:
    value: int | str = text
    if schema["type"] == "integer":
        value = int(text) if _WHOLE.fullmatch(text) else ""
        right = value != "" and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    else:
        right = schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text))
    if not right or value not in schema.get("enum", [value]):
        raise ParameterError(name, f"is “{text[:40]}”", expected(schema))
    return value


def expected(schema: Mapping[str, Any]) -> str:
    """What a parameter can be, in words.

    >>> expected({"type": "integer", "minimum": 1, "maximum": 1000}), expected({"type": "string", "enum": ["a", "b"]})
    ('a whole number from 1 to 1,000', 'one of a, b')
    >>> expected({"type": "string", "minLength": 1, "maxLength": 120}), expected({"type": "string", "minLength": 1})
    ('1 to 120 characters', 'text')
    """
    if schema["type"] == "array":
        return f"any of {', '.join(schema['items']['enum'])}, each once"
    if "enum" in schema:
        return one_of(schema["enum"])
    if schema["type"] == "integer":
        return f"a whole number from {formats.plain(schema['minimum'])} to {formats.plain(schema['maximum'])}"
    return f"{schema['minLength']} to {schema['maxLength']} characters" if "maxLength" in schema else "text"


def one_of(names: Any) -> str:
    return f"one of {', '.join(map(str, names))}"


# -- for people -------------------------------------------------------------------------------


class Field(NamedTuple):
    """One value in an answer. `name`: with dots and [] for where it is."""

    name: str
    kind: str
    description: str


class Operation(NamedTuple):
    """What one address answers. `example`: its path with values that are stored, "" where nothing is."""

    name: str
    path: str
    summary: str
    description: str
    parameters: list[Mapping[str, Any]]
    fields: list[Field]
    errors: list[tuple[str, str]]
    example: str


def operations(examples: Mapping[str, str]) -> list[Operation]:
    """Everything that the document describes. `examples`: name of an operation -> an address that can be tried."""
    return [_operation(path, each["get"], examples) for path, each in DOCUMENT["paths"].items()]


def _operation(path: str, get: Mapping[str, Any], examples: Mapping[str, str]) -> Operation:
    answer = get["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        get["operationId"],
        path,
        get["summary"],
        get["description"],
        [each | {"expected": expected(each["schema"])} for each in get["parameters"]],
        list(_fields(answer, "", 2)),
        [(status, said["description"]) for status, said in get["responses"].items() if status >= "300"],
        examples.get(get["operationId"], ""),
    )


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a schema refers to, or itself."""
    for choice in schema.get("oneOf", ()):
        if "$ref" in choice:
            return resolved(choice)
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = DOCUMENT["components"]["schemas"][name] if name else schema
    return found


def _fields(schema: Mapping[str, Any], path: str, depth: int) -> Iterator[Field]:
    """The values of an answer, down to so many lists within lists."""
    for name, each in resolved(schema).get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        inner = resolved(each)
        items = resolved(inner["items"]) if "items" in inner else {}
        yield Field(here, _kind(inner), each.get("description") or inner.get("description", ""))
        if "properties" in inner:
            yield from _fields(inner, here, depth)
        elif "properties" in items and depth > 1:
            yield from _fields(items, f"{here}[]", depth - 1)


def _kind(schema: Mapping[str, Any]) -> str:
    """
    >>> _kind({"type": ["integer", "null"]}), _kind({"type": "array", "items": {}}), _kind({})
    ('whole number or null', 'list', 'any')
    """
    words = {"integer": "whole number", "string": "text", "boolean": "true or false", "array": "list"}
    kinds = schema.get("type", "any")
    return " or ".join(words.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))
