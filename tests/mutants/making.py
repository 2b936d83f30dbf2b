"""Prints the mutants of every module in scope.toml, a JSON object a line. It is run by an environment that holds
cosmic-ray and nothing of ours, so it imports nothing of ours.
"""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

IDENTITY = {"Is", "IsNot"}  # asked of None and of the members of enums, which have no order; of numbers it is chance


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Each way to change a source in one place, once: the operator that does it, and the source changed."""
    tree, seen = get_ast(source), {source}
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments() or confuses(name):  # an operator with arguments has to be told what to replace
            continue
        places = sum(1 for node in ast_nodes(tree) for _ in operator().mutation_positions(node))
        for place in range(places):
            changed = mutate_code(source, operator(), place)
            if changed not in seen and compiles(changed):
                seen.add(changed)
                yield name, changed


def confuses(operator: str) -> bool:
    """True of an operator that makes a question of identity one of size, or the other way round."""
    words = operator.partition("ReplaceComparisonOperator_")[2].split("_")
    return len({word in IDENTITY for word in words}) > 1


def compiles(source: str) -> bool:
    """False where Python itself notices, as of a division that takes the place of the star before keyword arguments."""
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def main() -> None:
    """Print them in the order of the modules."""
    scope = tomllib.loads(Path(__file__).with_name("scope.toml").read_text(encoding="utf-8"))
    for module in scope["module"]:
        source = Path(module["path"]).read_text(encoding="utf-8")
        for operator, changed in mutants(source):
            line = json.dumps({"module": module["path"], "operator": operator, "source": changed})
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
