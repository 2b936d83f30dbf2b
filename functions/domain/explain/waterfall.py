"""From a register to a denominator, one count of exclusions or personalised care at a time."""

from collections.abc import Mapping, Sequence

from schemas.explanation import Count, Step, StepKind
from schemas.service import Adjustment, AdjustmentKind, Indicator

KINDS = {
    AdjustmentKind.EXCLUSION: StepKind.EXCLUSION,
    AdjustmentKind.PERSONALISED_CARE: StepKind.PERSONALISED_CARE,
}
UNEXPLAINED = "No count says why these people on the register are not in the denominator."
OVERLAPPING = (
    "The counts above take out more people than there are: somebody is counted under several names, or in the "
    "denominator without being on the register."
)


def waterfall(
    *, indicator: Indicator, counts: Sequence[Count], adjustments: Mapping[str, Adjustment]
) -> tuple[Step, ...]:
    """The steps; none where the indicator has no denominator, and without a beginning where it has no register.

    The counts of an extract can overlap. What they do not explain, above or below 0, is a step by itself.
    """
    fields, sent = indicator.fields, {count.field: count.value for count in counts}
    register = sent.get(fields.register_name or "")
    denominator = sent.get(fields.denominator or "")
    if denominator is None:
        return ()
    taken = tuple(_taken(name, sent.get(name), adjustments.get(name)) for name in indicator.rules)
    last = Step(kind=StepKind.DENOMINATOR, name=fields.denominator or "", text="", people=denominator)
    if register is None:
        return (*taken, last)
    first = Step(kind=StepKind.REGISTER, name=fields.register_name or "", text="", people=register)
    rest = register - sum(step.people or 0 for step in taken) - denominator
    return (first, *taken, *_unexplained(rest), last)


def _taken(name: str, people: int | None, adjustment: Adjustment | None) -> Step:
    kind = StepKind.UNKNOWN if adjustment is None else KINDS[adjustment.kind]
    return Step(kind=kind, name=name, text="" if adjustment is None else adjustment.text, people=people)


def _unexplained(rest: int) -> tuple[Step, ...]:
    if rest == 0:
        return ()
    return (Step(kind=StepKind.UNEXPLAINED, name="", text=UNEXPLAINED if rest > 0 else OVERLAPPING, people=rest),)
