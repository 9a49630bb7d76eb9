"""The release of the O*NET database to which a file belongs, by its title, its name, or `Read Me.txt` beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ingest.parsing.cells import UnreadableError

READ_ME = "read me.txt"
# The tables of a release that Rolewise reads, by their names in different releases. A release has some 30 others.
READ_TABLES = frozenset(
    {
        "alternate titles",
        "job titles",
        "sample of reported titles",
        "occupation data",
        "skills",
        "essential skills",
        "transferable skills",
        "essential and transferable skills",
        "knowledge",
        "technology skills",
        "software skills",
        "job zones",
        "related occupations",
        "task statements",
    }
)
NOT_READ = "Rolewise does not read this file of a release of O*NET."
# From release 30.3 on the skills of an occupation stand in two files, which are read as one table.
_FIRST_HALF, _SECOND_HALF = "Essential Skills.txt", "Transferable Skills.txt"
_BOTH_HALVES = "Essential and Transferable Skills.txt"

_NUMBER = re.compile(
    r"(?:o\*?net(?:[ _-]*database)?|\bdb|_db|release|version)[ _-]*(\d\d)(?:[._](\d))?(?![\d])", re.IGNORECASE
)
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)}) (20\d\d)\b", re.IGNORECASE)
_TABLE_ENDINGS = (".txt", ".xlsx", ".csv")
_FORMAT = re.compile(r"/dictionary/[\d.]+/(\w+)/")


@dataclass(frozen=True, slots=True)
class OnetRelease:
    """`number`: such as 30.1, "" if unknown; `month`: its first day, None if unknown."""

    number: str = ""
    month: date | None = None

    def __str__(self) -> str:
        month = f", {_MONTHS[self.month.month - 1]} {self.month.year}" if self.month else ""
        return f"O*NET {self.number}{month}"


def read_release(*texts: str) -> OnetRelease:
    """The release by the first of these texts that names one; if a text names several, its last one.

    >>> read_release("", "db_30_1_text/Skills").number, read_release("Skills.txt").number
    ('30.1', '')
    >>> str(read_release("Skills (O*NET 29.3, May 2025).xlsx"))
    'O*NET 29.3, May 2025'
    """
    for text in texts:
        numbers = list(_NUMBER.finditer(text))
        if numbers:
            months = list(_MONTH.finditer(text))
            number = ".".join(filter(None, numbers[-1].groups()))
            return OnetRelease(number, _first_day(*months[-1].groups()) if months else None)
    return OnetRelease()


def _first_day(month: str, year: str) -> date:
    return date(int(year), _MONTHS.index(month.capitalize()) + 1, 1)


@dataclass(frozen=True, slots=True)
class ReadMe:
    """What `Read Me.txt` says about the files beside it. `ending`: of the only files that it is about."""

    release: OnetRelease = OnetRelease()
    ending: str = ""

    def name_with_release(self, name: str) -> str:
        """The name of a file beside it, with its release.

        >>> ReadMe(OnetRelease("30.1", date(2025, 12, 1))).name_with_release("Skills.txt")
        'Skills (O*NET 30.1, December 2025).txt'
        """
        path = PurePosixPath(name)
        is_table = path.suffix.lower() in _TABLE_ENDINGS and not is_unused_table(name)
        if not self.release.number or not is_table or not name.lower().endswith(self.ending):
            return name
        return f"{name[: -len(path.suffix)]} ({self.release}){path.suffix}"


def is_unused_table(name: str) -> bool:
    """Whether a file of a release of O*NET is a table that Rolewise does not read.

    >>> is_unused_table("Abilities.txt"), is_unused_table("Skills.txt")
    (True, False)
    """
    path = PurePosixPath(name)
    return path.suffix.lower() in _TABLE_ENDINGS and path.stem.lower() not in READ_TABLES


def read_read_me(text: str) -> ReadMe:
    """The first lines name the release. The address of its description says whether it has text files or workbooks."""
    first_lines = text[:400]
    if "o*net" not in first_lines.casefold():
        return ReadMe()
    about = _FORMAT.search(text[:5000])
    ending = {"text": ".txt", "excel": ".xlsx"}.get(about[1].lower(), "") if about else ""
    return ReadMe(read_release(first_lines), ending)


# -- tables in two files ----------------------------------------------------------------------


def find_halves(names: Iterable[str]) -> dict[str, str]:
    """The file with the first half of a table -> the file with the second half in the same folder.

    >>> find_halves(["db/Essential Skills.txt", "db/Transferable Skills.txt", "old/Essential Skills.txt"])
    {'db/Essential Skills.txt': 'db/Transferable Skills.txt'}
    """
    spelled = {name.lower(): name for name in names}
    halves = {}
    for key, name in spelled.items():
        folder, slash, file = key.rpartition("/")
        second = f"{folder}{slash}{_SECOND_HALF.lower()}"
        if file == _FIRST_HALF.lower() and second in spelled:
            halves[name] = spelled[second]
    return halves


def name_of_both(first_half: str) -> str:
    """The name under which a table in two files is read.

    >>> name_of_both("db/Essential Skills.txt")
    'db/Essential and Transferable Skills.txt'
    """
    return first_half[: -len(_FIRST_HALF)] + _BOTH_HALVES


def join_halves(first: bytes, second: bytes | UnreadableError) -> bytes | UnreadableError:
    r"""One table of two with the same heads: the rows of the second follow those of the first.

    If the second could not be read, the reason.

    >>> join_halves(b"Code,Skill\n1,Reading\n", b"Code,Skill\n1,Speaking\n")
    b'Code,Skill\n1,Reading\n1,Speaking\n'
    """
    if isinstance(second, UnreadableError):
        return second
    heads, _, rows = second.partition(b"\n")
    if heads.strip() != first.partition(b"\n")[0].strip():
        return UnreadableError(
            f"The heads of {_FIRST_HALF} and {_SECOND_HALF} differ, and both are one table. Load those of one release."
        )
    return first.rstrip() + b"\n" + rows
