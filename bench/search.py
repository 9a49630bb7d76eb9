"""What a suggestion costs while someone types: `python -m bench.search`, on SQLite and, where a server can be started,
on PostgreSQL.

Titles are put together from words of the trade and some invented ones, 10,000 and then 100,000 of them. Each thing that
is typed is asked for a few times through the whole application, and the least processor time counts: that of this
process and, on PostgreSQL, that of the server's process that answers it, each within the limit. The database is
thrown away.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from bench.gate import EMPTY, Application, call

# Titles -> milliseconds that one suggestion may take in 99 of 100 cases, and the queries it may take.
LIMITS = {10_000: 2.0, 100_000: 5.0}
QUERY_LIMIT = 3
# Milliseconds of an empty view where these limits were set. It is called between the others, and what they take is
# given as if it had taken so long: a busy machine, or another one, changes both.
EMPTY_VIEW = 0.11
AT_ONCE = 10_000  # rows that are made
TIMES = 5  # each is asked for
TITLES_TYPED = 25

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
    """Milliseconds for each thing typed, at the speed of `EMPTY_VIEW`: of this process, and of the database's where
    that is another one; and the most queries that one took."""

    costs: list[float]
    server_costs: list[float]
    queries: int


def percentile(costs: Sequence[float], percent: int) -> float:
    return sorted(costs)[min(len(costs) * percent // 100, len(costs) - 1)]


# -- What is stored and typed ---------------------------------------------------------------------------------


def titles(count: int) -> list[str]:
    """So many different ones, the first of them the same whatever the count; every twentieth has a word of its own."""
    chance = random.Random(20)  # noqa: S311 - the same titles every time is what is wanted
    combined = [" ".join(each) for each in product(LEVELS, FIELDS, TRADES)]
    chance.shuffle(combined)
    for place in range(0, len(combined), 20):
        invented = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        combined[place] = f"{invented} {combined[place].split(' ', 1)[1]}, {place}"
    return list(dict.fromkeys(combined))[:count]


def typed(stored: Sequence[str]) -> dict[str, list[str]]:
    """Case -> what is typed."""
    chance = random.Random(21)  # noqa: S311 - as above
    chosen = chance.sample(stored, TITLES_TYPED)
    everyone = "abcdefghijklmnopqrstuvwxyz"
    return {
        "letter by letter": [title[:length] for title in chosen for length in range(1, len(title) + 1)],
        "words turned": [" ".join(reversed(title.lower().split())) for title in chosen],
        "a letter missing": [without(title, chance) for title in chosen for _ in range(4)],
        "two letters exchanged": [exchanged(title, chance) for title in chosen for _ in range(4)],
        "two beginnings": [" ".join(word[:3] for word in chance.sample(title.split(), 2)) for title in chosen],
        "words of thousands": [f"{chance.choice(LEVELS)} {chance.choice(TRADES)}" for _ in range(100)],
        "words that never meet": [f"{first} {last}" for first, last in pairwise(TRADES)],
        "initials": ["".join(word[0] for word in title.split()) for title in chosen],
        "one letter": [*everyone, *"0123456789"],
        "two letters": ["".join(pair) for pair in product("abcdefghst", "aehilorst")],
        "no match": ["".join(chance.choices(everyone, k=length)) for length in range(3, 40)],
        "many words": [" ".join(chance.choices(TRADES, k=12)) for _ in range(20)] + ["a b c d e f g h", "s t s t s t"],
        "200 letters": ["x" * 200, "technician" * 20, "te" * 100, "a " * 100, "tecnician " * 20, "software " * 23],
        "odd signs": ["%_", "%_ " * 60, "%", "_", "\\", "'", '"', "^", "=rn", "~s", "\0", "💥", "", " ", "s%", "s_t"],
    }


def without(title: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(title))
    return title[:place] + title[place + 1 :]


def exchanged(title: str, chance: random.Random) -> str:
    place = chance.randrange(len(title) - 1)
    return title[:place] + title[place + 1] + title[place] + title[place + 2 :]


def fill(names: Iterable[str]) -> None:
    """Roles of these titles, all with a pay of one page."""
    from django.db.models import OuterRef, Subquery
    from django.utils import timezone

    from careers.models import Citation, Publisher, Role, SalaryStats, TitleWord, identity, slug_for

    publisher, _ = Publisher.objects.get_or_create(name="Generated", slug="generated")
    citation = Citation.objects.create(publisher=publisher, loaded_at=timezone.now(), digest="0" * 64)
    roles = [Role(title=name, key=identity(name), slug=slug_for(name)) for name in names]
    for start in range(0, len(roles), AT_ONCE):
        some = Role.objects.bulk_create(roles[start : start + AT_ONCE])
        SalaryStats.objects.bulk_create(
            SalaryStats(role=role, citation=citation, annual_average=40_000 + role.pk % 50_000) for role in some
        )
        TitleWord.add({role.pk: [role.title] for role in some})
    pay = SalaryStats.objects.filter(role=OuterRef("pk"), citation=citation).values("pk")
    Role.objects.filter(salarystats_rows__citation=citation).update(salary=Subquery(pay))


# -- Measuring ------------------------------------------------------------------------------------------------


def server_clock() -> Callable[[], float]:
    """Seconds of processor time of the process that serves us, where the database is another one."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(spent.read_text().split()[0]) / 1e9


def measure(application: Application, words: Iterable[str]) -> Measured:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clocks = (time.process_time, server_clock())
    costs: list[tuple[float, float]] = []
    empty: list[float] = []
    queries = 0
    for word in words:
        asked = {"QUERY_STRING": urlencode({"q": word})}
        with CaptureQueriesContext(connection) as captured:
            call(application, "/roles/suggest", asked)
        queries = max(queries, len(captured))
        costs.append(least(clocks, application, "/roles/suggest", asked))
        empty.append(least(clocks, application, EMPTY)[0])
    speed = EMPTY_VIEW / median(empty)
    ours, servers = zip(*costs, strict=True)
    return Measured([speed * cost for cost in ours], [speed * cost for cost in servers], queries)


def least(
    clocks: tuple[Callable[[], float], Callable[[], float]],
    application: Application,
    path: str,
    asked: dict[str, str] | None = None,
) -> tuple[float, float]:
    """Milliseconds of the quickest of a few calls: whatever the others took more, something else on the machine did."""
    took = []
    for _ in range(TIMES):
        began = [clock() for clock in clocks]
        call(application, path, asked)
        took.append([1000 * (clock() - then) for clock, then in zip(clocks, began, strict=True)])
    ours, servers = zip(*took, strict=True)
    return min(ours), min(servers)


def faults(case: str, measured: Measured, limit: float) -> Iterator[str]:
    for costs, whose in ((measured.costs, ""), (measured.server_costs, " of the database server")):
        if percentile(costs, 99) > limit:
            yield f"{case}: {percentile(costs, 99):.2f} ms{whose}, more than {limit:g}"
    if measured.queries > QUERY_LIMIT:
        yield f"{case}: {measured.queries} queries, more than {QUERY_LIMIT}"


def report(application: Application, count: int, limit: float) -> list[str]:
    from django.db import connection

    found = []
    heading = f"{connection.vendor}, {count:,} titles"
    print(f"\n{heading:34} {'p50 ms':>8} {'p99 ms':>8} {'server 50':>10} {'server 99':>10} {'queries':>8}")
    for case, words in typed(titles(count)).items():
        measured = measure(application, words)
        ours = [percentile(measured.costs, percent) for percent in (50, 99)]
        servers = [percentile(measured.server_costs, percent) for percent in (50, 99)]
        print(
            f"{case:34} {ours[0]:8.2f} {ours[1]:8.2f} {servers[0]:10.2f} {servers[1]:10.2f} {measured.queries:8}",
            flush=True,
        )
        found += [f"{heading}, {fault}" for fault in faults(case, measured, limit)]
    return found


def start(address: str) -> Application:
    """The application as it is served, on this database and with nothing kept, so that each answer is made anew."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": address,
        "DEBUG": "off",
        "HTTPS": "off",
        "KEPT_MEGABYTES": "0",
    }
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = "bench.controls"  # our pages, and the empty one
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None  # the same process of the server answers all along
    django.setup()
    call_command("migrate", verbosity=0)
    application: Application = get_wsgi_application()
    return application


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("--database", help="address of one empty database; both kinds are measured without it")
    parser.add_argument("--titles", type=int, nargs="*", default=list(LIMITS), choices=list(LIMITS))
    chosen = parser.parse_args(arguments)
    if chosen.database is None:
        return max([run(address, chosen.titles) for address in databases()])  # each is there while it is its turn
    application = start(chosen.database)
    missed: list[str] = []
    stored = 0
    for count in chosen.titles:
        fill(titles(count)[stored:])
        stored = count
        analyse()
        missed += report(application, count, LIMITS[count])
    print("\n".join(f"MISSED: {fault}" for fault in missed) or "All limits are kept.")
    return int(bool(missed))


def analyse() -> None:
    """PostgreSQL does this on its own some time after a load."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def run(address: str, counts: Sequence[int]) -> int:
    """A process for each database: Django is set up once in a process."""
    command = [sys.executable, "-m", "bench.search", "--database", address, "--titles", *map(str, counts)]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


def databases() -> Iterator[str]:
    from tests.private_postgresql import find_binaries, running_server

    with tempfile.TemporaryDirectory(prefix="rolewise-bench-") as folder:
        yield f"sqlite:///{folder}/roles.sqlite3"
    if find_binaries():
        with running_server() as address:
            yield address.replace("/rolewise?", "/postgres?")  # the database that a new server has
    else:
        print("\nPostgreSQL is left out: no server is installed.")


if __name__ == "__main__":
    sys.exit(main())
