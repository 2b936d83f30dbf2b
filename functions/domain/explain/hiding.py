"""An explanation for those who may see points but not pounds: nothing from which pounds could be worked out."""

from schemas.explanation import ExplainedLine, Explanation

HIDDEN = (
    "value_of_point",
    "national_prevalence",
    "prevalence_factor",
    "national_average_list",
    "list_factor",
    "amount",
)
MONEY = frozenset({"value of point", "national average list", "previous value of point", "aspiration"})


def without_pounds(*, explanation: Explanation) -> Explanation:
    """The explanation without amounts, the factors and national figures that make them, and what more would earn."""
    return explanation.model_copy(
        update={
            "payment": None,
            "left": explanation.left.model_copy(update={"pounds": None}),
            "figures": tuple(figure for figure in explanation.figures if figure.name not in MONEY),
            "lines": tuple(map(_line, explanation.lines)),
        }
    )


def _line(line: ExplainedLine) -> ExplainedLine:
    hidden = {
        **dict.fromkeys((*HIDDEN, "national")),
        "next_patient": line.next_patient and line.next_patient.model_copy(update={"pounds": None}),
        "left": line.left and line.left.model_copy(update={"pounds": None}),
    }
    return line.model_copy(update=hidden)
