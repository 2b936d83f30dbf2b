"""One indicator by itself, as the linter of documents lets it through: its values are the first slots."""

from hypothesis import strategies as st

from functions.domain.calculate.rules import Rule
from schemas.service import Kind

COUNT = st.integers(min_value=0, max_value=10**9)
COUNTS = st.tuples(COUNT, COUNT).map(sorted)  # a numerator and its denominator


def a_rule(
    kind: Kind, *, points: int = 1200, step: int = 0, lower: int = 4000, upper: int = 9000, round_down: bool = False
) -> Rule:
    """An indicator of 12 points between 40 % and 90 %, unless told. Its one count is its first value, or its
    numerator, before the denominator.
    """
    share = kind.proportional
    return Rule(
        code="AF006",
        group="AF",
        kind=kind,
        points=points,
        lower=lower,
        upper=upper,
        register=0 if kind in {Kind.REGISTER, Kind.INFORMATION} else None,
        numerator=0 if share else None,
        denominator=1 if share else None,
        flag=0 if kind is Kind.YES_NO else None,
        adjusted=False,
        step=step,
        round_down=round_down,
        empty_earns=False,
    )


@st.composite
def _shares(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from([kind for kind in Kind if kind.proportional]))
    points, lower = draw(st.integers(2, 5_000)), draw(st.integers(0, 9_999))
    return a_rule(
        kind,
        points=points,
        step=draw(st.integers(1, points - 1)) if kind is Kind.STEPPED else 0,
        lower=lower,
        upper=draw(st.integers(lower + 1, 10_000)),
        round_down=draw(st.booleans()),
    )


SHARES = _shares()  # any indicator whose points follow a share
