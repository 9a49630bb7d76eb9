"""Numbers of things in words, for admin screens and the output of commands."""


def count_of(number: int, noun: str, many: str = "") -> str:
    """
    >>> count_of(1, "page"), count_of(5000, "page"), count_of(2, "entry", "entries")
    ('1 page', '5,000 pages', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
