"""What happens to the text of a page on its way: other line ends, blanks, damaged characters."""

import re
from collections.abc import Callable
from typing import Literal

# --- disturbances ---------------------------------------------------------------------------------


_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def damage(text: str, code_page: Literal["cp1253", "cp1252"]) -> str:
    """UTF-8 read as a Greek or Western code page, whose gaps are filled from cp1252 and latin-1."""
    return _NOT_ASCII.sub(lambda run: "".join(_sign(byte, code_page) for byte in run[0].encode()), text)


def _sign(byte: int, code_page: str) -> str:
    for codec in (code_page, "cp1252"):
        try:
            return bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            continue
    return chr(byte)


DISTURBANCES: dict[str, Callable[[str], str]] = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "trailing blanks": lambda text: "\n".join(f"{line}  \t" for line in text.split("\n")),
    "leading blanks": lambda text: "\n".join(f" \t{line}" for line in text.split("\n")),
    "doubled blank lines": lambda text: text.replace("\n\n", "\n \n\n"),
    "hard blanks": lambda text: text.replace(", ", ",\u00a0"),
    "wide blanks": lambda text: text.replace(" ", "  "),
    "blank lines around": lambda text: f"\n\n{text}\n\n",
    "unrelated lines before": lambda text: f"Sign in\nMenu\n\n{text}",
}
