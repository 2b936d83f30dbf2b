"""A synthetic nation: who its practices are, and what shape their counts have. Chance comes from the seed alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from cqrs.ties import ties
from functions.domain.grid import Grid, service_grid
from schemas.service import ServiceDocument

LETTERS = "ABCDEFGHJKLMNPY"  # first letters of practice codes in England
CODES = range(81_000, 90_000)
USUAL_LIST = (1_500, 18_000)  # people; most practices in England are between


class Shape(Enum):
    """What is particular about a practice."""

    USUAL = auto()
    EVERYTHING_ACHIEVED = auto()
    NOTHING_ACHIEVED = auto()
    NO_REGISTERS = auto()


@dataclass(frozen=True, slots=True)
class SamplePractice:
    """A practice: `number` counts it, `size` is its registered list, and `seed` decides its counts."""

    number: int
    code: str
    size: int
    shape: Shape
    seed: int


@dataclass(frozen=True, slots=True)
class Nation:
    """The practices in the order of their codes, the grid of their rows, and the ties of each fraction."""

    document: ServiceDocument
    grid: Grid
    practices: Sequence[SamplePractice]
    ties: Mapping[str, Sequence[tuple[int, int]]]


# The practices that every nation of this many or more begins with: the smallest and the largest lists, and extremes.
PARTICULAR: Sequence[tuple[int, Shape]] = (
    (1, Shape.USUAL),
    (100_000, Shape.USUAL),
    (0, Shape.NO_REGISTERS),
    (8_000, Shape.EVERYTHING_ACHIEVED),
    (8_000, Shape.NOTHING_ACHIEVED),
    (5_000, Shape.NO_REGISTERS),
)


def nation(
    *, document: ServiceDocument, practices: int, seed: int, particular: Sequence[tuple[int, Shape]] = PARTICULAR
) -> Nation:
    """The nation of a seed. Its `particular` practices are hard to calculate, and one of them, a list of one person
    who is on every register, moves the national figures so much that a PAYMENT run is held for it.
    """
    chance = Random(seed)  # noqa: S311  # a sample to repeat, not a secret to keep
    codes = sorted(chance.sample(range(len(LETTERS) * len(CODES)), practices))
    first = particular if practices > len(particular) else ()
    made = [_practice(chance, number, code, first) for number, code in enumerate(codes)]
    fractions = {indicator.code: ties(indicator=indicator) for indicator in document.scored}
    return Nation(document=document, grid=service_grid(document=document), practices=made, ties=fractions)


def _practice(chance: Random, number: int, place: int, particular: Sequence[tuple[int, Shape]]) -> SamplePractice:
    letter, digits = divmod(place, len(CODES))
    size, shape = particular[number] if number < len(particular) else (chance.randrange(*USUAL_LIST), Shape.USUAL)
    return SamplePractice(
        number=number,
        code=f"{LETTERS[letter]}{CODES[digits]}",
        size=size,
        shape=shape,
        seed=chance.getrandbits(64),
    )
