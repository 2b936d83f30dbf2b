"""What the trials of a module say: which survivors nobody argued for, and which arguments nobody needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.mutants.mutant import Change, spaced
from tests.mutants.scope import Module
from tests.mutants.trial import Trial, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one module: how many mutants came to which verdict, how many survivors are argued for, the survivors that are
    not, and the argued changes, as (line, becomes), that no survivor makes.
    """

    module: str
    verdicts: Counter[Verdict]
    argued: int
    survivors: tuple[Change, ...]
    idle: tuple[tuple[str, str], ...]

    @property
    def passed(self) -> bool:
        """True where every survivor is argued for and every argument needed."""
        return not self.survivors and not self.idle


def judgement(*, module: Module, trials: Iterable[Trial]) -> Judgement:
    """Judge the trials of a module."""
    tried = list(trials)
    source = module.source
    survivors = [one.mutant.change(original=source) for one in tried if one.verdict is Verdict.SURVIVED]
    argued = {(spaced(one.line), spaced(becomes)) for one in module.argued for becomes in one.becomes}
    changes = {(change.line, change.becomes) for change in survivors}
    return Judgement(
        module=module.path,
        verdicts=Counter(one.verdict for one in tried),
        argued=sum((change.line, change.becomes) in argued for change in survivors),
        survivors=tuple(sorted(change for change in survivors if (change.line, change.becomes) not in argued)),
        idle=tuple(sorted(argued - changes)),
    )
