"""Who is admitted at which achievement date follows from the document, the organisations and the participation list."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from functions.domain.check.expectation import expectation, participants
from functions.domain.check.reading import Expectation
from schemas.organisation import Organisation
from schemas.participation import Participation, ParticipationList
from schemas.problem import Code
from tests.inputs.service import small_grid, small_service

DOCUMENT, GRID = small_service("AF001"), small_grid("AF001")
FEBRUARY, MARCH = date(2024, 2, 29), date(2024, 3, 31)


def organisation(code: str) -> Organisation:
    return Organisation(
        code=code, name=code, list_size=8000, list_size_date=date(2024, 1, 1), network=None,
        sub_icb="16C", icb="QHM", region="Y63",
    )  # fmt: skip


def period(code: str, starts: date, ends: date | None = None) -> Participation:
    return Participation(
        service="QOF2324", organisation=code, name=code, commissioner="16C", starts=starts, ends=ends
    )  # fmt: skip


def listed(*periods: Participation) -> ParticipationList:
    return ParticipationList(service="QOF2324", file="list", participations=periods)


def expected(participation: ParticipationList | None, *codes: str) -> Expectation:
    return expectation(
        document=DOCUMENT, grid=GRID, dates=(FEBRUARY, MARCH), organisations=map(organisation, codes),
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
