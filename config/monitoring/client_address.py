"""The address that a request comes from, behind proxies that the settings name."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address

UNKNOWN = "unknown"  # the server listens on a socket without addresses


def find_client_address(request: HttpRequest) -> str:
    """The last address that no trusted proxy vouches for.

    X-Forwarded-For is read from the right: each proxy appends the address that called it, and everything to the left of
    the first address that is not a trusted proxy may be invented.
    """
    address = parse_address(request.META.get("REMOTE_ADDR", ""))
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while address and hops and is_trusted_proxy(address):
        previous = parse_address(hops.pop())
        if previous is None:
            break
        address = previous
    return str(address or UNKNOWN)


def is_trusted_proxy(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)


def parse_address(text: str) -> Address | None:
    """An address with or without its port.

    >>> [str(parse_address(text)) for text in ("192.0.2.1", " 192.0.2.1:443", "[2001:db8::1]:443", "::ffff:192.0.2.1")]
    ['192.0.2.1', '192.0.2.1', '2001:db8::1', '192.0.2.1']
    >>> [parse_address(text) for text in ("", "unknown", "_hidden", "192.0.2.1.evil")]
    [None, None, None, None]
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def find_network(address: str) -> str:
    """The network that one household or machine usually has: an IPv4 address, or an IPv6 network of 64 bits.

    >>> find_network("192.0.2.1"), find_network("2001:db8::1"), find_network(UNKNOWN)
    ('192.0.2.1', '2001:db8::/64', 'unknown')
    """
    parsed = parse_address(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((int(parsed), 64), strict=False))
    return address
