"""The description of the API. Queries are read by it, so that the two cannot disagree."""

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
    """A part of a query that cannot be read. `problem`, `expected`: in words, what is wrong and what is allowed."""

    def __init__(self, parameter: str, problem: str, expected: str) -> None:
        super().__init__(f"{parameter} {problem}; expected {expected}.")
        self.parameter, self.expected = parameter, expected


def read_query(path: str, query: QueryDict) -> dict[str, Any]:
    """Every parameter that the path takes in its query, None or the default where it is absent.

    Raises ParameterError for a parameter that the path does not have and for a value that it does not allow.
    """
    described = {parameter["name"]: parameter for parameter in parameters_of(path) if parameter["in"] == "query"}
    for name in query:
        if name not in described:
            raise ParameterError(name[:40], "is not known here", one_of(described) if described else "no parameter")
    return {name: _read_value(parameter, query.getlist(name)) for name, parameter in described.items()}


def parameters_of(path: str) -> Sequence[Mapping[str, Any]]:
    """Everything that the path takes, in its address and in its query."""
    parameters: Sequence[Mapping[str, Any]] = DOCUMENT["paths"][path]["get"]["parameters"]
    return parameters


def _read_value(parameter: Mapping[str, Any], texts: Sequence[str]) -> Any:
    name, schema = parameter["name"], parameter["schema"]
    if schema["type"] == "array":
        if len(set(texts)) < len(texts) and schema.get("uniqueItems"):
            raise ParameterError(name, "has the same twice", describe_expected(schema))
        return [_read_single_value(name, schema["items"], text) for text in texts]
    if len(texts) > 1:
        raise ParameterError(name, "is given several times", describe_expected(schema))
    if not texts:
        if parameter.get("required"):
            raise ParameterError(name, "is missing", describe_expected(schema))
        return schema.get("default")
    return _read_single_value(name, schema, texts[0])


def _read_single_value(name: str, schema: Mapping[str, Any], text: str) -> int | str:
    value: int | str = text
    if schema["type"] == "integer":
        value = int(text) if _WHOLE.fullmatch(text) else ""
        is_allowed = value != "" and schema.get("minimum", value) <= value <= schema.get("maximum", value)
    else:
        is_allowed = schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text))
    if not is_allowed or value not in schema.get("enum", [value]):
        raise ParameterError(name, f"is “{text[:40]}”", describe_expected(schema))
    return value


def describe_expected(schema: Mapping[str, Any]) -> str:
    """What a parameter can be, in words.

    >>> describe_expected({"type": "integer", "minimum": 1, "maximum": 1000})
    'a whole number from 1 to 1,000'
    >>> describe_expected({"type": "string", "enum": ["a", "b"]}), describe_expected({"type": "string", "minLength": 1})
    ('one of a, b', 'text')
    >>> describe_expected({"type": "string", "minLength": 1, "maxLength": 120})
    '1 to 120 characters'
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


# -- For people -------------------------------------------------------------------------------


class Field(NamedTuple):
    """One value in an answer. `name`: its path, with dots and []."""

    name: str
    kind: str
    description: str


class Operation(NamedTuple):
    """What one address answers. `example`: its path with stored values, "" where nothing is stored."""

    name: str
    path: str
    summary: str
    description: str
    parameters: list[Mapping[str, Any]]
    fields: list[Field]
    errors: list[tuple[str, str]]
    example: str


def list_operations(examples: Mapping[str, str]) -> list[Operation]:
    """Everything that the document describes. `examples`: name of an operation -> an address to try."""
    operations = []
    for path, methods in DOCUMENT["paths"].items():
        get, responses = methods["get"], methods["get"]["responses"]
        parameters = [entry | {"expected": describe_expected(entry["schema"])} for entry in get["parameters"]]
        operation = Operation(
            name=get["operationId"],
            path=path,
            summary=get["summary"],
            description=get["description"],
            parameters=parameters,
            fields=list(_list_fields(responses["200"]["content"]["application/json"]["schema"], "", 2)),
            errors=[(status, response["description"]) for status, response in responses.items() if status >= "300"],
            example=examples.get(get["operationId"], ""),
        )
        operations.append(operation)
    return operations


def resolve_schema(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a schema refers to, or itself."""
    for choice in schema.get("oneOf", ()):
        if "$ref" in choice:
            return resolve_schema(choice)
    name = schema.get("$ref", "").rpartition("/")[2]
    target: Mapping[str, Any] = DOCUMENT["components"]["schemas"][name] if name else schema
    return target


def _list_fields(schema: Mapping[str, Any], path: str, depth: int) -> Iterator[Field]:
    """The values of an answer. `depth`: how many lists within lists are described."""
    for name, value in resolve_schema(schema).get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        inner = resolve_schema(value)
        items = resolve_schema(inner["items"]) if "items" in inner else {}
        yield Field(here, _name_kind(inner), value.get("description") or inner.get("description", ""))
        if "properties" in inner:
            yield from _list_fields(inner, here, depth)
        elif "properties" in items and depth > 1:
            yield from _list_fields(items, f"{here}[]", depth - 1)


def _name_kind(schema: Mapping[str, Any]) -> str:
    """
    >>> _name_kind({"type": ["integer", "null"]}), _name_kind({"type": "array", "items": {}}), _name_kind({})
    ('whole number or null', 'list', 'any')
    """
    words = {"integer": "whole number", "string": "text", "boolean": "true or false", "array": "list"}
    kinds = schema.get("type", "any")
    if isinstance(kinds, str):
        kinds = [kinds]
    return " or ".join(words.get(kind, kind) for kind in kinds)
