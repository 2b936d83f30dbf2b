"""What the deployed functions kept is enough to make a run again, and to explain it, without anything else."""

import json

import pytest

from functions.explain.reading import NotInRun, RunEvidence
from functions.explain.replaying import replay_run
from schemas.run import Run
from tests.integration.test_calculating import CODES, calculated, frozen, send
from tests.integration.worlds import World, practice_rows


@pytest.fixture
def world() -> World:
    world = World()
    world.know(*CODES)
    send(world, *(practice_rows(code) for code in CODES))
    return world


@pytest.fixture
def run(world: World) -> Run:
    run = frozen(world)
    calculated(world, run)
    return run


def held(world: World, run: Run) -> RunEvidence:
    return RunEvidence(id=run.id, evidence=world.evidence)


def test_a_run_of_the_deployed_functions_is_reproduced(world: World, run: Run) -> None:
    replayed = replay_run(held=held(world, run), code="this code")
    assert replayed.reproduced
    (sentence,) = replayed.sentences
    assert sentence.startswith("reproduced: 3 practices, £")


def test_other_code_alone_is_said_and_the_run_is_still_reproduced(world: World, run: Run) -> None:
    replayed = replay_run(held=held(world, run), code="that code")
    assert replayed.reproduced
    assert replayed.sentences[0] == (
        "The code differs: this installation is that code, the run was calculated by this code."
    )


def test_a_practice_that_lost_its_working_is_not_passed_over(world: World, run: Run) -> None:
    key = f"runs/{run.id}/working/0002.jsonl"
    world.evidence.held[key] = b""
    replayed = replay_run(held=held(world, run), code="this code")
    assert not replayed.reproduced
    assert replayed.sentences == ("The working of batch 2 has 0 practices, not 1.",)
    del world.evidence.held[key]
    assert not replay_run(held=held(world, run), code="this code").reproduced


def test_many_practices_that_differ_are_counted_and_the_first_are_named() -> None:
    world = World()
    codes = [f"A8100{number}" for number in range(8)]
    world.know(*codes)
    send(world, *(practice_rows(code) for code in codes))
    run = frozen(world)
    calculated(world, run, size=100)
    key = f"runs/{run.id}/working/0001.jsonl"
    world.evidence.held[key] = world.evidence.held[key].replace(b'"payment":', b'"payment":1')
    sentences = replay_run(held=held(world, run), code="this code").sentences
    assert [sentence.split()[3] for sentence in sentences[:5]] == codes[:5]
    assert sentences[5:] == ("And 3 more differ.",)


def test_a_practice_is_found_in_its_batch_and_one_of_another_run_is_not(world: World, run: Run) -> None:
    found = held(world, run)
    for code in CODES:
        assert found.explained(line=found.working_line(organisation=code)).organisation == code
        assert json.loads(found.inputs_line(organisation=code))["organisation"] == code
    with pytest.raises(NotInRun, match="Z99999 was not calculated in run"):
        found.working_line(organisation="Z99999")
