"""What stands in for a register that is not published.

Published are the registers of 21 areas. A register that an indicator is adjusted by and that is not among them is stood
in for by published registers added up, or by the whole list: the prevalence factor is then 1 for everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cqrs.published import PublishedPractice
from schemas.service import Indicator

SMOKING: Final = "Smoking Register"
HEART_FAILURE: Final = "Heart Failure (LVSD) Register"
CONTRACEPTION: Final = "Contraception Register"
# The conditions that SMOK002 lists. Published registers count somebody with two of them twice.
CONDITIONS: Final = ("CHD", "PAD", "STIA", "HYP", "DM", "COPD", "CKD", "AST", "MH")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Stand-ins by the FIELD_NAME of the register: the areas whose registers are added up; none means the whole list.

    `everywhere` puts the list in the place of every register, published or not.
    """

    registers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    everywhere: bool = False

    def areas(self, *, indicator: Indicator) -> tuple[str, ...]:
        """The areas whose published registers an indicator counts; none where it counts the whole list."""
        name = indicator.fields.register_name
        return self.registers.get(name, (indicator.group,)) if name and not self.everywhere else ()


def people(*, practice: PublishedPractice, areas: Sequence[str]) -> int:
    """The registers of some areas added up; the whole list where there is none, or one is not published."""
    if areas and all(area in practice.registers for area in areas):
        return sum(practice.registers[area] for area in areas)
    return practice.list_size


USUAL: Final = Proxies({SMOKING: CONDITIONS, HEART_FAILURE: ("HF",), CONTRACEPTION: ()})
SAID: Final = {
    SMOKING: f"the registers {', '.join(CONDITIONS)} added up (somebody with two conditions counts twice)",
    HEART_FAILURE: "the whole register of heart failure, HF",
    CONTRACEPTION: "the list, so that the prevalence factor is 1",
}
