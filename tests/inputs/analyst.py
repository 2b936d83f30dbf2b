"""An analyst at a terminal: a small synthetic nation, and folders of what was calculated from it."""

import csv
from pathlib import Path

from typer.testing import CliRunner, Result

from cqrs.main import analyst_app, evidence_app
from cqrs.nation import nation
from cqrs.sample import write_sample
from schemas.catalogue import service_document
from schemas.run import Run

PRACTICES = 8


class Analyst:
    """A synthetic nation, and an analyst's folders of results."""

    def __init__(self, path: Path) -> None:
        self.path = path
        made = nation(document=service_document("QOF2324"), practices=PRACTICES, seed=5)
        write_sample(made=made, suppliers=["emis", "tpp"], out=path, gzip=False)
        with (path / "organisations.csv").open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.reader(file))
        self.codes = [row[0] for row in self.rows[1:]]

    def calculate(self, name: str, *, organisations: str = "organisations.csv", outputs: str = "all") -> Path:
        words = ["--service", "QOF2324", "--organisations", str(self.path / organisations), "--outputs", outputs]
        words += [w for supplier in ("emis", "tpp") for w in ("--extract", str(self.path / f"extract-{supplier}.csv"))]
        result = CliRunner().invoke(analyst_app(), ["calculate", *words, "--out", str(self.path / name)])
        assert result.exit_code in (0, 1), result.output
        return self.path / name

    def changed(self, name: str) -> str:
        """Organisations in which every list is a hundred longer and the last practice is gone."""
        header, *rows = self.rows
        longer = [[*row[:2], str(int(row[2]) + 100), *row[3:]] for row in rows[:-1]]
        with (self.path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *longer])
        return name

    def run(self, *words: object) -> Result:
        return CliRunner().invoke(evidence_app(), list(map(str, words)))


def run_of(folder: Path) -> Run:
    return Run.model_validate_json((folder / "run.json").read_bytes())


def part(folder: Path, name: str) -> Path:
    return folder / "evidence" / "runs" / run_of(folder).id / name
