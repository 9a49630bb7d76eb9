"""Which changes of a module no test notices: it is changed in one place at a time, and the tests run on each change.

    python -m bench.mutants ingest.parsing.checks tests/ingest/test_checks.py

The tests follow the module, as pytest takes them; tests without a database are fast enough. It prints each change with
which they passed: its line, the code before and after. Some of these changes have no effect; the others show that a
test is missing, or that nobody needs the code. Only code in functions is changed, because other modules have imported
everything else. Each change is tried in a fork of one process that has collected the tests.
"""

import ast
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from copy import copy
from importlib import import_module
from itertools import chain
from pathlib import Path
from types import FunctionType, ModuleType
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol

SECONDS = 60  # a change can make an endless loop

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
}


class Mutant(NamedTuple):
    """One change of a module. `before` and `after` are the part that is changed."""

    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.line}: {self.before}  ->  {self.after}"


def list_changes(source: str) -> Iterator[tuple[Mutant, ast.Module]]:
    """Each change with the whole module, which is the same object every time: compile it before the next one.

    >>> [str(change) for change, _ in list_changes("def f(a, b): return a < b")]
    ['1: return a < b  ->  return None', '1: a < b  ->  a <= b', '1: a < b  ->  a >= b']
    """
    tree = ast.parse(source)
    for node in _find_nodes_in_functions(tree):
        for new in _list_other_expressions(node) if isinstance(node, ast.expr) else _list_other_statements(node):
            ast.copy_location(new, node)
            ast.fix_missing_locations(new)
            _Exchange(node, new).visit(tree)
            yield Mutant(node.lineno, ast.unparse(node), ast.unparse(new)), tree
            _Exchange(new, node).visit(tree)


def _find_nodes_in_functions(tree: ast.Module) -> list[ast.expr | ast.stmt]:
    """In the order of the module; neither docstrings, annotations nor the words of messages."""
    left_out: set[ast.AST] = set()
    nodes: dict[ast.expr | ast.stmt, None] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in chain.from_iterable(map(ast.walk, function.body)):
            if isinstance(node, ast.JoinedStr | ast.Raise):
                left_out.update(part for part in ast.walk(node) if part is not node)
            elif isinstance(node, ast.AnnAssign):
                left_out.update(ast.walk(node.annotation))
            if isinstance(node, ast.expr | ast.stmt):
                nodes[node] = None
    return sorted((node for node in nodes if node not in left_out), key=lambda node: (node.lineno, node.col_offset))


def _list_other_expressions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]):
            for other in _COMPARISONS[type(operator)]:
                yield ast.Compare(node.left, [other()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            for value in node.values:
                rest = [other for other in node.values if other is not value]
                yield ast.BoolOp(node.op, rest) if len(rest) > 1 else copy(rest[0])
        case ast.UnaryOp():
            yield copy(node.operand)
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Call(keywords=[_, *_]):
            for keyword in node.keywords:
                yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not keyword])


def _list_other_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant) or value.value is not None:
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise() | ast.AugAssign():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


class _Exchange(ast.NodeTransformer):
    """Puts a part of the code in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def replace_functions(module: ModuleType, tree: ast.Module) -> None:
    """Give the functions of a module the code that they have in a changed one, wherever they were imported."""
    changed = ModuleType(module.__name__)
    exec(compile(tree, str(module.__file__), "exec"), vars(changed))  # noqa: S102  # our own module
    functions = _list_functions(changed)
    for name, function in _list_functions(module).items():
        if len(function.__code__.co_freevars) == len(functions[name].__code__.co_freevars):
            function.__code__ = functions[name].__code__


def _list_functions(module: ModuleType) -> dict[str, FunctionType]:
    """Name, with that of the class in front, -> function or method."""
    functions: dict[str, FunctionType] = {}
    for value in vars(module).values():
        members = [*vars(value).values()] if isinstance(value, type) else [value]
        for member in members:
            function = getattr(member, "fget", None) or getattr(member, "__wrapped__", member)
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                functions[function.__qualname__] = function
    return functions


class Mutants:
    """A plugin of pytest: the collected tests run on each change. `survivors`: the changes that they passed with."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.survivors: list[Mutant] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        module = import_module(self.name)
        for change, tree in list_changes(Path(str(module.__file__)).read_text("utf-8")):
            self.count += 1
            if _passes(session.items, module, tree):
                self.survivors.append(change)
        return True


def _passes(tests: Sequence[pytest.Item], module: ModuleType, tree: ast.Module) -> bool:
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            replace_functions(module, tree)
            os._exit(0 if all(map(_has_passed, tests)) else 1)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _has_passed(test: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(test, log=False))


def main(name: str, *tests: str) -> int:
    mutants = Mutants(name)
    status = pytest.main(["-q", "--capture=sys", *tests], plugins=[mutants])
    for change in mutants.survivors:
        print(change)
    print(f"{len(mutants.survivors)} of {mutants.count} changes passed the tests.")
    return int(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
