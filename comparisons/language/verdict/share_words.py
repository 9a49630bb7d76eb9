"""Shares in words that need no arithmetic."""


def write_in_ten(percent: float, *, beyond: bool = False) -> str:
    """`percent`: of people or openings. `beyond`: it is a bound, the nearer end of what is possible.

    >>> write_in_ten(80.2), write_in_ten(11.5), write_in_ten(50.4), write_in_ten(30), write_in_ten(24), write_in_ten(66)
    ('about 8 in 10', 'about 1 in 9', 'about half of the', 'about 3 in 10', 'about 1 in 4', 'about 2 in 3')
    >>> write_in_ten(90, beyond=True), write_in_ten(10, beyond=True), write_in_ten(75, beyond=True)
    ('more than 9 in 10', 'fewer than 1 in 10', 'more than 3 in 4')
    >>> write_in_ten(2.4), write_in_ten(4.6), write_in_ten(97.6), write_in_ten(0), write_in_ten(100)
    ('fewer than 1 in 20', 'about 1 in 20', 'nearly all', 'none', 'all')
    """
    if percent in (0, 100):
        return "all" if percent else "none"
    if percent > 95:
        return "nearly all"
    if percent < 4.5:
        return "fewer than 1 in 20"
    words = _find_nearest_fraction(percent)
    if not beyond:
        return f"about {words}"
    return f"{'more' if percent > 50 else 'fewer'} than {words}"


def _find_nearest_fraction(percent: float) -> str:
    best, words = abs(percent - 50), "half of the"
    fractions = [
        *((tenths, 10) for tenths in (3, 4, 6, 7, 8, 9)),
        (2, 3),
        (3, 4),
        *((1, parts) for parts in range(3, 21)),
    ]
    for part, whole in fractions:
        off = abs(percent - 100 * part / whole)
        if off < best:
            best, words = off, f"{part} in {whole}"
    return words


def write_percent(percent: float, *edges: float) -> str:
    """Rounded; what would be rounded to an edge that it does not stand on is just over or under it.

    >>> write_percent(80.2, 40, 60), write_percent(60.3, 40, 60), write_percent(60, 40, 60), write_percent(39.6, 40, 60)
    ('80%', 'just over 60%', '60%', 'just under 40%')
    """
    rounded = round(percent)
    if rounded not in edges or percent in edges:
        return f"{percent:.0f}%"
    return f"just {'over' if percent > rounded else 'under'} {rounded}%"
