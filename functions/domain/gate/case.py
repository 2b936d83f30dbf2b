"""Everything that the gates look at: this run, the run before, and what a fault in some practices is worth."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from functions.domain.calculate.rules import Rules
from functions.domain.gate.nation import Nation, effect, nation, only
from functions.domain.gate.stake import Stake
from schemas.average_list import AverageList
from schemas.gates import Gates
from schemas.inspection import Effect
from schemas.service import ServiceDocument

WITHOUT_THEM = "the same run without them"
AT_LAST_VALUES = "the same run with them at their last values"
AT_LAST_REGISTERS = "the same run with these registers at their last values"
WITH_THE_MISSING = "the same run with the missing practices at their last values"


@dataclass(frozen=True, slots=True)
class Case:
    """A run to inspect.

    `counted`: the slots of counts, which are all but the flags. `practices` by code. `left_out` gives for each
    practice that could not be calculated who sent something for it. `last` is the run before, None where there is
    none, and `read` says whether a person has read of what stands out in it. `average_lists` are those on record.
    """

    document: ServiceDocument
    rules: Rules
    achievement_date: date
    counted: tuple[int, ...]
    practices: Mapping[str, Stake]
    left_out: Mapping[str, tuple[str, ...]]
    last: Mapping[str, Stake] | None
    read: bool
    nation: Nation
    average_lists: tuple[AverageList, ...]

    @property
    def gates(self) -> Gates:
        """The thresholds."""
        return self.document.gates

    def suppliers(self) -> Mapping[str, tuple[Stake, ...]]:
        """The practices of each supplier, suppliers and practices in order."""
        found: dict[str, list[Stake]] = {}
        for code in sorted(self.practices):
            found.setdefault(self.practices[code].supplier, []).append(self.practices[code])
        return {name: tuple(found[name]) for name in sorted(found)}

    def stakes(self, codes: Collection[str]) -> Nation:
        """The sums of some practices of this run."""
        return nation((self.practices[code] for code in codes), size=len(self.nation.raw))

    def last_stakes(self, codes: Collection[str]) -> Nation:
        """The sums of some practices of the run before."""
        last = self.last or {}
        return nation((last[code] for code in codes), size=len(self.nation.raw))

    def without(self, codes: Collection[str]) -> Effect | None:
        """What it is worth that these practices count in the national figures."""
        others = self.nation - self.stakes(codes)
        return effect(
            rules=self.rules,
            now=self.nation,
            then=others,
            others=others,
            paid_then=self.nation,
            against=WITHOUT_THEM,
        )

    def at_last(self, codes: Collection[str]) -> Effect | None:
        """What it is worth that these practices count with their values of now and not with their last."""
        others = self.nation - self.stakes(codes)
        then = others + self.last_stakes(codes)
        return effect(
            rules=self.rules, now=self.nation, then=then, others=others, paid_then=then, against=AT_LAST_VALUES
        )

    def at_last_registers(self, moved: Mapping[str, Collection[int]]) -> Effect | None:
        """What it is worth that practices count with their registers of now: those of some adjusted rules, by code."""
        then = self.nation
        for code, numbers in moved.items():
            now, last = only(self.stakes([code]), numbers=numbers), only(self.last_stakes([code]), numbers=numbers)
            then = then - now + last
        return effect(
            rules=self.rules,
            now=self.nation,
            then=then,
            others=self.nation - self.stakes(moved.keys()),
            paid_then=then,
            against=AT_LAST_REGISTERS,
        )

    def with_missing(self, codes: Collection[str]) -> Effect | None:
        """What it is worth that these practices, which were there the last time, are missing."""
        then = self.nation + self.last_stakes(codes)
        return effect(
            rules=self.rules, now=self.nation, then=then, others=self.nation, paid_then=then, against=WITH_THE_MISSING
        )
