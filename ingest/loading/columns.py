"""Write some columns of many rows.

Django's `bulk_update` makes one CASE of thousands of expressions for each column, which was most
of the time of a load. The same UPDATE for each row is prepared once and costs next to nothing.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model


def write_columns(rows: Collection[Model], names: Collection[str]) -> None:
    """Write these fields of these rows, all of one table, as they stand on the instances."""
    if not rows:
        return
    meta = next(iter(rows))._meta
    fields = [field for field in meta.concrete_fields if field.name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote('id')} = %s"  # noqa: S608 - names of ours only
    values = [
        (*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
