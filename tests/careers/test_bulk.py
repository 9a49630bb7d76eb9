"""Writing many rows in few statements."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from careers.bulk import ROWS_PER_STATEMENT, create_rows, insert_rows, make_row, renew_statistics, update_columns
from careers.models import Citation, Listing, Publisher, Role, SalaryStats, Word
from ingest.loading.fit import TABLES
from ingest.models import Page

pytestmark = pytest.mark.django_db


WORD_COLUMNS = ["word", "people", "letters", "sound"]


def make_salary(title: str) -> SalaryStats:
    role = Role.objects.create(title=title, slug=title.lower())
    publisher, _ = Publisher.objects.get_or_create(name="Zippia", slug="zippia")
    citation = Citation.objects.create(publisher=publisher, loaded_at=datetime(2026, 1, 1, tzinfo=UTC), digest=title)
    return SalaryStats.objects.create(role=role, citation=citation, annual_average=30_000, note="as it was")


def test_more_rows_than_a_statement_holds_are_all_inserted() -> None:
    rows = [(f"word{number}", number, 0, "wrd") for number in range(ROWS_PER_STATEMENT + 1)]
    with CaptureQueriesContext(connection) as queries:
        insert_rows(Word, WORD_COLUMNS, rows)
    assert len(queries) == 2
    assert set(Word.objects.values_list(*WORD_COLUMNS)) == set(rows)


def test_a_row_made_quickly_is_as_the_model_makes_it() -> None:
    facts = {"role_id": 3, "citation_id": 4, "evidence": {"note": {"line": 1}}}
    names = {"title": "Baker", "key": "baker", "slug": "baker"}
    tables: list[type[Model]] = [*TABLES.values(), Role, Listing]
    for table in tables:
        values: dict[str, Any] = names if table in (Role, Listing) else facts
        row, other = make_row(table, **values), table(**values)
        assert type(row) is table
        assert row.__dict__ | {"_state": None} == other.__dict__ | {"_state": None}
        assert (row._state.adding, row._state.db) == (True, None)
    assert make_row(SalaryStats, evidence={})._state is not make_row(SalaryStats, evidence={})._state


def test_no_rows_send_no_statement() -> None:
    with CaptureQueriesContext(connection) as queries:
        insert_rows(Word, WORD_COLUMNS, [])
        update_columns([], ["note"])
    assert len(queries) == 0


def test_a_conflict_is_refused_unless_the_statement_settles_it() -> None:
    insert_rows(Word, WORD_COLUMNS, [("baker", 1, 0, "bkr")])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Word, WORD_COLUMNS, [("baker", 2, 0, "bkr")])
    insert_rows(
        Word,
        WORD_COLUMNS,
        [("baker", 2, 0, "bkr")],
        "ON CONFLICT (word) DO UPDATE SET people = excluded.people",
    )
    assert Word.objects.get().people == 2


# What means something in SQL, in an array of PostgreSQL, in JSON or to a driver.
ODD_TEXTS = (
    *[chr(code) for code in range(1, 0x100)],
    *("", " ", "NULL", "null", "{}", '{"a",NULL}', '"', '""', "\\", "\\\\", '\\"', "\\N", "\\.", "\\x41", "\\u0041"),
    *(
        "a,b",
        " a ",
        "a\nb\tc\r\nd",
        "'; --",
        "%s",
        "%%",
        "%(a)s",
        "$1",
        "$$",
        ":a",
        "?",
        "“Cook”",
        "e\u0301",
        "\u2028",
        "🙂",
    ),
)


def test_every_odd_text_is_stored_as_it_is_by_itself_and_in_json() -> None:
    salary = make_salary("Baker")
    rows = []
    for number, text in enumerate(ODD_TEXTS):
        publisher, digest = salary.citation.publisher, f"d{number}"
        citation = Citation.objects.create(publisher=publisher, loaded_at=salary.citation.loaded_at, digest=digest)
        evidence = {text: {"raw": text}}
        rows.append(SalaryStats(role=salary.role, citation=citation, note=text, top_city=text, evidence=evidence))
    create_rows(rows)
    written = SalaryStats.objects.exclude(pk=salary.pk).order_by("pk").values_list("note", "top_city", "evidence")
    assert list(written) == [(text, text, {text: {"raw": text}}) for text in ODD_TEXTS]
    turned = ODD_TEXTS[::-1]
    for row, text in zip(rows, turned, strict=True):
        row.note, row.top_city, row.evidence = text, None, {"raw": [text]}
    update_columns(rows, ["note", "top_city", "evidence"])
    assert list(written.all()) == [(text, None, {"raw": [text]}) for text in turned]


def test_files_times_days_and_what_is_missing_are_stored_as_they_are() -> None:
    time, day = datetime(2026, 11, 28, 3, 4, 5, 678_901, tzinfo=UTC), date(2026, 11, 28)
    content = bytes(range(256))
    pages = [
        Page(name="a", content=content, digest="a", loaded_at=time, captured_on=day, choices={"a": [None, 1.5, True]}),
        Page(name="b", content=b"", digest="b", loaded_at=time, captured_on=None, waiting=True),
    ]
    create_rows(pages)
    first, second = Page.objects.order_by("pk")
    assert (bytes(first.content), first.loaded_at, first.captured_on, first.waiting) == (content, time, day, False)
    assert first.choices == {"a": [None, 1.5, True]}
    assert (bytes(second.content), second.captured_on, second.waiting) == (b"", None, True)
    pages[0].content, pages[1].content = b"", content
    update_columns(pages, ["content"])
    assert [bytes(page.content) for page in Page.objects.order_by("pk")] == [b"", content]


def test_a_text_that_no_database_holds_is_refused_and_nothing_is_written() -> None:
    """PostgreSQL's driver refuses both, SQLite's the second."""
    texts = ["lone \ud800"] if connection.vendor == "sqlite" else ["lone \ud800", "nul \x00"]
    for text in texts:
        with pytest.raises(ValueError, match=r"surrogates|NUL"), transaction.atomic():
            insert_rows(Word, WORD_COLUMNS, [("baker", 1, 0, "bkr"), (text, 1, 0, "")])
    assert not Word.objects.exists()


def test_an_update_writes_the_named_columns_of_each_row_and_no_others() -> None:
    rows = [make_salary("Baker"), make_salary("Miller")]
    for number, row in enumerate(rows):
        row.hourly_average = Decimal("15.25") + number
        row.evidence = {"hourly_average": {"line": number}}
        row.note = "not written"
    update_columns(rows, ["hourly_average", "evidence"])
    stored = SalaryStats.objects.order_by("pk").values_list("hourly_average", "evidence", "annual_average", "note")
    assert list(stored) == [
        (Decimal("15.25"), {"hourly_average": {"line": 0}}, 30_000, "as it was"),
        (Decimal("16.25"), {"hourly_average": {"line": 1}}, 30_000, "as it was"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no rows that some cannot see")
def test_postgresql_marks_what_all_can_see_so_that_an_index_answers_alone() -> None:
    Role.objects.create(title="Baker", slug="baker")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        timeout = cursor.fetchone()
        renew_statistics()
        cursor.execute("SELECT relallvisible FROM pg_class WHERE relname = 'careers_titleterm'")
        assert cursor.fetchone()[0] > 0
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == timeout


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no log of a server")
def test_postgresql_looks_at_our_tables_alone() -> None:
    """It warns of each of its own, because only a superuser may ask for those."""
    with CaptureQueriesContext(connection) as queries:
        renew_statistics()
    [statement] = [query["sql"] for query in queries if "VACUUM" in query["sql"]]
    assert '"careers_role"' in statement
    assert "pg_" not in statement


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite stores a text of any length")
def test_an_update_refuses_a_text_that_is_too_long_and_does_not_cut_it() -> None:
    salary = make_salary("Baker")
    salary.top_city = "Springfield " * 40
    with pytest.raises(DataError), transaction.atomic():
        update_columns([salary], ["top_city"])
    salary.refresh_from_db()
    assert salary.top_city is None
