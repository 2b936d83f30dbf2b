"""An assembly is made once for a state of its sources."""

from pathlib import Path

from cqrs.assembly import KEY_FILE, assembly


def test_an_assembly_that_is_fresh_is_not_made_again(assemblies: dict[str, Path]) -> None:
    before = (assemblies["local"] / "Cqrs.template.json").stat().st_mtime_ns
    assert assembly("local") == assemblies["local"]
    assert (assemblies["local"] / "Cqrs.template.json").stat().st_mtime_ns == before


def test_an_assembly_carries_all_that_it_publishes(assemblies: dict[str, Path]) -> None:
    for folder in assemblies.values():
        assert (folder / KEY_FILE).exists()
        assert len(list(folder.glob("asset.*"))) == 2
