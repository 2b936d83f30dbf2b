"""A run from its frozen inputs to its publication: the same inputs are the same run, whatever happens twice."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from functions.calculate.batching import calculate_batch
from functions.calculate.freezing import freeze_inputs
from functions.calculate.planning import plan_batches
from functions.calculate.publishing import IncompleteRun, publish_run
from functions.explain.reading import RunEvidence
from functions.explain.replaying import replay_run
from functions.ingest.extracts import ingest_extract
from schemas.batch import Batch
from schemas.organisation import Organisation
from schemas.run import BatchTotals, Run
from tests.integration.worlds import KEY, YEAR_END, World, extract, practice_rows

CODES = ("A81001", "A81002", "A81003")


@pytest.fixture
def world() -> World:
    world = World()
    world.know(*CODES)
    return world


def send(world: World, *parts: object, name: str = "april") -> None:
    content = extract(*parts)  # type: ignore[arg-type]  # rows of practices
    ingest_extract(upload=world.send(content, key=KEY.replace("april", name)), world=world.ingestion)


def frozen(world: World) -> Run:
    run = freeze_inputs(collection=YEAR_END, world=world.calculation)
    assert run is not None
    return run


def calculated(world: World, run: Run, *, size: int = 2) -> list[BatchTotals]:
    key = plan_batches(run=run, world=world.calculation, size=size)
    batches = [Batch.model_validate_json(line) for line in world.evidence.held[key].splitlines()]
    return [calculate_batch(batch=batch, world=world.calculation) for batch in batches]


def problems(world: World, run: Run) -> str:
    return world.evidence.held[f"runs/{run.id}/problems.csv"].decode()


def test_without_any_complete_practice_there_is_nothing_to_calculate(world: World) -> None:
    assert freeze_inputs(collection=YEAR_END, world=world.calculation) is None


def test_practices_are_calculated_in_batches_and_published_together(world: World) -> None:
    send(world, *(practice_rows(code) for code in CODES))
    run = frozen(world)
    totals = calculated(world, run)
    assert [batch.practices for batch in totals] == [2, 1]
    assert publish_run(run=run, totals=totals, world=world.calculation)
    assert world.achievements.published(collection=YEAR_END) == run.id
    results = [world.achievements.result(collection=YEAR_END, organisation=code, run=run.id) for code in CODES]
    assert len({(result.points, result.payment) for result in results if result}) == 1
    assert sum(batch.payment for batch in totals) == sum(result.payment for result in results if result)


def test_the_working_of_a_practice_lies_where_its_result_says_and_adds_up(world: World) -> None:
    send(world, practice_rows("A81001"))
    run = frozen(world)
    calculated(world, run)
    result = world.achievements.result(collection=YEAR_END, organisation="A81001", run=run.id)
    assert result is not None
    told = json.loads(
        world.evidence.part(key=result.working_key, offset=result.working_offset, length=result.working_length)
    )
    amounts = [int(line[-2].replace(".", "")) for line in told["lines"]]
    assert len(amounts) == 77
    assert sum(amounts) == 100 * result.payment


def test_the_same_inputs_are_the_same_run_and_a_published_run_is_not_written_again(world: World) -> None:
    send(world, *(practice_rows(code) for code in CODES))
    run = frozen(world)
    publish_run(run=run, totals=calculated(world, run), world=world.calculation)
    before = dict(world.evidence.held), dict(world.achievements.results), dict(world.achievements.runs)
    assert frozen(world).id == run.id
    assert (world.evidence.held, world.achievements.results, world.achievements.runs) == before


def test_calculating_a_batch_twice_gives_the_same_bytes(world: World) -> None:
    send(world, *(practice_rows(code) for code in CODES))
    run = frozen(world)
    first = calculated(world, run)
    before = dict(world.evidence.held), dict(world.achievements.results)
    assert calculated(world, run) == first
    assert (world.evidence.held, world.achievements.results) == before


def test_a_later_value_makes_another_run(world: World) -> None:
    send(world, practice_rows("A81001"))
    run = frozen(world)
    send(world, practice_rows("A81001", value=60, time="14:16:53"), name="corrected")
    assert frozen(world).id != run.id


def test_a_value_that_arrives_late_but_was_submitted_earlier_changes_no_value(world: World) -> None:
    send(world, practice_rows("A81001", time="14:16:53"), name="corrected")
    run = frozen(world)
    send(world, practice_rows("A81001", value=60, time="11:19:50"))
    later = frozen(world)
    assert [batch.payment for batch in calculated(world, later)] == [batch.payment for batch in calculated(world, run)]


def test_a_practice_sent_in_two_files_is_whole(world: World) -> None:
    rows = list(practice_rows("A81001"))
    send(world, rows[:200], name="first")
    assert freeze_inputs(collection=YEAR_END, world=world.calculation) is None
    send(world, rows[200:], name="second")
    assert frozen(world).practices == 1


def test_practices_that_cannot_be_calculated_are_named_with_their_reason(world: World) -> None:
    partly = [row for row in practice_rows("A81002") if row[4:6] != ["AF006", "Numerator"]]
    send(world, practice_rows("A81001"), partly)
    run = frozen(world)
    assert (run.practices, run.incomplete) == (1, 2)
    assert ",0,A81002,AF006,Numerator,,PRACTICE-INCOMPLETE,practice," in problems(world, run)
    assert ',0,A81003,,,,PRACTICE-INCOMPLETE,practice,"Nothing was accepted' in problems(world, run)


def test_two_files_that_contradict_each_other_at_one_time_keep_the_practice_out(world: World) -> None:
    send(world, practice_rows("A81001"), practice_rows("A81002"))
    send(world, practice_rows("A81001", value=51), name="other")
    run = frozen(world)
    assert run.practices == 1
    assert "A81001,AF006,Numerator,51,PRACTICE-CONFLICT" in problems(world, run)


def test_a_practice_refused_in_a_file_brings_nothing_from_it(world: World) -> None:
    def spoil(row: list[str]) -> list[str]:
        return [*row[:6], "1.0", *row[7:]] if row[2:6:2] == ["A81001", "AF001"] else row

    content = extract(practice_rows("A81001"), practice_rows("A81002"), change=spoil)
    ingest_extract(upload=world.send(content), world=world.ingestion)
    assert frozen(world).practices == 1


def test_a_run_whose_batches_do_not_add_up_is_never_published(world: World) -> None:
    send(world, *(practice_rows(code) for code in CODES))
    run = frozen(world)
    with pytest.raises(IncompleteRun):
        publish_run(run=run, totals=calculated(world, run)[:1], world=world.calculation)
    assert world.achievements.published(collection=YEAR_END) is None


def test_a_run_with_older_inputs_that_ends_late_does_not_replace_the_later_one(world: World) -> None:
    send(world, practice_rows("A81001"))
    older = frozen(world)
    send(world, practice_rows("A81002"), name="more")
    later = frozen(world)
    assert publish_run(run=later, totals=calculated(world, later), world=world.calculation)
    assert not publish_run(run=older, totals=calculated(world, older), world=world.calculation)
    assert world.achievements.published(collection=YEAR_END) == later.id


def test_submissions_of_a_file_without_its_record_are_never_calculated(world: World) -> None:
    send(world, practice_rows("A81001"))
    world.submissions.accepted.clear()
    assert freeze_inputs(collection=YEAR_END, world=world.calculation) is None


def test_a_run_is_dated_before_anything_is_read_so_that_a_slower_older_one_never_replaces_a_later(
    world: World,
) -> None:
    """A file accepted while one run reads belongs to the next: the earlier clock, not the earlier end, decides."""
    send(world, practice_rows("A81001"))
    read, runs = world.organisations.on, list[Run]()

    def overtaken(*, list_date: date) -> Mapping[str, Organisation]:
        world.organisations.on = read  # type: ignore[method-assign]  # the story's own world
        send(world, practice_rows("A81002"), name="meanwhile")
        runs.append(frozen(world))
        return read(list_date=list_date)

    world.organisations.on = overtaken  # type: ignore[method-assign]  # as above
    older = frozen(world)
    assert runs[0].frozen_at > older.frozen_at


def test_who_is_left_out_and_why_makes_another_run(world: World) -> None:
    send(world, practice_rows("A81001"))
    run = frozen(world)
    partly = [row for row in practice_rows("A81002") if row[4] != "AF006"]
    send(world, partly, name="partly")
    assert frozen(world).id != run.id
    assert frozen(world).practices == run.practices


def counted_list(world: World, run: Run) -> object:
    return json.loads(world.evidence.held[f"runs/{run.id}/participation.json"])["file"]


def test_a_practice_that_does_not_take_part_at_the_date_is_neither_calculated_nor_left_out(world: World) -> None:
    """What it had sent before the list was received stays where it is, and does not count."""
    send(world, *(practice_rows(code) for code in CODES))
    world.offer("A81001", "A81002", order="2")
    run = frozen(world)
    assert (run.practices, run.incomplete) == (2, 0)
    assert b"A81003" not in world.evidence.held[f"inputs/{run.identity.inputs}.jsonl"]
    assert "A81003" not in problems(world, run)
    assert counted_list(world, run) == "list 2"


def test_a_participant_that_is_no_known_organisation_is_left_out_with_the_reason(world: World) -> None:
    world.offer(*CODES, "A81004")
    send(world, *(practice_rows(code) for code in (*CODES, "A81004")))
    run = frozen(world)
    assert (run.practices, run.incomplete) == (3, 1)
    assert 'tpp/april.csv,0,A81004,,,,PRACTICE-UNKNOWN,practice,"The participation list has' in problems(world, run)
    assert json.loads(world.evidence.held[f"runs/{run.id}/left_out.json"]) == {"A81004": ["tpp"]}


def test_without_a_list_every_organisation_takes_part_and_the_run_says_so(world: World) -> None:
    send(world, practice_rows("A81001"))
    run = frozen(world)
    assert (run.practices, run.incomplete, counted_list(world, run)) == (1, 2, None)
    assert ',0,,,,,WARNING-PARTICIPATION,warning,"No participation list was ever received' in problems(world, run)


def test_a_later_list_that_says_the_same_of_the_date_is_no_cause_for_another_run(world: World) -> None:
    world.offer(*CODES)
    send(world, *(practice_rows(code) for code in CODES))
    run, before = frozen(world), dict(world.evidence.held)
    world.offer(*CODES, ends=date(2024, 3, 31), order="2")
    assert frozen(world).id == run.id
    assert world.evidence.held == before
    world.offer(*CODES[:2], order="3")
    assert frozen(world).id != run.id


def test_a_run_is_reproduced_from_its_evidence_whatever_list_was_received_since(world: World) -> None:
    world.offer(*CODES[:2])
    send(world, *(practice_rows(code) for code in CODES))
    run = frozen(world)
    calculated(world, run)
    world.offer("A81003", order="2")
    replayed = replay_run(held=RunEvidence(id=run.id, evidence=world.evidence), code="this code")
    assert (replayed.reproduced, replayed.practices) == (True, 2)
