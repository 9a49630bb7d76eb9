"""Tables of the O*NET database: one module for each kind of table."""

from types import ModuleType

LAYOUTS: tuple[ModuleType, ...] = ()
