"""The publisher that a page names as its own, by address or by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

_ADDRESS_LINE = re.compile(
    r"(?:permalink|canonical|url|address|page address|saved from|retrieved from|source)\b\s?:?\s?<?(https?://\S{1,1000})",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(
    r"(?:source|publisher|site|published by)\s?:\s?(\S.{0,150})|published by (\S.{0,80})", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:(?:copyright|\(c\)|\u00a9) ?){1,2}(?:\d{4}(?: ?[-\u2013] ?\d{4})?,? ?)?(?:by )?(\D.{0,80})", re.IGNORECASE
)
_OPENINGS = (
    *("permalink", "canonical", "url", "address", "page address", "saved", "retrieved"),
    *("source", "publi", "site", "copyright", "(c)", "\u00a9"),
)
_END_OF_NAME = re.compile(r" [\u2014\u2013|(\u03b2-]|[,;] |\. |\.$| licensed under ", re.IGNORECASE)
# In the address of an archived copy, the address of the page follows that of the archive.
_ARCHIVES = frozenset(
    ("web.archive.org", "archive.org", "archive.ph", "archive.today", "webcache.googleusercontent.com")
)


@dataclass(frozen=True, slots=True)
class StatedPublisher:
    """What a page says about its publisher. `hosts`: of its addresses, without `www.`; `names`: as it writes them."""

    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hosts or self.names)

    def is_of(self, host: str, name: str) -> bool | None:
        """Whether the page is from the publisher with this host and name; None if it names no publisher.

        An address is more reliable than a name. The beginning of either is enough, because the page can be cut there.

        >>> StatedPublisher(("northwind.example",), ("Zippia",)).is_of("zippia.com", "zippia")
        False
        >>> StatedPublisher((), ("Zippia, Inc.",)).is_of("zippia.com", "zippia")
        True
        """
        if self.hosts:
            return all(f".{stated}".endswith(f".{host}") or _begins(stated, host) for stated in self.hosts)
        if self.names:
            return any(name in stated.casefold() or _begins(stated.casefold(), name) for stated in self.names)
        return None

    def describe(self) -> str:
        """The first address or name that the page states."""
        return (*self.hosts, *self.names, "")[0]


def _begins(stated: str, whole: str) -> bool:
    return whole.startswith(stated) or f"www.{whole}".startswith(stated)


def read_stated_publisher(addresses: Iterable[str], names: Iterable[str], texts: Iterable[str]) -> StatedPublisher:
    """What a page says about its publisher. `addresses`, `names`: from its head; `texts`: of its lines."""
    addresses, names = [*addresses], [*names]
    for text in texts:
        if not text[:12].casefold().startswith(_OPENINGS):
            continue
        address = _ADDRESS_LINE.fullmatch(text)
        if address:
            addresses.append(address[1])
            continue
        named = _NAME_LINE.fullmatch(text) or _COPYRIGHT.fullmatch(text)
        if named:
            names.append(_END_OF_NAME.split(named[named.lastindex or 1], maxsplit=1)[0].strip())
    hosts = [read_host(address) for address in addresses]
    return StatedPublisher(tuple(dict.fromkeys(filter(None, hosts))), tuple(dict.fromkeys(filter(None, names))))


def read_host(address: str) -> str:
    """The host of an address, without `www.`; "" for none. An archived copy has the host of the page itself.

    >>> read_host("https://www.zippia.com/baker-jobs/"), read_host("https://web.archive.org/web/2025/https://zippia.com/a")
    ('zippia.com', 'zippia.com')
    """
    host = _split_off_host(address)
    if host in _ARCHIVES:
        inner = max(address.rfind("http://"), address.rfind("https://"))
        return _split_off_host(address[inner:]) if inner > 0 else ""
    return host


def _split_off_host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
