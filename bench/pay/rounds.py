"""The rounds: every program in turn, judged each time, and at last a round that only looks at the memory."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from shutil import rmtree

from bench.memory import can_be_told, peak_until_exit
from bench.pay.layout import PAYMENTS
from bench.pay.programs import Program
from bench.pay.tally import Tally
from bench.pay.verdict import Figures, judge
from bench.processes import Cost, ProgramFailed, on_two_cores, refuse_failure, run_program, start_program
from bench.timing import in_turn


class Rounds:
    """Runs programs over one nation. `right` is what each practice should get, `scratch` a folder to write to."""

    def __init__(self, *, inputs: Path, right: Mapping[str, Figures], scratch: Path) -> None:
        self._inputs, self._right, self._scratch = inputs, right, scratch

    def run(self, *, programs: Sequence[Program], rounds: int, advance: Callable[[int], None]) -> Mapping[str, Tally]:
        """The tallies by the program's key: a first round is dropped, then `rounds` count, then the memory is seen."""
        tallies = {program.key: Tally() for program in programs}
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
            tally.judge(verdict=judge(payments=out / PAYMENTS, right=self._right))
        except (ProgramFailed, FileNotFoundError) as error:
            tally.trouble = str(error)

    def _cost(self, program: Program, out: Path) -> Cost:
        command = program.command(inputs=self._inputs, out=out)
        return run_program(command=command, environment=program.environment, errors=out / "errors.txt")

    def _peak(self, program: Program, out: Path) -> int | None:
        if not can_be_told():
            return None
        errors = out / "errors.txt"
        command = program.command(inputs=self._inputs, out=out)
        process = start_program(command=command, environment=program.environment, errors=errors)
        peak = peak_until_exit(process=process)
        refuse_failure(process=process, errors=errors)
        return peak
