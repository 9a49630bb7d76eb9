"""docs/operations.md names every setting with its default."""

import ast
import re

from tests.config.documented_variables import PROJECT, read_documented

IN_WORDS = {"SECRET_KEY", "DATABASE_URL"}  # defaults that depend on the folder of the project


def find_calls(module: str, prefix: str) -> dict[str, ast.Call]:
    """The calls of functions with this prefix in their names, by their first argument, which names a variable."""
    by_variable = {}
    for node in ast.walk(ast.parse((PROJECT / "config" / module).read_text())):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).startswith(prefix) or not node.args:
            continue
        name = ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else None
        if isinstance(name, str) and name.isupper():
            by_variable[name] = node
    return by_variable


def read_default(call: ast.Call) -> object:
    """The default that is given by name, or the first of the choices; a flag is off."""
    if ast.unparse(call.func) == "read_flag":
        return False
    for keyword in call.keywords:
        if keyword.arg == "default":
            return ast.literal_eval(keyword.value)
    choices = ast.literal_eval(call.args[1]) if len(call.args) > 1 else ()
    return choices[0] if choices else None


def show_default(default: object) -> str:
    if default is None:
        return "none"
    if isinstance(default, bool):
        return "`on`" if default else "`off`"
    return f"`{default}`"


def test_the_table_lists_every_variable_that_is_read_and_no_other() -> None:
    assert read_documented().keys() == find_calls("settings.py", "read_").keys()


def test_the_table_has_the_defaults() -> None:
    when_serving = find_calls("wsgi.py", "set_default")
    expected = {}
    for name, call in find_calls("settings.py", "read_").items():
        if name in IN_WORDS:
            continue
        expected[name] = show_default(read_default(call))
        if name in when_serving:
            expected[name] += f", {show_default(ast.literal_eval(when_serving[name].args[1]))} when serving"
    assert {name: default for name, default in read_documented().items() if name not in IN_WORDS} == expected


def test_only_the_settings_read_variables() -> None:
    """DJANGO_SETTINGS_MODULE and what a library wants to find there are set, not read."""
    for path in (PROJECT / "config").rglob("*.py"):
        if path.name != "settings.py":
            assert not re.search(r"environ\.get|environ\[[^]]+\](?! =)|getenv", path.read_text()), path


def test_the_server_takes_its_address_and_its_proxies_from_the_settings() -> None:
    server = (PROJECT / "config" / "gunicorn.py").read_text()
    for name in ("HOST", "PORT", "WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"):
        assert f"settings.{name}" in server
        assert name in read_documented()
    assert "\nthreads = 4\n" in server
    assert "each answers four requests at a time" in (PROJECT / "docs" / "operations.md").read_text()
