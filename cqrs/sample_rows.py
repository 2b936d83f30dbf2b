"""The rows of a synthetic nation, in the layouts of the real files."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from cqrs.counts import PracticeCounts
from cqrs.nation import Nation, SamplePractice
from cqrs.progress import Advance
from functions.domain.grid import Slot
from schemas.service import ServiceDocument

PRACTICES_IN_A_NETWORK, NETWORKS_IN_A_SUB_ICB, SUB_ICBS_IN_AN_ICB = 6, 10, 3
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"
REGIONS = ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63")
WITHOUT_NETWORK = 20  # one practice in so many belongs to no network
SECOND_TIME = 3  # one practice in so many sent some of its rows later than the others
SUPERSEDED = 12  # one practice in so many sent some of its values twice: the later ones count
SOME = 3  # one indicator in so many, where some are meant


def organisation_row(*, document: ServiceDocument, practice: SamplePractice) -> tuple[str, ...]:
    """A practice with its list and the areas that it belongs to. The codes are synthetic."""
    network = practice.number // PRACTICES_IN_A_NETWORK
    sub_icb = network // NETWORKS_IN_A_SUB_ICB
    icb = sub_icb // SUB_ICBS_IN_AN_ICB
    member = practice.number % WITHOUT_NETWORK != WITHOUT_NETWORK - 1
    return (
        practice.code,
        f"Synthetic practice {practice.code}",
        str(practice.size),
        f"{document.parameters.practice_list.value:%Y%m%d}",
        f"U{network + 1:05d}" if member else "",
        f"{sub_icb % 100:02d}{ALPHABET[sub_icb // 100]}",
        f"Q{ALPHABET[icb // len(ALPHABET)]}{ALPHABET[icb % len(ALPHABET)]}",
        REGIONS[icb % len(REGIONS)],
    )


def participation_row(*, document: ServiceDocument, practice: SamplePractice) -> tuple[str, ...]:
    """A practice that takes part in the service for the whole of its year, by the offer of its sub-ICB."""
    code, name, _, _, _, sub_icb, _, _ = organisation_row(document=document, practice=practice)
    return (document.code, code, name, sub_icb, f"{document.year.starts:%Y%m%d}", f"{document.year.ends:%Y%m%d}")


def extract_rows(*, made: Nation, practices: Sequence[SamplePractice], advance: Advance) -> Iterator[tuple[str, ...]]:
    """The rows of an extract, practice by practice; `advance` counts the practices."""
    day = max(collection.achievement_date for collection in made.document.collections)
    for practice in practices:
        yield from _PracticeRows(made, practice, day).rows()
        advance(1)


class _PracticeRows:
    """The rows of one practice: most of one time, some of a later one, and some that a later value supersedes."""

    def __init__(self, made: Nation, practice: SamplePractice, day: date) -> None:
        self._slots = made.grid.slots
        self._values = PracticeCounts(made=made, practice=practice).by_slot()
        self._chance = Random(practice.seed + 1)  # noqa: S311  # a sample to repeat, not a secret to keep
        self._front = (made.document.code, made.document.name, practice.code, f"{day:%Y%m%d}")
        submitted = f"{day + timedelta(days=2):%d/%m/%Y}"
        # As text the day of the superseded values, 31/03, is above that of the later ones, 02/04.
        self._superseded = (f"{day:%d/%m/%Y}", "23:05:10", "N")
        self._usual = (submitted, "11:19:50", "Y")
        self._later = (submitted, "14:16:53", "Y")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Every row, the superseded ones before or after those that count."""
        late = self._some() if self._chance.randrange(SECOND_TIME) == 0 else frozenset()
        twice = self._some() if self._chance.randrange(SUPERSEDED) == 0 else frozenset()
        counted = [
            self._row(slot, value, self._later if slot.indicator in late else self._usual)
            for slot, value in zip(self._slots, self._values, strict=True)
        ]
        superseded = [
            self._row(slot, _superseded(slot, value), self._superseded)
            for slot, value in zip(self._slots, self._values, strict=True)
            if slot.indicator in twice
        ]
        first = self._chance.randrange(2)
        yield from (*superseded, *counted) if first else (*counted, *superseded)

    def _some(self) -> frozenset[str]:
        indicators = sorted({slot.indicator for slot in self._slots})
        return frozenset(indicator for indicator in indicators if self._chance.randrange(SOME) == 0)

    def _row(self, slot: Slot, value: int, submitted: tuple[str, str, str]) -> tuple[str, ...]:
        user = "syn100" if slot.flag else "AUTOMATED"
        return (*self._front, slot.indicator, slot.field, str(value), "None", user, *submitted)


def _superseded(slot: Slot, value: int) -> int:
    """A value that was corrected later. No mixture with the later ones has a numerator above its denominator."""
    if slot.flag:
        return 1 - value
    return value // 2 if slot.field == "Numerator" else value + 1 + value // 9
