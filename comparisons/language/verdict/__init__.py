from typing import Any, NamedTuple


class Follow(NamedTuple):
    parts: Any
    note: str


class Verdict(NamedTuple):
    sentences: Any = ()
    toss_up: Any = None
    rules: str = ""


def what_follows(c, k):
    return None


def write_verdict(c):
    return Verdict()


def find_pay_gap(c):
    return None
