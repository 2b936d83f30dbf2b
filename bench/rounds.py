"""The rounds: every program in turn, judged each time, and at last a round that only looks at the memory."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Generic, Protocol, TypeVar

from bench.costs import Costs
from bench.memory import can_be_told, peak_until_exit
from bench.processes import Cost, ProgramFailed, on_two_cores, refuse_failure, run_program, start_program
from bench.timing import in_turn

Tally = TypeVar("Tally", bound=Costs)


class Program(Protocol):
    """A program by its short name, and the variables of its environment."""

    @property
    def key(self) -> str:
        """The short name."""

    @property
    def environment(self) -> Mapping[str, str]:
        """What is added to the variables of the environment."""

    def command(self, *, inputs: Path, out: Path) -> Sequence[str]:
        """The command that reads the files of `inputs` and writes into the folder `out`."""


class Run(Protocol):
    """A way to run a program to its end and to say what it cost. Raises ProgramFailed."""

    def __call__(self, *, command: Sequence[str], environment: Mapping[str, str], errors: Path) -> Cost:
        """Run it; what it says on standard error is kept in `errors`."""


class Rounds(Generic[Tally]):
    """Runs programs over the files of `inputs`, each of which writes into a folder of its own in `scratch`.

    `judge` takes in a tally what the program of a key wrote into a folder; `run` says which of its time counts.
    """

    def __init__(
        self,
        *,
        inputs: Path,
        scratch: Path,
        tally: Callable[[], Tally],
        judge: Callable[[str, Path, Tally], None],
        run: Run = run_program,
    ) -> None:
        self._inputs, self._scratch = inputs, scratch
        self._tally, self._judge, self._run = tally, judge, run

    def run(self, *, programs: Sequence[Program], rounds: int, advance: Callable[[int], None]) -> Mapping[str, Tally]:
        """The tallies by the program's key: a first round is dropped, then `rounds` count, then the memory is seen."""
        tallies = {program.key: self._tally() for program in programs}
        with on_two_cores():
            for number in range(rounds + 2):
                for program in in_turn(contenders=programs, number=number):
                    if not tallies[program.key].trouble:
                        self._turn(program, tallies[program.key], number, watched=number > rounds)
                    advance(1)
        return tallies

    def _turn(self, program: Program, tally: Tally, number: int, *, watched: bool) -> None:
        """One run. Looking at the memory disturbs a program, so a run that is watched is not timed."""
        out = self._scratch / program.key
        rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        try:
            if watched:
                tally.peak = self._peak(program, out)
            else:
                cost = self._cost(program, out)
                if number:
                    tally.count(cost=cost)
            self._judge(program.key, out, tally)
        except (ProgramFailed, FileNotFoundError) as error:
            tally.trouble = str(error)

    def _cost(self, program: Program, out: Path) -> Cost:
        command = program.command(inputs=self._inputs, out=out)
        return self._run(command=command, environment=program.environment, errors=out / "errors.txt")

    def _peak(self, program: Program, out: Path) -> int | None:
        if not can_be_told():
            return None
        errors = out / "errors.txt"
        command = program.command(inputs=self._inputs, out=out)
        process = start_program(command=command, environment=program.environment, errors=errors)
        peak = peak_until_exit(process=process)
        refuse_failure(process=process, errors=errors)
        return peak
