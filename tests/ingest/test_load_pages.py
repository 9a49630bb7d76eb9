"""The command line: what it writes, and its exit code."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.core.management.base import OutputWrapper

from careers.models import Citation, Role
from ingest.loading import load
from ingest.management.commands.load_pages import REPORTS_AT_ONCE
from ingest.management.terminal import NICENESS, ProgressBar
from ingest.models import Mention, Page
from tests.databases import execute_sql
from tests.ingest.projection_tables import make_projection_rows, make_wage_table, make_workbook
from tests.ingest.small_pages import run_together, write_guide, write_pipe
from tests.ingest.stopping_process import end_when_stopped

PROJECT = Path(__file__).parents[2]

KEYS = ["file", "status", "layout", "roles", "changes", "warnings", "ambiguous", "unread", "error"]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with three good pages."""
    (tmp_path / "a.txt").write_bytes(write_pipe("Baker", "Miller"))
    (tmp_path / "b.txt").write_bytes(run_together("Cook", "Waiter"))
    (tmp_path / "c.txt").write_bytes(write_guide("Butcher"))
    return tmp_path


def run(*arguments: object, exit_code: int = 0) -> str:
    """What the command writes."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_pages", *map(str, arguments), stdout=out, stderr=err)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == exit_code
    return out.getvalue()


def read_report_lines(*arguments: object, exit_code: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json", exit_code=exit_code).splitlines()]


@pytest.mark.django_db
def test_one_line_a_page_and_a_summary(pages: Path) -> None:
    written = run(pages).splitlines()

    assert written[0] == f"loaded     {pages}/a.txt: baker, miller; 4 changes"
    assert len(written) == 4
    assert written[3] == "3 loaded, 0 unchanged, 0 refused; 0 warnings."


@pytest.mark.django_db
def test_the_same_again_is_unchanged(pages: Path) -> None:
    run(pages)

    assert run(pages).splitlines()[3] == "0 loaded, 3 unchanged, 0 refused; 0 warnings."
    assert Page.objects.count() == 3


@pytest.mark.django_db
def test_json_writes_one_object_a_page_with_its_keys_and_nothing_else(pages: Path) -> None:
    (pages / "d.txt").write_bytes(
        run_together("Grinder", "Smith", {"Best paying company": "IBMPayPal", "Growth rate": "5%forty"})
    )
    (pages / "e.txt").write_bytes(b"a letter")

    *_, unclear, refused = read_report_lines(pages, exit_code=1)

    assert list(unclear) == KEYS
    assert unclear["status"] == "loaded"
    assert unclear["layout"] == "run-together"
    assert unclear["roles"] == ["grinder", "smith"]
    assert unclear["changes"] == 5
    assert {warning["code"] for warning in unclear["warnings"]} >= {"ambiguous"}
    assert all(list(warning) == ["code", "line", "message"] for warning in unclear["warnings"])
    company = [question for question in unclear["ambiguous"] if question["field"] == "salary.top_company"]
    assert [(question["role"], question["raw"]) for question in company] == [
        ("grinder", "IBMPayPal"),
        ("smith", "IBMPayPal"),
    ]
    assert all(list(question) == ["field", "role", "raw", "candidates"] for question in unclear["ambiguous"])
    assert refused == {
        "file": str(pages / "e.txt"),
        "status": "refused",
        "layout": None,
        "roles": [],
        "changes": 0,
        "warnings": [],
        "ambiguous": [],
        "unread": [],
        "error": refused["error"],
    }
    assert "no known kind" in refused["error"]


@pytest.mark.django_db
def test_a_warning_about_several_values_is_written_once(tmp_path: Path) -> None:
    shares = ("Male, 80.0% Female, 30.0%", "Male, 50.0% Female, 50.0%")
    (tmp_path / "a.txt").write_bytes(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$31,200", "$41,600"), "Gender ratio": shares})
    )
    message = "The gender shares add up to 110.0, not 100 (Baker)."
    [written] = read_report_lines(tmp_path)
    assert [warning["message"] for warning in written["warnings"]] == [message]
    assert "; 1 warning." in run(tmp_path)


@pytest.mark.django_db
def test_json_lists_the_lines_that_could_not_be_read(pages: Path) -> None:
    (pages / "a.txt").write_bytes(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$1,000", "$2,000"), "Shoe size": ("1", "2")})
    )

    unread = read_report_lines(pages / "a.txt")[0]["unread"]

    assert unread == [{"line": 3, "text": "| Shoe size | 1 | 2 |"}]


@pytest.mark.django_db
@pytest.mark.parametrize("dry", [False, True])
def test_the_output_shows_what_the_whole_run_resolved(tmp_path: Path, dry: bool) -> None:
    (tmp_path / "001.txt").write_bytes(run_together("Baker", "Miller", {"Best paying company": "IBMPayPal"}))
    for number in range(2, 150):  # more than one transaction of pages stands between question and answer
        (tmp_path / f"{number:03}.txt").write_bytes(write_guide("Cook", slug=f"cook-{number}"))
    (tmp_path / "999.txt").write_bytes(write_pipe("Cook", "Waiter", {"Best paying company": ("IBM", "PayPal")}))

    first, *_ = read_report_lines(tmp_path, *(["--dry-run"] if dry else []))

    assert first["ambiguous"] == []
    assert first["changes"] == 7
    assert Role.objects.exists() is not dry


@pytest.mark.django_db
@pytest.mark.parametrize("dry", [False, True])
def test_a_table_that_adds_to_occupations_can_stand_before_the_table_that_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry: bool
) -> None:
    monkeypatch.setattr(load, "PAGES_AT_ONCE", 1)
    (tmp_path / "1.xlsx").write_bytes(make_workbook({"Table 1.2": make_projection_rows()}))
    (tmp_path / "2.txt").write_bytes(write_guide("Butcher"))
    (tmp_path / "3_national_M2024_dl.csv").write_bytes(make_wage_table())

    outcomes = read_report_lines(tmp_path, *(["--dry-run"] if dry else []))

    assert [(Path(line["file"]).name, line["status"]) for line in outcomes] == [
        ("1.xlsx", "loaded"),
        ("2.txt", "loaded"),
        ("3_national_M2024_dl.csv", "loaded"),
    ]


@pytest.mark.django_db
def test_a_dry_run_reports_the_same_and_stores_nothing(pages: Path) -> None:
    preview = read_report_lines(pages, "--dry-run")
    assert not Page.objects.exists()
    assert not Role.objects.exists()

    assert read_report_lines(pages) == preview
    assert "would load" in run(pages, "--dry-run") or "unchanged" in run(pages, "--dry-run")


@pytest.mark.django_db
def test_as_many_pages_as_are_reported_at_once_may_name_two_roles_each() -> None:
    """SQLite refuses a condition of a thousand parts."""
    numbers = range(REPORTS_AT_ONCE)
    pages = Page.objects.bulk_create(Page(name=f"{number}.txt", digest=str(number)) for number in numbers)
    names = [f"role-{number}" for number in range(2 * REPORTS_AT_ONCE)]
    roles = Role.objects.bulk_create(Role(title=name, key=name, slug=name) for name in names)
    mentions = []
    for number, role in enumerate(roles):
        mentions.append(Mention(page=pages[number // 2], role=role, title=role.title, key=role.key, by_prose=False))
    Mention.objects.bulk_create(mentions)

    reports = load.fetch_reports([page.pk for page in pages])

    assert list(chain.from_iterable(reports[page.pk].roles for page in pages)) == names


@pytest.mark.django_db
def test_a_dry_run_says_that_nothing_was_stored(pages: Path) -> None:
    written = run(pages, "--dry-run").splitlines()

    assert written[0].startswith("would load ")
    assert written[-1].endswith("A dry run: nothing was stored.")


@pytest.mark.django_db
def test_the_source_options_are_stored_with_each_page(pages: Path) -> None:
    run(
        pages / "a.txt",
        "--publisher",
        "Careers  Weekly",
        "--url",
        "https://example.org/a",
        "--captured-on",
        "2025-02-03",
    )

    citation = Citation.objects.get()
    assert citation.publisher.name == "Careers Weekly"
    assert citation.url == "https://example.org/a"
    assert str(citation.captured_on) == "2025-02-03"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--captured-on", "yesterday"),
        ("--captured-on", "2999-01-01"),
        ("--captured-on", "0001-01-01"),
        ("--captured-on", "2025-02-30"),
        ("--url", "javascript:alert(1)"),
        ("--url", "example.org"),
        ("--publisher", "x" * 121),
    ],
)
def test_an_option_that_makes_no_sense_is_named(pages: Path, option: str, value: str) -> None:
    with pytest.raises(CommandError, match=option):
        run(pages, option, value)
    assert not Page.objects.exists()


@pytest.mark.django_db
def test_every_kind_of_bad_file_is_refused_with_a_sentence_and_the_good_ones_load(pages: Path) -> None:
    bad = {
        "binary.txt": bytes(range(256)) * 20,
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "letter.txt": b"Dear aunt,\nall is well.\n",
        "utf-16.txt": write_pipe("Baker", "Miller").decode().encode("utf-16-le"),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "broken.zip": b"PK\x03\x04 and no more",
    }
    for name, content in bad.items():
        (pages / name).write_bytes(content)
    with (pages / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    with zipfile.ZipFile(pages / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb.txt", bytes(30_000_000))

    outcomes = {Path(line["file"]).name: line for line in read_report_lines(pages, pages / "gone.txt", exit_code=1)}

    refused = {name for name, line in outcomes.items() if line["status"] == "refused"}
    assert refused == {*bad, "large.txt", "bomb.zip", "gone.txt"}
    for name in refused:
        sentence = outcomes[name]["error"]
        assert sentence.endswith("."), sentence
        assert any(word in sentence for word in ("Save", "Pack", "Check", "load")), sentence
    assert Page.objects.count() == 3


@pytest.mark.django_db
def test_control_characters_in_names_are_spelled_out(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[2J\nb\u202e.txt"
    odd.write_bytes(write_pipe("Baker", "Miller"))
    undecodable = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(undecodable)).write_bytes(write_pipe("Baker", "Cook"))

    written = run(tmp_path)
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert r"a\x1b[2J\nb\u202e.txt" in written
    assert r"\udcff.txt" in written
    assert len(written.splitlines()) == 3
    assert sorted(Path(line["file"]).name for line in read_report_lines(tmp_path)) == [
        r"\udcff.txt",
        "a\x1b[2J\nb\u202e.txt",
    ]


@pytest.mark.django_db
def test_pages_of_an_archive_are_loaded_under_its_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep/a.txt", write_pipe("Baker", "Miller"))
        archive.writestr("b.txt", write_guide("Cook"))

    assert [
        Path(line["file"]).relative_to(tmp_path).as_posix() for line in read_report_lines(tmp_path / "pages.zip")
    ] == [
        "pages.zip/b.txt",
        "pages.zip/deep/a.txt",
    ]
    assert sorted(Page.objects.values_list("name", flat=True)) == ["a.txt", "b.txt"]


@pytest.mark.django_db
def test_files_that_are_no_pages_are_left_out_and_named(pages: Path) -> None:
    for name in ("notes.md", "table.ods", "w.doc", "x.doc", "what-it-gives.json"):
        (pages / name).write_bytes(b"x")

    written = run(pages).splitlines()
    assert (
        f"Left out because they are not pages: {pages}/notes.md, {pages}/table.ods, {pages}/w.doc and 1 more."
        in written
    )


@pytest.mark.parametrize("name", ["load_pages", "reread_pages", "work_on_batches"])
def test_a_command_that_works_for_long_lets_readers_go_first(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lowered_by: list[int] = []
    monkeypatch.setattr(os, "nice", lowered_by.append)

    with pytest.raises(SystemExit):
        load_command_class("ingest", name).run_from_argv(["manage.py", name, "--help"])

    assert lowered_by == [NICENESS]


@pytest.mark.django_db
def test_an_empty_folder_holds_no_pages(tmp_path: Path) -> None:
    assert run(tmp_path) == "No pages were found.\n"


@pytest.mark.django_db
def test_verbosity_two_writes_each_warning(pages: Path) -> None:
    (pages / "a.txt").write_bytes(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$1,000", "$2,000"), "Shoe size": ("1", "2")})
    )

    assert "line 3: The row “Shoe size” is not known." in run(pages / "a.txt", "-v", "2")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_progress_bar_moves_on_a_terminal_and_is_cleared_at_the_end() -> None:
    terminal = Terminal()
    progress = ProgressBar(OutputWrapper(terminal), total=4)
    progress.show(1)
    progress.show(2)
    progress.clear()

    bars = terminal.getvalue().split("\r")
    assert bars[1] == f"[{'#' * 10}{'·' * 30}] 1/4"
    assert bars[2] == f"[{'#' * 20}{'·' * 20}] 2/4"
    assert bars[-1] == ""
    assert not bars[-2].strip()


def test_there_is_no_bar_in_a_file() -> None:
    file = StringIO()
    progress = ProgressBar(OutputWrapper(file), total=4)
    progress.show(1)
    progress.clear()

    assert file.getvalue() == ""


# -- in processes of their own ----------------------------------------------------------------


def start(database: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    return start_python(database, "manage.py", *arguments, **environment)


def start_stopping(
    database: str, *arguments: object, statement: str = 'INSERT INTO "ingest_event"', number: int = 2
) -> subprocess.Popen[str]:
    """A command that stops itself when a statement with this beginning has run so many times.

    As it is, that is the end of the second transaction of a load, which writes the events of a hundred pages at most.
    """
    stopping = ("-m", "tests.ingest.stopping_process", statement, number)
    return start_python(database, *stopping, *arguments, DJANGO_SETTINGS_MODULE="tests.settings")


def start_python(database: str, *arguments: object, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": database, "DEBUG": "on"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_command(database: str, *arguments: object, **environment: str) -> tuple[int, str, str]:
    process = start(database, *arguments, **environment)
    out, err = process.communicate()
    return process.returncode, out, err


def test_a_database_without_tables_is_reported_in_a_sentence(new_database: str, pages: Path) -> None:
    code, out, err = run_command(new_database, "load_pages", pages)

    assert (code, out) == (1, "")
    assert "The database is not ready" in err
    assert "`manage.py migrate`" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("address", ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////nowhere/at/all.sqlite3"])
def test_an_unreachable_database_is_not_reported_as_unprepared(address: str, pages: Path) -> None:
    code, out, err = run_command(address, "load_pages", pages)

    assert (code, out) == (1, "")
    assert "The database cannot be reached" in err
    assert "DATABASE_URL" in err
    assert "migrate" not in err
    assert err.count("\n") == 1


def test_letters_that_a_terminal_lacks_are_spelled_out(migrated_database: str, tmp_path: Path) -> None:
    (tmp_path / "é.txt").write_bytes("Déar aunt".encode())

    code, out, err = run_command(migrated_database, "load_pages", tmp_path / "é.txt", PYTHONIOENCODING="ascii")

    assert code == 1
    assert r"\xe9.txt" in out
    assert err == ""


def test_a_reader_of_the_output_may_leave_early(migrated_database: str, pages: Path) -> None:
    process = start(migrated_database, "load_pages", pages)
    assert process.stdout is not None
    process.stdout.close()

    _, err = process.communicate()
    assert "Traceback" not in err


def write_many_pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        rows = {"Yearly salary": (f"${30_000 + number:,}", "$41,600"), "Growth rate": ("1%", "2%")}
        (folder / f"{number:04}.txt").write_bytes(write_pipe(f"Baker {number % 40}", f"Miller {number % 7}", rows))
    return folder


def count_pages(database: str) -> tuple[int, int]:
    """How many pages are stored, and how many pages and roles are only half there: each page brings two roles."""
    [(pages,)] = execute_sql(database, "SELECT COUNT(*) FROM ingest_page")
    [(torn,)] = execute_sql(
        database,
        """
        SELECT (SELECT COUNT(*) FROM ingest_page p
                WHERE (SELECT COUNT(*) FROM ingest_mention m WHERE m.page_id = p.id) <> 2
                   OR (SELECT COUNT(*) FROM careers_salarystats s WHERE s.citation_id = p.citation_id) <> 2
                   OR (SELECT COUNT(*) FROM careers_outlook o WHERE o.citation_id = p.citation_id) <> 2)
             + (SELECT COUNT(*) FROM careers_citation c
                WHERE NOT EXISTS (SELECT * FROM ingest_page p WHERE p.citation_id = c.id))
             + (SELECT COUNT(*) FROM careers_role WHERE salary_id IS NULL)
        """,
    )
    return pages, torn


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_ended_leaves_no_half_page_and_can_be_run_again(
    migrated_database: str, tmp_path: Path, end: signal.Signals
) -> None:
    folder = write_many_pages(tmp_path / "pages", 120)
    process = start_stopping(migrated_database, "load_pages", folder)

    out, err = end_when_stopped(process, end)

    assert count_pages(migrated_database) == (100, 0)
    assert "Traceback" not in err
    if end == signal.SIGINT:
        assert process.returncode == 130
        assert "Interrupted before the last page. The pages loaded so far stay" in out
    assert run_command(migrated_database, "load_pages", folder)[0] == 0
    assert count_pages(migrated_database) == (120, 0)


def load_while_stopped(database: str, process: subprocess.Popen[str], page: Path) -> str:
    """Load a page while a process has stopped itself; returns what that process then writes."""
    state = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    assert state is not None
    assert state.si_code == os.CLD_STOPPED

    page.write_bytes(write_pipe("Cook", "Waiter"))

    code, out, err = run_command(database, "load_pages", page, STATEMENT_TIMEOUT="2")

    process.send_signal(signal.SIGCONT)
    output, _ = process.communicate()
    assert (code, out.splitlines()[-1]) == (0, "1 loaded, 0 unchanged, 0 refused; 0 warnings."), err
    return output


def test_others_can_load_pages_in_the_middle_of_a_dry_run(migrated_database: str, tmp_path: Path) -> None:
    folder = write_many_pages(tmp_path / "pages", 120)
    process = start_stopping(migrated_database, "load_pages", folder, "--dry-run", "--json")

    output = load_while_stopped(migrated_database, process, tmp_path / "other.txt")

    assert len(output.splitlines()) == 120
    [(stored,)] = execute_sql(migrated_database, "SELECT COUNT(*) FROM ingest_page")
    assert stored == 1


def test_others_can_load_pages_while_it_is_shown_what_reading_again_would_change(
    migrated_database: str, tmp_path: Path
) -> None:
    run_command(migrated_database, "load_pages", write_many_pages(tmp_path / "pages", 20))
    process = start_stopping(migrated_database, "reread_pages", statement='UPDATE "ingest_page"', number=1)

    output = load_while_stopped(migrated_database, process, tmp_path / "other.txt")

    assert output == "0 differ, 20 do not, 0 can no longer be read.\n"
    [(stored,)] = execute_sql(migrated_database, "SELECT COUNT(*) FROM ingest_page")
    assert stored == 21


def test_a_dry_run_on_stored_pages_reports_what_the_run_then_does(migrated_database: str, tmp_path: Path) -> None:
    stored, new = write_many_pages(tmp_path / "stored", 20), write_many_pages(tmp_path / "new", 30)
    run_command(migrated_database, "load_pages", stored)

    dry_output = run_command(migrated_database, "load_pages", new, "--dry-run", "--json")[1]

    assert dry_output == run_command(migrated_database, "load_pages", new, "--json")[1]


def test_processes_that_load_the_same_pages_at_once_wait_for_one_another(
    migrated_database: str, tmp_path: Path
) -> None:
    folder = write_many_pages(tmp_path / "pages", 300)

    # However busy the machine is: each waits for the transactions of the two others.
    patient = {"STATEMENT_TIMEOUT": "0"}
    processes = [start(migrated_database, "load_pages", folder, "--json", **patient) for _ in range(3)]
    written = [process.communicate() for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], written
    statuses = [json.loads(line)["status"] for output, _ in written for line in output.splitlines()]
    assert count_pages(migrated_database) == (300, 0)
    assert statuses.count("loaded") <= 300
