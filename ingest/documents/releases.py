"""The release of the O*NET database to which a file belongs, by its title, its name, or `Read Me.txt` beside it."""

import re
from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath

from ingest.documents.source_notes import csv_text
from ingest.documents.tables import DataTable
from ingest.documents.workbooks import check_formulas, is_workbook, read_workbook
from ingest.parsing.cells import UnreadableError

READ_ME = "read me.txt"
# The tables of a release that Rolewise reads, by their names in different releases. A release has some 30 others.
READ_TABLES = frozenset(
    "alternate titles|job titles|sample of reported titles|occupation data|skills|essential skills|transferable skills|"
    "essential and transferable skills|knowledge|technology skills|software skills|job zones|related occupations|"
    "task statements".split("|")
)
NOT_READ = "Rolewise does not read this file of a release of O*NET."
# From release 30.3 on the skills of an occupation stand in two files, which are read as one table.
_FIRST_HALF, _SECOND_HALF = "Essential Skills", "Transferable Skills"
_BOTH_HALVES = "Essential and Transferable Skills"

_NUMBER = re.compile(
    r"(?:o\*?net(?:[ _-]*database)?|\bdb|_db|release|version)[ _-]*(\d\d)(?:[._](\d))?(?![\d])", re.IGNORECASE
)
_MONTHS = list(month_name)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS[1:])}) (20\d\d)\b", re.IGNORECASE)
_TABLE_ENDINGS = (".txt", ".xlsx", ".csv")
_FORMAT = re.compile(r"/dictionary/[\d.]+/(\w+)/")


@dataclass(frozen=True, slots=True)
class OnetRelease:
    """`number`: such as 30.1, "" if unknown; `month`: its first day, None if unknown."""

    number: str = ""
    month: date | None = None

    def __str__(self) -> str:
        return f"O*NET {self.number}{self.month:, %B %Y}" if self.month else f"O*NET {self.number}"


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
            number = ".".join(filter(None, numbers[-1].groups()))
            days = [date(int(year), _MONTHS.index(month.capitalize()), 1) for month, year in _MONTH.findall(text)]
            return OnetRelease(number, days[-1] if days else None)
    return OnetRelease()


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

    def name_of_both(self, first_half: str) -> str:
        """The name under which a table in two files is read, with its release. Two workbooks are read as one .csv.

        >>> ReadMe().name_of_both("db/Essential Skills.txt"), ReadMe().name_of_both("Essential Skills.xlsx")
        ('db/Essential and Transferable Skills.txt', 'Essential and Transferable Skills.csv')
        """
        path = PurePosixPath(first_half)
        folder = first_half[: -len(path.name)]
        name = self.name_with_release(f"{folder}{_BOTH_HALVES}{path.suffix.lower()}")
        return f"{name.removesuffix('.xlsx')}.csv" if name.endswith(".xlsx") else name


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


def pair_halves(names: Iterable[str]) -> dict[str, str]:
    """Each file -> the file beside it that holds the second half of its table, or "". Second halves are left out.

    >>> pair_halves(["db/Essential Skills.txt", "db/Transferable Skills.txt", "old/Essential Skills.txt"])
    {'db/Essential Skills.txt': 'db/Transferable Skills.txt', 'old/Essential Skills.txt': ''}
    """
    second_half_of = dict.fromkeys(names, "")
    spelled = {name.lower(): name for name in second_half_of}
    for key, name in spelled.items():
        for ending in (".txt", ".xlsx"):
            start = key.removesuffix(f"{_FIRST_HALF.lower()}{ending}")
            second = spelled.get(f"{start}{_SECOND_HALF.lower()}{ending}")
            if second and start != key and start[-1:] in ("", "/"):
                second_half_of[name] = second
    for second in filter(None, list(second_half_of.values())):
        del second_half_of[second]
    return second_half_of


def join_halves(first: bytes, second: bytes | UnreadableError) -> bytes | UnreadableError:
    r"""One table of two with the same heads: the rows of the second follow those of the first.

    If one of them could not be read, the reason.

    >>> join_halves(b"Code,Skill\n1,Reading\n", b"Code,Skill\n1,Speaking\n")
    b'Code,Skill\n1,Reading\n1,Speaking\n'
    """
    if isinstance(second, UnreadableError):
        return second
    try:
        title, heads, rows = _list_parts_of_table(first)
        _, second_heads, second_rows = _list_parts_of_table(second)
    except UnreadableError as error:
        return error
    if heads.strip() != second_heads.strip():
        return UnreadableError(
            f"The heads of {_FIRST_HALF} and {_SECOND_HALF} differ, and both are one table. Load those of one release."
        )
    return title + heads + b"\n" + rows.rstrip() + b"\n" + second_rows


def _list_parts_of_table(content: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands above the heads, the heads, and the rows; those of a workbook with commas between the cells."""
    if not is_workbook(BytesIO(content)):
        heads, _, rows = content.partition(b"\n")
        return b"", heads, rows
    table = max(read_workbook(content), key=lambda sheet: len(sheet.rows), default=DataTable((), ()))
    check_formulas(table)
    parts = ([[text] for text in table.above], [table.columns], [cells for _, cells in table.rows])
    title, heads, rows = (csv_text(part).encode() for part in parts)
    return title, heads.rstrip(), rows
