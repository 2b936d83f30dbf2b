"""A file ten times as long says the same: of every value the last of ten submissions counts."""

from pathlib import Path

from cqrs.nation import nation
from cqrs.nation_files import sample_files
from cqrs.tenfold import row_count, write_tenfold
from functions.domain.check.extract import read_extract
from functions.domain.check.reading import Expectation, ExtractReading
from tests.inputs.service import small_service

DOCUMENT = small_service("AF001", "AF006", "QI013")
PRACTICES = 12


def read(path: Path, *codes: str) -> ExtractReading:
    known = frozenset(codes)
    made = nation(document=DOCUMENT, practices=PRACTICES, seed=1)
    expected = Expectation(
        service=DOCUMENT.code, organisations=known, admitted={"20240331": known}, grid=made.grid, listed={}
    )
    return read_extract(file="april.csv", chunks=[path.read_bytes()], expectation=expected)


def test_ten_times_the_rows_come_to_the_same_values_without_a_remark(tmp_path: Path) -> None:
    files = sample_files(folder=tmp_path, document=DOCUMENT, practices=PRACTICES)
    codes = [row.split(",")[0] for row in files.organisations.read_text(encoding="utf-8").splitlines()[1:]]
    extract = next(iter(files.extracts.values()))
    write_tenfold(extract=extract, path=tmp_path / "tenfold.csv.gz")
    once, tenfold = read(extract, *codes), read(tmp_path / "tenfold.csv.gz", *codes)
    assert files.rows == sum(map(row_count, files.extracts.values()))
    assert tenfold.rows == row_count(tmp_path / "tenfold.csv.gz") == 10 * row_count(extract) == 10 * once.rows
    assert once.practices.keys() == tenfold.practices.keys() != set()
    assert all(tenfold.practices[code].submission == once.practices[code].submission for code in once.practices)
    assert tenfold.problems.total == once.problems.total == 0
