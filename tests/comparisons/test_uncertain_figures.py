"""Large relative errors, people who are not counted, and pay of a year beside pay of an hour."""

import csv
import io

import pytest
from django.test import Client

from comparisons.language.verdict import find_takeaway
from tests.comparisons.figure_tables import write_verdict_text
from tests.comparisons.official import Occupation, compare_codes, find_slugs, load_release

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_database]

CODES = ("51-3011", "51-9021")


def load_with_errors(jobs_error: str, pay_error: str = "0.5") -> None:
    bakers = Occupation("51-3011", "Bakers", jobs=200_000, yearly=40_000)
    millers = Occupation("51-9021", "Millers", 50_000, jobs_error, 48_000, pay_error)
    load_release(2025, bakers, millers)


def write_takeaway(key: str) -> str:
    """What stands at the end of a row, with its note."""
    takeaway = find_takeaway(compare_codes(*CODES), key)
    assert takeaway is not None
    return "".join(part.text for part in takeaway.parts) + f" / {takeaway.note}"


def read_computed_notes(client: Client) -> dict[str, str]:
    """Field -> note of the values in the file that are computed from both roles."""
    text = client.get(f"/compare/{'-vs-'.join(find_slugs(*CODES))}.csv").content.decode("utf-8-sig")
    return {row["field"]: row["note"] for row in csv.DictReader(io.StringIO(text)) if row["basis"] == "computed"}


def test_a_relative_error_below_ten_percent_is_not_marked(client: Client) -> None:
    load_with_errors("9.9", pay_error="9.9")
    assert write_takeaway("outlook.job_count") == "Bakers 4 times as many / "
    assert write_takeaway("pay") == "Millers +$7,600 / 20% more"
    assert "relative error of" not in write_verdict_text(compare_codes(*CODES))


def test_a_relative_error_of_ten_percent_is_marked_wherever_the_figure_is_used(client: Client) -> None:
    load_with_errors("10.0")
    assert write_takeaway("outlook.job_count") == "Bakers 4 times as many / "
    page = client.get(f"/compare/{'-vs-'.join(find_slugs(*CODES))}/").content.decode()
    assert page.count("<em>uncertain: the source gives it a relative error of 10%</em>") == 1
    assert page.count("◆</span> uncertain: the source gives it a relative error of 10%</small>") == 1
    assert (
        "Millers: uncertain: the source gives it a relative error of 10%"
        in read_computed_notes(client)["outlook.job_count.ratio"]
    )


def test_a_relative_error_of_pay_is_marked_at_the_row_and_below_the_verdict() -> None:
    load_with_errors("1.0", pay_error="10.0")
    assert write_takeaway("pay") == "Millers +$7,600 / 20% more; relative error 10% for ◆"
    assert write_verdict_text(compare_codes(*CODES)).endswith(
        " The source gives pay a relative error of 10% for millers."
    )


def test_no_ratio_is_built_on_a_count_with_a_relative_error_of_twenty_percent(client: Client) -> None:
    load_with_errors("20.0")
    assert write_takeaway("outlook.job_count") == "Bakers +150,000 / "
    assert "numerous" not in write_verdict_text(compare_codes(*CODES))
    assert "outlook.job_count.difference" in read_computed_notes(client)
    assert "outlook.job_count.ratio" not in read_computed_notes(client)


def test_no_percentage_is_built_on_an_average_with_a_relative_error_of_twenty_percent(client: Client) -> None:
    load_with_errors("1.0", pay_error="20.0")
    assert write_takeaway("pay") == "Millers +$7,600 / relative error 20% for ◆"
    assert (
        "Pay is too uncertain to be compared: the source gives a relative error of 20% for millers."
        in write_verdict_text(compare_codes(*CODES))
    )
    assert "salary.annual_average.gap_percent" not in read_computed_notes(client)


def test_counts_of_official_occupations_say_that_self_employed_people_are_not_counted(client: Client) -> None:
    load_with_errors("1.0")
    assert (
        "self-employed people are not counted for Bakers and Millers"
        in read_computed_notes(client)["outlook.job_count.ratio"]
    )
    page = client.get(f"/roles/{find_slugs('51-3011')[0]}/").content.decode()
    assert "Self-employed people are not counted in pay and jobs" in page


def test_yearly_pay_and_hourly_pay_are_not_compared_and_the_reason_is_said() -> None:
    load_release(
        2025,
        Occupation("25-1021", "Teachers", times=("annual",)),
        Occupation("27-2011", "Actors", times=("hourly",)),
    )
    assert write_verdict_text(compare_codes("25-1021", "27-2011")).endswith(
        "Pay cannot be compared: it is published by the year only for teachers and by the hour only for actors."
    )


def load_one_paid_otherwise(others: str) -> None:
    mine = "hourly" if others == "annual" else "annual"
    load_release(
        2025,
        Occupation("25-1021", "Teachers", yearly=90_000, times=(others,)),
        Occupation("29-1141", "Nurses", yearly=80_000, times=(others,)),
        Occupation("27-2011", "Actors", times=(mine,)),
    )


@pytest.mark.parametrize(
    ("others", "reason"), [("annual", "only hourly pay is published"), ("hourly", "only yearly pay is published")]
)
def test_one_of_three_roles_with_pay_of_another_time_is_named_with_the_reason(
    others: str, reason: str, client: Client
) -> None:
    load_one_paid_otherwise(others)
    comparison = compare_codes("25-1021", "29-1141", "27-2011")

    assert write_verdict_text(comparison).endswith(f" Pay of actors is not compared: {reason}.")
    address = "-vs-".join(find_slugs("25-1021", "29-1141", "27-2011"))
    values = client.get(f"/compare/{address}.json").json()["values"]
    notes = {value["field"]: value["note"] for value in values if value["role"] == "Actors" and value["value"] is None}
    assert notes[f"salary.{others}_average"] == notes[f"salary.{others}_p90"] == reason


def test_a_role_without_any_pay_is_still_said_to_have_no_figure() -> None:
    load_release(2025, *[Occupation(f"51-90{number}", f"Millers {number}") for number in (20, 21)])
    load_release(2025, Occupation("27-2011", "Actors", times=()))
    comparison = compare_codes("51-9020", "51-9021", "27-2011")
    assert write_verdict_text(comparison).endswith(" Pay of actors is not compared: it is not published.")


def test_a_large_relative_error_is_marked_in_lists_points_and_ranks(client: Client) -> None:
    load_release(2025, *[Occupation(f"51-90{number}", f"Millers {number}", number, "17.7") for number in range(20, 24)])
    page = client.get("/roles/").content.decode()
    assert page.count("<small>relative error 17.7%</small>") == 4
    assert client.get("/explore/points.json").content.decode().count("jobs (relative error 17.7%)") == 4
    role = client.get(f"/roles/{find_slugs('51-9020')[0]}/").content.decode()
    jobs = role[role.index("Jobs today") : role.index("4th of 4 occupations</")]
    assert "uncertain: the source gives it a relative error of 17.7%" in jobs
