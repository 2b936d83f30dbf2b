"""Who is admitted at which achievement date follows from the document, the organisations and the participation list."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.check.expectation import expectation, participants
from functions.domain.check.extract import read_extract
from functions.domain.check.reading import Expectation
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.problem import Code
from tests.inputs.extract import extract, row
from tests.inputs.service import small_grid, small_service

DOCUMENT, GRID = small_service("AF001"), small_grid("AF001")
FEBRUARY, MARCH = date(2024, 2, 29), date(2024, 3, 31)


def organisation(code: str, opened: date | None = None, closed: date | None = None) -> Organisation:
    return Organisation(
        code=code, name=code, list_size=8000, list_size_date=date(2024, 1, 1), network=None,
        sub_icb="16C", icb="QHM", region="Y63", opened=opened, closed=closed,
    )  # fmt: skip


def period(code: str, starts: date, ends: date | None = None) -> Participation:
    return Participation(
        service="QOF2324", organisation=code, name=code, commissioner="16C", starts=starts, ends=ends
    )  # fmt: skip


def listed(*periods: Participation) -> ParticipationList:
    return ParticipationList(service="QOF2324", file="list", participations=periods)


def expected(participation: ParticipationList | None, *practices: str | Organisation) -> Expectation:
    organisations = (organisation(one) if isinstance(one, str) else one for one in practices)
    return expectation(
        document=DOCUMENT, grid=GRID, dates=(FEBRUARY, MARCH), organisations=organisations,
        participation=participation,
    )  # fmt: skip


def test_without_a_list_everybody_who_is_known_is_admitted_at_every_date() -> None:
    found = expected(None, "A81001", "A81002")
    assert found.admitted == dict.fromkeys(("20240229", "20240331"), frozenset({"A81001", "A81002"}))
    assert found.listed is None


def test_with_a_list_only_those_on_it_at_the_date_who_are_known() -> None:
    given = listed(period("A81001", date(2024, 3, 1)), period("A81003", date(2023, 4, 1)))
    found = expected(given, "A81001", "A81002")
    assert found.admitted == {"20240229": frozenset(), "20240331": frozenset({"A81001"})}
    assert found.dates == {"20240229", "20240331"}


def test_of_those_on_the_list_only_those_whose_contract_was_open_on_a_day_of_the_year_up_to_the_date() -> None:
    every_day = date(2023, 4, 1)
    practices = (
        organisation("A81001", closed=date(2023, 3, 31)),
        organisation("A81002", closed=date(2023, 4, 1)),
        organisation("A81003", opened=date(2024, 3, 1)),
    )
    found = expected(listed(*(period(one.code, every_day) for one in practices)), *practices)
    assert found.admitted == {"20240229": {"A81002"}, "20240331": {"A81002", "A81003"}}
    assert found.closed == {"20240229": {"A81001", "A81003"}, "20240331": {"A81001"}}
    code, cause, remedy = found.why_not(organisation="A81003", day="20240229")
    assert code is Code.PRACTICE_CLOSED
    assert cause.endswith("was open on no day of the year up to 20240229")
    assert "OPEN_DATE or CLOSE_DATE" in remedy


def test_both_days_of_a_period_belong_to_it() -> None:
    given = listed(period("A81001", FEBRUARY, MARCH))
    days = (date(2024, 2, 28), FEBRUARY, MARCH, date(2024, 4, 1))
    assert [bool(participants(on=given, known=(), day=day)) for day in days] == [False, True, True, False]


def test_who_is_left_out_is_told_when_it_takes_part() -> None:
    given = listed(period("A81001", date(2023, 4, 1), date(2023, 9, 30)), period("A81001", date(2024, 4, 1)))
    code, cause, remedy = expected(given, "A81001").why_not(organisation="A81001", day="20240331")
    assert code is Code.PRACTICE_NOT_PARTICIPATING
    assert cause.endswith("the participation list has it from 20230401 to 20230930 and from 20240401 on")
    assert remedy.startswith("Check ACH_DATE, or ask its commissioner to offer it the service")


@given(
    st.lists(
        st.builds(period, st.sampled_from(["A81001", "A81002", "A81003"]), st.dates(), st.none() | st.dates()),
        max_size=6,
    ),
    st.dates(),
)
def test_whoever_takes_part_has_a_period_with_the_day_in_it_and_the_others_have_none(
    periods: list[Participation], day: date
) -> None:
    found = participants(on=listed(*periods), known=("A81009",), day=day)
    for code in ("A81001", "A81002", "A81003", "A81009"):
        own = [one for one in periods if one.organisation == code]
        assert (code in found) == any(one.starts <= day and (one.ends is None or day <= one.ends) for one in own)


def received(day: str, *practices: Organisation, supplier: str | None = None) -> Expectation:
    return expectation(
        document=DOCUMENT, grid=GRID, dates=(FEBRUARY, MARCH), organisations=practices, participation=None,
        received=datetime.fromisoformat(f"{day}T12:00:00+00:00"), supplier=supplier,
    )  # fmt: skip


def told(expected: Expectation, *rows: str) -> list[tuple[int, Code]]:
    reading = read_extract(file="extract.csv", chunks=extract(*rows), expectation=expected)
    return [(one.line, one.code) for one in reading.problems.listed if one.code is not Code.WARNING_PARTICIPATION]


def test_a_collection_takes_nothing_before_it_opens() -> None:
    practice, early = organisation("A81001"), row(at="01/03/2024 09:00:00")
    assert told(received("2024-03-30", practice), early) == [(2, Code.FILE_EARLY)]
    assert told(received("2024-03-31", practice), early) == []


def test_what_comes_after_a_collection_closed_is_taken_and_told_to_be_late() -> None:
    practice = organisation("A81001")
    assert told(received("2024-06-30", practice), row()) == []
    assert told(received("2024-07-01", practice), row()) == [(0, Code.WARNING_LATE)]


def test_a_file_of_an_open_and_an_unopened_collection_is_refused_for_the_practices_of_the_latter() -> None:
    practices = (organisation("A81001"), organisation("A81002"))
    rows = [row(day="20240229", at="01/03/2024 09:00:00"), row(practice="A81002", at="01/03/2024 09:00:00")]
    assert told(received("2024-03-30", *practices), *rows) == [(3, Code.PRACTICE_DATE)]


def test_a_file_that_comes_too_early_with_a_wrong_date_is_told_of_both() -> None:
    practices = (organisation("A81001"), organisation("A81002"))
    early = expectation(
        document=DOCUMENT, grid=GRID, dates=(MARCH,), organisations=practices, participation=None,
        received=datetime.fromisoformat("2024-02-01T12:00:00+00:00"),
    )  # fmt: skip
    rows = extract(row(day="20240330", at="31/01/2024 09:00:00"), row(practice="A81002", at="31/01/2024 09:00:00"))
    listed = read_extract(file="extract.csv", chunks=rows, expectation=early).problems.listed
    messages = {one.line: one.message for one in listed if one.code is Code.PRACTICE_DATE}
    assert messages[2].endswith("has no such achievement date here; none can be sent yet.")
    assert messages[3].startswith("The collection for 20240331 opens on 20240331.")


def test_nothing_was_submitted_later_than_an_hour_after_it_was_received() -> None:
    practice = organisation("A81001")
    in_summer = row(at="02/04/2024 12:59:59")  # British time is an hour ahead of the one in which files are received
    assert told(received("2024-04-02", practice), in_summer) == []
    assert told(received("2024-04-02", practice), row(at="02/04/2024 13:00:01")) == [(2, Code.ROW_FUTURE)]


def test_a_practice_is_refused_from_any_but_the_supplier_whose_system_it_uses_where_that_is_known() -> None:
    practices = (organisation("A81001").model_copy(update={"supplier": "tpp"}), organisation("A81002"))
    rows = [row(), row(practice="A81002")]
    assert told(received("2024-04-02", *practices, supplier="emis"), *rows) == [(2, Code.PRACTICE_SUPPLIER)]
    assert told(received("2024-04-02", *practices, supplier="tpp"), *rows) == []
    assert told(received("2024-04-02", *practices), *rows) == []
