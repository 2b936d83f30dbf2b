"""The extract that every contender reads, and what a contender makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

SERVICE = "QOF2324"
EXTRACT, ORGANISATIONS = "extract.csv", "organisations.txt"  # the files of a folder


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: the rows, the code of each line that is refused, the values by slot that are accepted."""

    rows: int
    refused: Mapping[int, str]
    values: Mapping[str, list[int]]
