"""Measures how well search finds occupations and what it costs: `python -m bench.search`.

Runs on SQLite and, if a server can be started, on PostgreSQL. First the official occupations with their everyday titles
are rated by a file of queries (`--queries`), then roles are added up to 10,000 and 100,000, with titles that combine
common words and some invented ones. Each text is requested a few times from the whole application, as it is typed and
as a submitted query, and the least processor time counts: that of this process and, on PostgreSQL, that of the server
process, together within the limit. The databases are temporary.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, product
from pathlib import Path
from statistics import median
from string import ascii_lowercase
from typing import NamedTuple
from urllib.parse import urlencode

from bench.gate import EMPTY, Application, call, set_up
from bench.search_quality import QUERIES, load_occupations, rate

# Number of titles -> milliseconds that 99 of 100 suggestions may take at most.
LIMITS = {10_000: 2.0, 100_000: 5.0}
QUERY_LIMIT = 3
# Milliseconds of an empty view on the machine where the limits were set. It is called between the others, and all times
# are scaled to it, because a busy or a different machine changes both.
EMPTY_VIEW = 0.11
BATCH_SIZE = 10_000
REPEATS = 5
TITLES_TYPED = 25
# The cases that are measured as submitted queries too.
SUBMITTED: tuple[str, ...] = (
    *("words reversed", "a letter missing", "two letters swapped", "two beginnings", "words of thousands"),
    *("many words", "200 letters", "questions", "comparisons"),
)

LEVELS = """Senior Junior Lead Chief Assistant Associate Deputy Field Principal Staff Regional Night Mobile Certified
Clinical Trainee Managing Digital Licensed Registered""".split()
FIELDS = """Software Support|Sales|Marketing|Nursing|Hospital|Network|Data|Quality|Safety|Payroll|Credit|Legal|Medical|
Dental|Forest|Human Resources|Public Relations|Supply Chain|Customer Service|Mechanical|Electrical|Civil|Chemical|
Aerospace|Insurance|Financial|Tax|Claims|Postal|Airline|Railroad|Construction|Roofing|Plumbing|Concrete|Web|Database|
Systems|Security|Research|Laboratory|Pharmacy|Veterinary|Wildlife|Agricultural|Food|Kitchen|Bakery|Retail|Wholesale|
Procurement|Warehouse|Logistics|Fleet|Bus|Truck|Crane|Elevator|Solar|Wind|Nuclear|Petroleum|Mining|Textile|Printing|
Library|Museum|Music|Film|Sports|Fitness|Recreation|Tourism|Hotel|Casino|Court|Police|Fire|Prison|School|Preschool|
Special Education|Physics|Chemistry|History|Geography|Language|Speech|Physical Therapy|Radiation|Surgical|Cardiac|
Mental Health|Social|Family|Child|Community|Religious|Election|Zoning|Environmental|Water|Waste|Recycling|Appraisal|
Real Estate|Property|Facilities|Event|Fashion|Jewelry|Furniture|Glass|Metal|Welding|Machine Tool|Robotics""".replace(
    "\n", ""
).split("|")
TRADES = """Technician Technicians Manager Managers Analyst Engineer Engineers Nurse Nurses Clerk Clerks Officer Planner
Inspector Specialist Supervisor Coordinator Director Administrator Assistant Consultant Trainer Instructor Teacher
Counselor Therapist Operator Operators Mechanic Installer Repairer Designer Developer Programmer Architect Scientist
Researcher Writer Editor Agent Broker Buyer Dispatcher Driver Attendant Worker Workers Helper Examiner""".split()
SYLLABLES = "ba co du fer gil han jor kel lim mon nar pol quin ros sed tur vas wen yor zel".split()


class Measured(NamedTuple):
    """Scaled milliseconds for each text, of this process and of the database server (0 for SQLite), and the highest
    number of queries."""

    costs: list[float]
    server_costs: list[float]
    queries: int


def find_percentile(costs: Sequence[float], percent: int) -> float:
    return sorted(costs)[min(len(costs) * percent // 100, len(costs) - 1)]


# -- Titles and typed texts ---------------------------------------------------------------------------------


def titles(count: int) -> list[str]:
    """This many different titles, always in the same order; every twentieth has an invented word."""
    chance = random.Random(20)  # noqa: S311 - the titles must be the same every time
    combined = [" ".join(words) for words in product(LEVELS, FIELDS, TRADES)]
    chance.shuffle(combined)
    for index in range(0, len(combined), 20):
        invented = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        combined[index] = f"{invented} {combined[index].split(' ', 1)[1]}, {index}"
    return list(dict.fromkeys(combined))[:count]


def typed(stored: Sequence[str]) -> dict[str, list[str]]:
    """Case -> the texts that are typed."""
    chance = random.Random(21)  # noqa: S311 - the texts must be the same every time
    chosen = chance.sample(stored, TITLES_TYPED)
    four_times = [title for title in chosen for _ in range(4)]
    prefixes: list[str] = []
    for title in chosen:
        prefixes += accumulate(title)
    return {
        "letter by letter": prefixes,
        "words reversed": [" ".join(reversed(title.lower().split())) for title in chosen],
        "a letter missing": [remove_letter(title, chance) for title in four_times],
        "two letters swapped": [swap_letters(title, chance) for title in four_times],
        "two beginnings": [" ".join(word[:3] for word in chance.sample(title.split(), 2)) for title in chosen],
        "words of thousands": [f"{chance.choice(LEVELS)} {chance.choice(TRADES)}" for _ in range(100)],
        "words that never meet": [f"{first} {last}" for first, last in pairwise(TRADES)],
        "initials": ["".join(word[0] for word in title.split()) for title in chosen],
    } | draw_texts_without_titles(chance)


def draw_texts_without_titles(chance: random.Random) -> dict[str, list[str]]:
    """Case -> the texts that are typed, whatever is stored."""
    return {
        "one letter": [*ascii_lowercase, *"0123456789"],
        "two letters": ["".join(pair) for pair in product("abcdefghst", "aehilorst")],
        "no match": ["".join(chance.choices(ascii_lowercase, k=length)) for length in range(3, 40)],
        "many words": [" ".join(chance.choices(TRADES, k=12)) for _ in range(20)] + ["a b c d e f g h", "s t s t s t"],
        "200 letters": ["x" * 200, "technician" * 20, "te" * 100, "a " * 100, "tecnician " * 20, "software " * 23],
        "questions": [f"how much does a {word.lower()} make" for word in TRADES],
        "comparisons": [f"{first.lower()} vs {last.lower()}" for first, last in pairwise(TRADES)],
        "odd signs": ["%_", "%_ " * 60, "%", "_", "\\", "'", '"', "^", "=rn", "~s", "\0", "💥", "", " ", "s%", "s_t"],
    }


def remove_letter(title: str, chance: random.Random) -> str:
    index = chance.randrange(1, len(title))
    return title[:index] + title[index + 1 :]


def swap_letters(title: str, chance: random.Random) -> str:
    index = chance.randrange(len(title) - 1)
    return title[:index] + title[index + 1] + title[index] + title[index + 2 :]


def fill(names: Iterable[str]) -> None:
    """Stores roles with these titles, all with a pay from one citation."""
    from django.db.models import OuterRef, Subquery
    from django.utils import timezone

    from careers.bulk import renew_statistics
    from careers.models import Citation, Publisher, Role, SalaryStats, renew_terms
    from careers.names import make_slug
    from careers.spelling import fold_spelling

    publisher, _ = Publisher.objects.get_or_create(name="Generated", slug="generated")
    citation = Citation.objects.create(publisher=publisher, loaded_at=timezone.now(), digest="0" * 64)
    roles = [Role(title=name, key=fold_spelling(name), slug=make_slug(name)) for name in names]
    for start in range(0, len(roles), BATCH_SIZE):
        stored = Role.objects.bulk_create(roles[start : start + BATCH_SIZE])
        SalaryStats.objects.bulk_create(
            SalaryStats(role=role, citation=citation, annual_average=40_000 + role.pk % 50_000) for role in stored
        )
        renew_terms([role.pk for role in stored])
    renew_statistics()  # a server that does not count by itself would read all rows for each role
    pay = SalaryStats.objects.filter(role=OuterRef("pk"), citation=citation).values("pk")
    Role.objects.filter(salarystats_rows__citation=citation).update(salary=Subquery(pay))


# -- Measuring ------------------------------------------------------------------------------------------------


def server_clock() -> Callable[[], float]:
    """A clock of the processor seconds of our PostgreSQL server process; always 0 for SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        schedule = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(schedule.read_text().split()[0]) / 1e9


def measure(application: Application, words: Iterable[str], *, submitted: bool = False) -> Measured:
    """Search for each text. Costs are scaled so that an empty view takes EMPTY_VIEW milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clocks = (time.process_time, server_clock())
    costs: list[tuple[float, float]] = []
    empty: list[float] = []
    queries = 0
    for word in words:
        query = {"QUERY_STRING": urlencode({"q": word} | ({"submitted": "1"} if submitted else {}))}
        with CaptureQueriesContext(connection) as captured:
            call(application, "/roles/suggest", query)
        queries = max(queries, len(captured))
        costs.append(measure_least_cost(clocks, application, "/roles/suggest", query))
        empty.append(measure_least_cost(clocks, application, EMPTY)[0])
    speed = EMPTY_VIEW / median(empty)
    ours, servers = zip(*costs, strict=True)
    return Measured([speed * cost for cost in ours], [speed * cost for cost in servers], queries)


def measure_least_cost(
    clocks: tuple[Callable[[], float], Callable[[], float]],
    application: Application,
    path: str,
    query: dict[str, str] | None = None,
) -> tuple[float, float]:
    """Milliseconds of the fastest of a few calls on each clock: only other load on the machine makes one slower."""
    costs = []
    for _ in range(REPEATS):
        began = [clock() for clock in clocks]
        call(application, path, query)
        costs.append([1000 * (clock() - start) for clock, start in zip(clocks, began, strict=True)])
    ours, servers = zip(*costs, strict=True)
    return min(ours), min(servers)


def find_faults(case: str, measured: Measured, limit: float) -> Iterator[str]:
    """A sentence for each limit that is missed."""
    total = [ours + servers for ours, servers in zip(measured.costs, measured.server_costs, strict=True)]
    if find_percentile(total, 99) > limit:
        yield f"{case}: {find_percentile(total, 99):.2f} ms, more than {limit:g}"
    if measured.queries > QUERY_LIMIT:
        yield f"{case}: {measured.queries} queries, more than {QUERY_LIMIT}"


def report(application: Application, count: int, limit: float) -> list[str]:
    """Print the costs of each case; a sentence for each limit that is missed.

    `count`: of titles. `limit`: in milliseconds.
    """
    from django.db import connection

    faults = []
    heading = f"{connection.vendor}, {count:,} titles"
    print(f"\n{heading:34} {'p50 ms':>8} {'p99 ms':>8} {'server 50':>10} {'server 99':>10} {'queries':>8}")
    cases = typed(titles(count))
    modes = [(case, words, False) for case, words in cases.items()]
    modes += [(f"{case}, submitted", cases[case], True) for case in SUBMITTED]
    for case, words, submitted in modes:
        measured = measure(application, words, submitted=submitted)
        ours = [find_percentile(measured.costs, percent) for percent in (50, 99)]
        servers = [find_percentile(measured.server_costs, percent) for percent in (50, 99)]
        print(
            f"{case:34} {ours[0]:8.2f} {ours[1]:8.2f} {servers[0]:10.2f} {servers[1]:10.2f} {measured.queries:8}",
            flush=True,
        )
        faults += [f"{heading}, {fault}" for fault in find_faults(case, measured, limit)]
    return faults


def start(address: str) -> Application:
    """The application as it is served, on this database and without the response cache."""
    set_up(address)
    from django.conf import settings
    from django.core.management import call_command

    settings.DATABASES["default"]["CONN_MAX_AGE"] = None  # the same server process answers every request
    call_command("migrate", verbosity=0)
    from config.wsgi import application

    served: Application = application
    return served


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("--database", help="address of an empty database; without it, both kinds are measured")
    parser.add_argument("--queries", type=Path, default=QUERIES, help="a table of queries and the codes that are right")
    parser.add_argument("--titles", type=int, nargs="*", default=list(LIMITS), choices=list(LIMITS))
    chosen = parser.parse_args(arguments)
    if chosen.database is None:
        # A list, because each database exists only during its turn.
        return max([run(address, chosen.titles, chosen.queries) for address in databases()])
    application = start(chosen.database)
    from careers.bulk import renew_statistics  # here, because it needs Django to be set up

    load_occupations()
    renew_statistics()
    rating = rate(chosen.queries)
    print("\n".join([f"\n{rating.describe()}", *rating.wrong]), flush=True)
    missed: list[str] = []
    stored = 0
    for count in chosen.titles:
        fill(titles(count)[stored:])
        stored = count
        renew_statistics()
        missed += report(application, count, LIMITS[count])
    print("\n".join(f"MISSED: {fault}" for fault in missed) or "All limits are kept.")
    return int(bool(missed))


def run(address: str, counts: Sequence[int], queries: Path) -> int:
    """Measures in a new process, because Django can be set up only once in each."""
    command = [sys.executable, "-m", "bench.search", "--database", address, "--queries", str(queries), "--titles"]
    command += map(str, counts)
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


def databases() -> Iterator[str]:
    """Addresses of a new SQLite file and, where PostgreSQL is installed, of a private server."""
    from tests.private_postgresql import find_binaries, run_server

    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        yield f"sqlite:///{folder}/roles.sqlite3"
    if find_binaries():
        with run_server() as address:
            yield address.replace("/rolewise?", "/postgres?")  # the database that a new server has
    else:
        print("\nPostgreSQL is left out: no server is installed.")


if __name__ == "__main__":
    sys.exit(main())
