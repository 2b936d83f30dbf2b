"""A folder of files to be calculated by the command, and what it wrote."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

from cqrs.main import analyst_app
from schemas.catalogue import service_document
from tests.inputs.extract import HEADER, row

ORGANISATIONS = "ORG_CODE,ORG_NAME,LIST_SIZE,LIST_SIZE_DATE,PCN_ODS_CODE,SUB_ICB_ODS_CODE,ICB_ODS_CODE,REGION_ODS_CODE"
PARTICIPANTS = "QUALITY_SERVICE,SP_ORG_CODE,SP_ORG_NAME,CO_ORG_CODE,PART_ST_DT,PART_ED_DT"
FLAG = "Yes/No Flag"


def practice_rows(code: str, day: str = "20240331") -> list[str]:
    """Every required row of QOF 2023/24: registers of 100, 80 of 100 in every fraction, every flag 1."""
    rows = []
    for indicator in service_document("QOF2324").indicators:
        names = indicator.fields
        given = {names.register_name: "100", names.numerator: "80", names.denominator: "100", names.flag: "1"}
        rows += [row(indicator.code, f, v, practice=code, day=day) for f, v in given.items() if f is not None]
    return rows


def organisation(code: str, *, size: str = "9639", counted: str = "20240101") -> str:
    return f"{code},Practice {code},{size},{counted},,16C,QHM,Y63"


def participant(code: str, *, ends: str = "20240331", service: str = "QOF2324") -> str:
    return f"{service},{code},Practice {code},16C,20230401,{ends}"


class Folder:
    """A folder of input files, and the results of calculating them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.extracts: list[Path] = []

    def organisations(self, *rows: str) -> None:
        self._write("organisations.csv", [ORGANISATIONS, *rows])

    def participants(self, *rows: str) -> None:
        self._write("participants.csv", [PARTICIPANTS, *rows])

    def extract(self, name: str, rows: Sequence[str], *, header: str = HEADER) -> None:
        self.extracts.append(self._write(name, [header, *rows]))

    def calculate(self, *options: str, service: str = "QOF2324") -> Result:
        given = [word for path in self.extracts for word in ("--extract", str(path))]
        places = ["--organisations", str(self.path / "organisations.csv"), "--out", str(self.path / "out")]
        listed = self.path / "participants.csv"
        places += ["--participants", str(listed)] if listed.exists() else []
        return CliRunner().invoke(analyst_app(), ["calculate", "--service", service, *given, *places, *options])

    def table(self, name: str) -> list[list[str]]:
        with (self.path / "out" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    @property
    def written(self) -> set[str]:
        out = self.path / "out"
        return {path.name for path in out.iterdir()} if out.exists() else set()

    def _write(self, name: str, lines: Sequence[str]) -> Path:
        content = "".join(f"{line}\n" for line in lines).encode()
        (self.path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return self.path / name
