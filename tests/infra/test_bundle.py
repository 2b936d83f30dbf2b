"""What the functions are made of is complete, small, and the same wherever it is built."""

from pathlib import Path

import pytest

from infra.bundle import ROOT, code_bundle, code_sources, folder_name, layer_bundle, layer_digest
from infra.stage import AWS, LOCAL, STAGES, Stage

LAYER_LIMIT = 80 * 2**20  # of which numpy takes most; with the code it must stay far below the 250 MB of a function
AARCH64 = (183).to_bytes(2, "little")  # in bytes 18 and 19 of an ELF file


def _files(folder: Path, suffix: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{suffix}")}


def test_the_code_is_functions_and_schemas_and_nothing_else() -> None:
    folder = code_bundle(AWS).folder
    assert sorted(path.name for path in folder.iterdir()) == ["functions", "schemas"]
    assert _files(folder, ".py") | _files(folder, ".toml") == {
        source.relative_to(ROOT).as_posix() for source in code_sources()
    }
    assert not _files(folder, ".md")


def test_the_code_of_every_stage_has_the_same_name() -> None:
    assert code_bundle(AWS).digest == code_bundle(LOCAL).digest


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_the_layer_holds_what_is_imported_and_not_what_the_runtime_brings(stage: Stage) -> None:
    folder = layer_bundle(stage).folder / "python"
    packages = {path.name for path in folder.iterdir() if path.is_dir()}
    assert {"aws_lambda_powertools", "pydantic", "pydantic_core", "jmespath"} <= packages
    assert not packages & {"boto3", "botocore", "bin"}
    assert not list((folder / "numpy").rglob("tests"))


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_the_layer_is_small(stage: Stage) -> None:
    folder = layer_bundle(stage).folder
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < LAYER_LIMIT


def test_the_layer_for_aws_is_built_for_its_processor() -> None:
    compiled = [path for path in layer_bundle(AWS).folder.rglob("*.so*") if path.is_file()]
    modules = {path.name for path in compiled if ".cpython-" in path.name}
    assert modules
    assert not [name for name in modules if ".cpython-313-aarch64-linux-gnu." not in name]
    assert not [path.name for path in compiled if path.read_bytes()[18:20] != AARCH64]


def test_a_layer_that_is_there_is_not_built_again(tmp_path: Path) -> None:
    """The packages cannot be had here, since the lock names one that does not exist: only what is built will do."""
    lock = tmp_path / "functions.lock"
    lock.write_text("no-such-package-as-this==1.0\n", encoding="utf-8")
    built = tmp_path / folder_name("layer", LOCAL, layer_digest(LOCAL, lock=lock))
    built.mkdir()
    assert layer_bundle(LOCAL, lock=lock, build=tmp_path).folder == built


def test_the_lock_names_no_place_that_packages_come_from() -> None:
    lock = (ROOT / "requirements" / "functions.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--hash=sha256:" in lock
