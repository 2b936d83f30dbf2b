"""`cqrs demo`: a small nation through the whole service on the local AWS, and one practice's way told at the end."""

import csv
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from cqrs.deployed import DeployedStack
from cqrs.journey import Deciders, declare_and_approve, granted, invite_deciders, send_files
from cqrs.local import FOLDER, LocalAws
from cqrs.local_stack import deploy_locally
from cqrs.nation import nation
from cqrs.sample import write_sample
from schemas.catalogue import service_document
from schemas.collection import CollectionKey
from schemas.service import RunKind
from schemas.supplier import suppliers

PRACTICES, SEED = 60, 2024
YEAR_END = CollectionKey(service="QOF2324", achievement_date=date(2024, 3, 31), run_kind=RunKind.PAYMENT)
DEMO_FOLDER = FOLDER.with_name(".local-demo")  # apart from `cqrs local`, whose state is somebody's
console = Console(highlight=False, soft_wrap=True)


def demo() -> None:
    """Take a small nation from its suppliers' uploads to one practice's approved payment, on the local AWS."""
    aws = LocalAws(folder=DEMO_FOLDER)
    try:
        with TemporaryDirectory() as folder:
            _run(aws, Path(folder))
    finally:
        aws.stop()


def _run(aws: LocalAws, folder: Path) -> None:
    with _step("Making a synthetic nation"):
        made = nation(document=service_document(YEAR_END.service), practices=PRACTICES, seed=SEED, particular=())
        write_sample(made=made, suppliers=list(suppliers()), out=folder, gzip=True)
    with _step("Starting the local AWS"):
        aws.start(fresh=True)
    with _step("Deploying the stack"):
        stack = deploy_locally(aws=aws)
    organisations = folder / "organisations.csv"
    with _step("Uploading the organisations, who takes part, and four suppliers' extracts"):
        records = send_files(
            stack=stack,
            organisations=organisations,
            participants=folder / "participants.csv",
            extracts=_extracts(folder),
            collection=YEAR_END,
        )
    for record in records:
        console.print(
            f"    {record.name}: {record.verdict}, {record.rows:,} rows, {record.practices_complete} complete"
        )
    with _step("Calculating every practice, opening its declaration"):
        run = stack.calculated(execution=stack.start_calculation(collection=YEAR_END))["run"]
    console.print(f"    run {run['id']}: {run['practices']} practices calculated, {run['incomplete']} incomplete")
    _follow(stack, _average_practice(organisations))


def _follow(stack: DeployedStack, practice: Mapping[str, str]) -> None:
    people = invite_deciders(stack=stack, practice=practice["ORG_CODE"], commissioner=practice["SUB_ICB_ODS_CODE"])
    path = f"{YEAR_END.service}/{practice['ORG_CODE']}/{YEAR_END.achievement_date}"
    with _step("Declaring, approving, approving for payment over HTTP"):
        declaration = declare_and_approve(stack=stack, path=path, people=people)
    working = granted(stack.call(method="GET", path=f"/achievements/{path}/working", person=people.declarer))
    _tell(practice, people, declaration, working)


def _tell(
    practice: Mapping[str, str], people: Deciders, declaration: Mapping[str, Any], working: Mapping[str, Any]
) -> None:
    names = {person.subject: person.name for person in (people.declarer, people.approver, people.payer)}
    instruction, lines = declaration["instruction"], working["lines"]
    document = service_document(declaration["service"])
    for name, what in (
        ("Practice", f"{practice['ORG_CODE']} {practice['ORG_NAME']}, list of {int(practice['LIST_SIZE']):,}"),
        ("Service", f"{document.name}, achievement date {declaration['achievement_date']}"),
        ("Points", f"{declaration['points']} of {declaration['available']} available"),
        ("Amount", f"{declaration['payment']} pounds"),
        ("Declared by", names[declaration["declared_by"]]),
        ("Approved by", names[declaration["approved_by"]]),
        ("Finance-approved by", names[declaration["finance_approved_by"]]),
        ("Payment instruction", f"{instruction['id']}: {instruction['state']}"),
        ("Working, first line", _line(lines[0])),
        ("Working, last line", _line(lines[-1])),
    ):
        console.print(f"{name:<20} {what}", markup=False)


def _line(line: Mapping[str, Any]) -> str:
    points = f" {line['points']} of {line['offered']} points," if line["offered"] else ""
    return f"{line['indicator']}:{points} {line['amount']} pounds. {line['reason']}"


def _average_practice(organisations: Path) -> Mapping[str, str]:
    """The practice whose list is nearest to the national average."""
    average = service_document(YEAR_END.service).parameters.national_average_list.value
    with organisations.open(encoding="utf-8", newline="") as file:
        return min(csv.DictReader(file), key=lambda row: abs(int(row["LIST_SIZE"]) - average))


def _extracts(folder: Path) -> dict[str, Path]:
    files = sorted(folder.glob("extract-*.csv.gz"))
    return {file.name.removeprefix("extract-").removesuffix(".csv.gz"): file for file in files}


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what is done and how long it took: a spinner where somebody watches, a line anywhere."""
    began = time.monotonic()
    with console.status(what):
        yield
    console.print(f"{time.monotonic() - began:6.1f} s  {what}")
