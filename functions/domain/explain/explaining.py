"""Putting an explanation together from what a run keeps: its document, its national figures, a practice's working."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from functions.domain.calculate.deciding import PROTECTION
from functions.domain.calculate.inputs import FixedPoints, FrozenPractice
from functions.domain.calculate.rules import Rules, hundredths
from functions.domain.calculate.text import decimal_text
from functions.domain.evidence.national import NationalFigures
from functions.domain.evidence.working import KeptWorking
from functions.domain.explain.waterfall import waterfall
from functions.domain.submission import ABSENT, FILE, submitted_at
from schemas.decision import PointsDecision
from schemas.explanation import (
    Citation,
    Count,
    ExplainedFigure,
    ExplainedFile,
    ExplainedLine,
    ExplainedList,
    ExplainedPolicy,
    ExplainedRun,
    Explanation,
    NationalFigure,
    NextPatient,
    PointsLeft,
    UnavailableGroup,
)
from schemas.run import Run
from schemas.service import Indicator, ServiceDocument
from schemas.working import Gain, WorkingLine

NO_LIST = "The list is 0, so nothing is paid, whatever the points."


def explanation(
    *,
    run: Run,
    document: ServiceDocument,
    rules: Rules,
    national: NationalFigures,
    working: KeptWorking,
) -> Explanation:
    """The explanation of one practice."""
    practice = working.practice
    year, listed = document.year, _listed(practice)
    lines = _Lines(run=run, document=document, rules=rules, national=national, working=working)
    return Explanation(
        service=document.code,
        service_name=document.name,
        organisation=practice.organisation,
        commissioner=practice.commissioner,
        achievement_date=run.collection.achievement_date,
        run_kind=run.collection.run_kind,
        points=decimal_text(working.points, places=2),
        offered=decimal_text(rules.total, places=2),
        available=decimal_text(working.available, places=2),
        unavailable=tuple(_unavailable(document, rules, working)),
        payment=decimal_text(working.payment, places=2),
        remark="" if practice.list_size else NO_LIST,
        left=_left(working.gains[-1]),
        list_size=practice.list_size,
        list_date=document.parameters.practice_list.value if listed is None else listed.counted,
        listed=listed,
        days_open=practice.days_open,
        days=(year.ends - year.starts).days + 1,
        figures=tuple(_figures(document)),
        policies=tuple(_policies(document)),
        files=tuple(_files(practice)),
        lines=tuple(lines.all()),
        run=_run(run),
    )


class _Lines:
    """The lines of one practice: those of the working in their order, each with what is behind it."""

    def __init__(
        self,
        *,
        run: Run,
        document: ServiceDocument,
        rules: Rules,
        national: NationalFigures,
        working: KeptWorking,
    ) -> None:
        self._day = run.collection.achievement_date
        self._document, self._rules, self._national = document, rules, national
        self._working = working
        self._decisions = {decision.id: decision for decision in working.practice.decisions}
        self._indicators = {indicator.code: indicator for indicator in document.indicators}
        self._gains = {gain.indicator: gain for gain in working.gains}

    def all(self) -> Iterator[ExplainedLine]:
        for line in self._working.lines:
            indicator = self._indicators.get(line.indicator)
            yield self._rounding(line) if indicator is None else self._line(line, indicator)

    def _rounding(self, line: WorkingLine) -> ExplainedLine:
        return ExplainedLine(**_told(line), **NOTHING_BEHIND)

    def _line(self, line: WorkingLine, indicator: Indicator) -> ExplainedLine:
        counts = tuple(self._counts(indicator))
        gain = self._gains[indicator.code]
        fixed = self._working.practice.fixed.get(indicator.code)
        return ExplainedLine(
            **_told(line),
            wording=indicator.wording,
            group=indicator.group,
            points_source=self._citation(indicator.points_source),
            threshold_source=self._citation(indicator.threshold_source),
            counts=counts,
            steps=waterfall(indicator=indicator, counts=counts, adjustments=self._document.adjustments),
            next_patient=NextPatient(
                points=gain.next_points or None, pounds=gain.next_pounds or None, reason=gain.next_reason
            ),
            left=_left(gain),
            national=self._national_figure(indicator.code),
            decision_id=None if fixed is None else fixed.decision,
            decision=None if fixed is None else self._decision(indicator.code, fixed),
        )

    def _decision(self, indicator: str, fixed: FixedPoints) -> PointsDecision | None:
        """The decision as it is kept; protected points are decided by the document itself."""
        protection = self._document.protection
        if protection is None or not fixed.decision.startswith(PROTECTION):
            return self._decisions.get(fixed.decision)
        return PointsDecision(
            id=fixed.decision,
            service=self._document.code,
            achievement_date=self._day,
            organisation=self._working.practice.organisation,
            indicator=indicator,
            points=fixed.points,
            author=protection.author,
            reason=protection.reason,
            source=self._document.sources[protection.source].text,
        )

    def _counts(self, indicator: Indicator) -> Iterator[Count]:
        submission = self._working.practice.submission
        for field, slot in self._rules.grid.numbers[indicator.code].items():
            if submission.values[slot] == ABSENT:
                yield Count(field=field, value=None, file=None, line=None, submitted=None)
            else:
                file, line = divmod(submission.places[slot], FILE)
                value, submitted = submission.values[slot], submitted_at(stamp=submission.stamps[slot])
                yield Count(field=field, value=value, file=file + 1, line=line, submitted=submitted)

    def _citation(self, source: str | None) -> Citation | None:
        found = None if source is None else self._document.sources[source]
        return None if found is None else Citation(mark=found.mark, text=found.text)

    def _national_figure(self, code: str) -> NationalFigure | None:
        figures = self._national
        if code not in figures.prevalence:
            return None
        places = len(str(figures.scale)) - 1
        return NationalFigure(
            prevalence=decimal_text(figures.prevalence[code], places=places),
            policy=self._rules.national_prevalence,
            practices=figures.practices,
            people=figures.people,
            sum_of_prevalences=decimal_text(figures.raw[code], places=places),
            people_on_registers=figures.registers[code],
        )


NOTHING_BEHIND = {
    **dict.fromkeys(("wording", "group"), ""),
    **dict.fromkeys(("counts", "steps"), ()),
    **dict.fromkeys(("points_source", "threshold_source", "next_patient", "left", "national")),
    **dict.fromkeys(("decision_id", "decision")),
}


def _told(line: WorkingLine) -> dict[str, str]:
    told = line._asdict()
    told["register_count"] = told.pop("register")
    return told


def _left(gain: Gain) -> PointsLeft:
    return PointsLeft(points=gain.left_points or None, pounds=gain.left_pounds or None)


def _files(practice: FrozenPractice) -> Iterator[ExplainedFile]:
    for number, file in enumerate(practice.files, 1):
        yield ExplainedFile(number=number, id=file.id, name=file.name, supplier=file.supplier)


def _listed(practice: FrozenPractice) -> ExplainedList | None:
    listed = practice.listed
    return None if listed is None else ExplainedList(**asdict(listed))


def _unavailable(document: ServiceDocument, rules: Rules, working: KeptWorking) -> Iterator[UnavailableGroup]:
    """The groups whose points are not available, as the rules take them out: but for those it has all the same."""
    names = {group.code: group.name for group in document.groups}
    points = {line.indicator: hundredths(Decimal(line.points)) for line in working.lines if line.points}
    for group in rules.zero_groups:
        lost = group.points - sum(points[rules.rules[place].code] for place in group.places)
        if lost and working.practice.submission.values[group.decided_by] == 0:
            slot = rules.grid.slots[group.decided_by]
            yield UnavailableGroup(
                code=group.code,
                name=names[group.code],
                decided_by=slot.indicator,
                register_name=slot.field,
                points=decimal_text(lost, places=2),
            )


def _figures(document: ServiceDocument) -> Iterator[ExplainedFigure]:
    for name, figure in document.parameters:
        source = document.sources[figure.source]
        yield ExplainedFigure(
            name=name.replace("_", " "),
            value=str(figure.value),
            unit=figure.unit,
            date=figure.date,
            authority=figure.authority,
            mark=source.mark,
            source=source.text,
        )


def _policies(document: ServiceDocument) -> Iterator[ExplainedPolicy]:
    for name, policy in document.policies:
        source = document.sources[policy.source]
        yield ExplainedPolicy(name=name.replace("_", " "), rule=policy.rule, mark=source.mark, source=source.text)


def _run(run: Run) -> ExplainedRun:
    return ExplainedRun(
        id=run.id,
        inputs=run.identity.inputs,
        document=run.identity.document,
        code=run.identity.code,
        frozen_at=run.frozen_at,
        practices=run.practices,
        incomplete=run.incomplete,
    )
