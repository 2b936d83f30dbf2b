"""The edges of each kind of indicator, as a table: whatever scores them has to come to these points."""

from dataclasses import replace
from typing import NamedTuple

from functions.domain.calculate.rules import Rule
from schemas.service import Kind
from tests.inputs.rule import a_rule


class Score(NamedTuple):
    """The counts of an indicator, and the hundredths of a point they earn."""

    why: str
    rule: Rule
    counts: tuple[int, ...]
    points: int


REGISTER, YES_NO = a_rule(Kind.REGISTER), a_rule(Kind.YES_NO)
FRACTION = a_rule(Kind.FRACTION)  # 12 points, between 40 % and 90 %
STEPPED = a_rule(Kind.STEPPED, step=500)  # the same, 5 of the points on reaching 40 %
TURNED = a_rule(Kind.LOWER_IS_BETTER)  # all 12 at 40 %, none at 90 %
ODD = a_rule(Kind.STEPPED, step=500, lower=3999)
NARROW = a_rule(Kind.STEPPED, step=500, lower=0, upper=1)
FINE = a_rule(Kind.FRACTION, points=100_000, lower=1, upper=10_000)
EMPTY_EARNS = replace(FRACTION, register=2, empty_earns=True)

SCORES = [
    Score("a register of nobody", REGISTER, (0,), 0),
    Score("a register of one person", REGISTER, (1,), 1200),
    Score("a register of many", REGISTER, (8000,), 1200),
    Score("no", YES_NO, (0,), 0),
    Score("yes", YES_NO, (1,), 1200),
    Score("a fraction of nobody", FRACTION, (0, 0), 0),
    Score("nobody of some", FRACTION, (0, 10), 0),
    Score("below the lower threshold", FRACTION, (39, 100), 0),
    Score("the lower threshold exactly earns nothing", FRACTION, (40, 100), 0),
    Score("just above the lower threshold", FRACTION, (41, 100), 24),
    Score("half way", FRACTION, (65, 100), 600),
    Score("just below the upper threshold", FRACTION, (89, 100), 1176),
    Score("the upper threshold exactly earns everything", FRACTION, (90, 100), 1200),
    Score("everybody", FRACTION, (100, 100), 1200),
    Score("a share that never ends", FRACTION, (2, 3), 640),
    Score("a tie between two hundredths goes up", FRACTION, (97, 192), 253),
    Score("a tie is cut where the document says so", a_rule(Kind.FRACTION, round_down=True), (97, 192), 252),
    Score("less below a tie than a float can tell does not go up", FINE, (245_216_279, 999_901_303), 24_516),
    Score(
        "less below a hundredth than a float can tell is cut off as well",
        replace(FINE, round_down=True),
        (13_126_715, 999_849_033),
        1_302,
    ),
    Score("so little above the threshold that it rounds to nothing", FRACTION, (400_001, 1_000_000), 0),
    Score("so little below the threshold that it rounds to everything", FRACTION, (899_999, 1_000_000), 1200),
    Score("nobody, where that earns everything and the register counts one person", EMPTY_EARNS, (0, 0, 1), 1200),
    Score("nobody, where that earns everything and the register counts many", EMPTY_EARNS, (0, 0, 70), 1200),
    Score("nobody, where that earns everything and the register is empty", EMPTY_EARNS, (0, 0, 0), 0),
    Score(
        "nobody, where that earns everything and there is no register", replace(EMPTY_EARNS, register=None), (0, 0), 0
    ),
    Score("nobody, where that earns nothing whatever the register", replace(FRACTION, register=2), (0, 0, 70), 0),
    Score("stepped: a fraction of nobody", STEPPED, (0, 0), 0),
    Score("stepped: below the lower threshold", STEPPED, (39, 100), 0),
    Score("stepped: as little below the lower threshold as there is", ODD, (2399, 5999), 0),
    Score("stepped: the lower threshold exactly earns the step", STEPPED, (40, 100), 500),
    Score("stepped: nobody of one, in the narrowest span there is", NARROW, (0, 1), 500),
    Score("stepped: half way earns the step and half of the rest", STEPPED, (65, 100), 850),
    Score("stepped: just below the upper threshold", STEPPED, (89, 100), 1186),
    Score("stepped: the upper threshold exactly earns everything", STEPPED, (90, 100), 1200),
    Score("lower is better: a fraction of nobody", TURNED, (0, 0), 0),
    Score("lower is better: nobody of some", TURNED, (0, 10), 1200),
    Score("lower is better: the lower threshold exactly earns everything", TURNED, (40, 100), 1200),
    Score("lower is better: and cuts nothing off it", replace(TURNED, round_down=True), (40, 100), 1200),
    Score("lower is better: just above the lower threshold", TURNED, (41, 100), 1176),
    Score("lower is better: a share that never ends", TURNED, (2, 3), 560),
    Score("lower is better: just below the upper threshold", TURNED, (89, 100), 24),
    Score("lower is better: the upper threshold exactly earns nothing", TURNED, (90, 100), 0),
    Score("lower is better: everybody", TURNED, (100, 100), 0),
]
