"""The rounds of programs that pay: each writes payments.csv, and is held against what each practice should get."""

from collections.abc import Mapping
from pathlib import Path

from bench.pay.layout import PAYMENTS
from bench.pay.tally import Tally
from bench.pay.verdict import Figures, judge
from bench.rounds import Rounds


def payment_rounds(*, inputs: Path, right: Mapping[str, Figures], scratch: Path) -> Rounds[Tally]:
    """Rounds over a nation. `right` is what each practice should get, `scratch` a folder to write to."""

    def judged(_key: str, out: Path, tally: Tally) -> None:
        tally.judge(verdict=judge(payments=out / PAYMENTS, right=right))

    return Rounds(inputs=inputs, scratch=scratch, tally=Tally, judge=judged)
