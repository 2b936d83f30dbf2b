"""What every program of the payments benchmark reads: a nation that is made once, and rules that nobody typed in."""

import csv
import json
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from bench.pay.layout import EXTRACT, PARAMETERS, RIGHT, RULES
from bench.pay.nation_folder import SERVICE, Wanted, nation_folder
from bench.pay.rules_file import write_rules
from bench.pay.submissions import LATER_ROWS, own_times
from cqrs.nation import nation
from cqrs.sample_rows import extract_rows
from functions.domain.check.row import COLUMNS
from functions.domain.grid import service_grid
from schemas.catalogue import service_document
from schemas.policy import NationalPrevalence
from schemas.service import Kind
from tests.oracle.definition import definition

PRACTICES = 9
Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(row: dict[str, str]) -> str:
    day, month, year = row["SUBMIT_DATE"].split("/")
    return f"{year}{month}{day} {row['SUBMIT_TIME']}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def ordered(kept: Path) -> Path:
    return nation_folder(wanted=Wanted(PRACTICES), kept=kept)


@pytest.fixture(scope="module")
def hostile(kept: Path) -> Path:
    return nation_folder(wanted=Wanted(PRACTICES, hostile=True), kept=kept)


def test_the_exported_rules_are_those_that_the_oracle_reads_from_the_document(ordered: Path) -> None:
    service = definition(SERVICE)
    found = {row["indicator"]: row for row in rows(ordered / RULES)}
    assert list(found) == [indicator.code for indicator in service.indicators]
    for indicator in service.indicators:
        row = found[indicator.code]
        figures = tuple(Fraction(row[name]) for name in ("points", "lower", "upper"))
        assert figures == (indicator.points, indicator.lower, indicator.upper)
        names = {name: row[name] for name in ("register", "numerator", "denominator", "flag") if row[name]}
        assert names == indicator.fields
        assert (row["kind"], row["group"]) == (indicator.kind, indicator.group)
        assert (row["adjusted"] == "true") is indicator.adjusted
        assert (row["decided_by"] or None) == service.decided_by.get(indicator.group)


def test_the_exported_parameters_are_those_of_the_document(ordered: Path) -> None:
    service, found = definition(SERVICE), json.loads((ordered / PARAMETERS).read_text(encoding="ascii"))
    assert Fraction(found["value_of_point"]) == service.value_of_point
    assert found["national_average_list"] == service.national_average_list
    assert (found["service"], found["achievement_date"]) == (SERVICE, "20240331")


def test_no_rules_are_exported_that_the_peers_would_get_wrong(tmp_path: Path) -> None:
    document = service_document(SERVICE)
    pooled = document.policies.national_prevalence.model_copy(update={"rule": NationalPrevalence.POOLED})
    policies = document.policies.model_copy(update={"national_prevalence": pooled})
    with pytest.raises(ValueError, match="mean_of_practices"):
        write_rules(folder=tmp_path, document=document.model_copy(update={"policies": policies}))
    first, *others = document.indicators
    stepped = (first.model_copy(update={"kind": Kind.STEPPED}), *others)
    with pytest.raises(ValueError, match="stepped"):
        write_rules(folder=tmp_path, document=document.model_copy(update={"indicators": stepped}))


def test_every_practice_has_submission_times_of_its_own_and_more_than_one(ordered: Path) -> None:
    times: dict[str, set[str]] = {}
    for row in rows(ordered / EXTRACT):
        times.setdefault(row["ORG_CODE"], set()).add(moment(row))
    assert len(times) == PRACTICES
    assert all(len(found) > 1 for found in times.values())
    assert len({max(found) for found in times.values()}) == PRACTICES


def test_moving_the_times_changes_nothing_else_and_keeps_what_was_later_later() -> None:
    made = nation(document=service_document(SERVICE), practices=60, seed=1)
    before = list(extract_rows(made=made, practices=made.practices, advance=lambda _: None))
    after = list(own_times(rows=before, seed=1))
    places = [number for number, name in enumerate(COLUMNS) if name not in {"SUBMIT_DATE", "SUBMIT_TIME"}]
    assert [[row[n] for n in places] for row in after] == [[row[n] for n in places] for row in before]
    twice = Counter((row[2], row[4], row[5]) for row in before)
    old, new = (_moments(found) for found in (before, after))
    superseded = [key for key, count in twice.items() if count > 1]
    assert superseded
    for key in superseded:
        assert _order(old[key]) == _order(new[key])


def _moments(found: list[tuple[str, ...]]) -> dict[tuple[str, str, str], list[str]]:
    moments: dict[tuple[str, str, str], list[str]] = {}
    for row in found:
        moments.setdefault((row[2], row[4], row[5]), []).append(moment(dict(zip(COLUMNS, row, strict=True))))
    return moments


def _order(moments: list[str]) -> list[int]:
    return sorted(range(len(moments)), key=lambda number: moments[number])


def test_two_single_rows_of_a_practice_are_later_than_the_others(ordered: Path) -> None:
    by_time: dict[str, Counter[str]] = {}
    for row in rows(ordered / EXTRACT):
        by_time.setdefault(row["ORG_CODE"], Counter())[moment(row)] += 1
    assert all(found[max(found)] == LATER_ROWS for found in by_time.values())


def test_hostile_rows_stand_in_no_order_and_lack_only_what_no_result_needs(ordered: Path, hostile: Path) -> None:
    whole, found = rows(ordered / EXTRACT), rows(hostile / EXTRACT)
    required = {
        (slot.indicator, slot.field) for slot in service_grid(document=service_document(SERVICE)).slots if slot.required
    }
    lacking = Counter(map(str, whole)) - Counter(map(str, found))
    assert 0.02 < sum(lacking.values()) / len(whole) < 0.05
    assert not Counter(map(str, found)) - Counter(map(str, whole))
    kept = Counter(str(row) for row in found if (row["IND_CODE"], row["FIELD_NAME"]) in required)
    assert kept == Counter(str(row) for row in whole if (row["IND_CODE"], row["FIELD_NAME"]) in required)
    changes = sum(one["ORG_CODE"] != other["ORG_CODE"] for one, other in pairwise(found))
    assert changes > len(found) // 2
    assert (hostile / RIGHT).read_bytes() == (ordered / RIGHT).read_bytes()


def test_a_nation_is_made_once_and_replaces_one_that_was_made_otherwise(tmp_path: Path) -> None:
    wanted = Wanted(8)
    older, other = tmp_path / f"{wanted.front}0123456789ab", tmp_path / "nation-9-2324-ordered-0123456789ab"
    older.mkdir()
    other.mkdir()
    made = nation_folder(wanted=wanted, kept=tmp_path)
    written = (made / EXTRACT).stat().st_mtime_ns
    assert nation_folder(wanted=wanted, kept=tmp_path) == made
    assert (made / EXTRACT).stat().st_mtime_ns == written
    assert {path.name for path in tmp_path.iterdir()} == {made.name, other.name}
