"""From a judgement down to the sentences that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from plantrack.errors import UsageError
from plantrack.model import Observation
from plantrack.store.assessments import Assessments
from plantrack.store.convert import figure_of
from plantrack.store.documents import kept_document, with_document
from plantrack.store.kept import Step, Trace, Version
from plantrack.store.observations import Observations
from plantrack.store.plans import Plans
from plantrack.store.tables import (
    AssessmentRow,
    FigureRow,
    ObservationRow,
    PlanVersionRow,
    ReadingRow,
    TextRow,
    table,
)
from plantrack.store.work import Work

_observation, _text = table(ObservationRow), table(TextRow)


class Tracing:
    """The way back: assessment → observation → figure → sentence → document, reader and rules."""

    def __init__(
        self, work: Work, plans: Plans, observations: Observations, assessments: Assessments
    ) -> None:
        self._work = work
        self._plans = plans
        self._observations = observations
        self._assessments = assessments

    def trace(self, plan: str, target_id: str, assessment: int | None = None) -> Trace:
        """What a judgement of a target rests on; without `assessment` the last one. UsageError where there is none."""
        if assessment is None:
            judged = self._assessments.last(plan, [target_id]).get(target_id)
        else:
            judged = self._assessments.get(assessment)
        if judged is None or (judged.plan, judged.target_id) != (plan, target_id):
            self._plans.get(plan).plan.target(target_id)  # says which there are
            raise UsageError(
                f"The target '{target_id}' of the plan '{plan}' has no such assessment. "
                f"See them with: plantrack history {target_id}."
            )
        made_of = table(AssessmentRow)
        statement = select(made_of.c.plan_version_id).where(made_of.c.id == judged.id)
        version = self._work.connection.execute(statement).scalar_one()
        return Trace(judged, self._plans.target_of(version, target_id), self._steps(judged.id))

    def _steps(self, assessment: int) -> tuple[Step, ...]:
        numbers = self._assessments.evidence(assessment)
        observations = self._observations.by_id(numbers)
        rows = {
            row.id: row
            for row in self._work.rows_in(select(_observation), _observation.c.id, numbers)
        }
        figures = self._by_id(select(table(FigureRow)), FigureRow, "figure_id", rows)
        readings = self._by_id(with_document(), ReadingRow, "reading_id", rows)
        versions = self._by_id(
            select(table(PlanVersionRow)), PlanVersionRow, "plan_version_id", rows
        )
        hashes = {r.text_sha256 for r in (*readings.values(), *versions.values())} - {None}
        contents = {
            row.sha256: row.content
            for row in self._work.rows_in(select(_text), _text.c.sha256, sorted(hashes))
        }

        def step(number: int) -> Step:
            row, one = rows[number], observations[number]
            figure, reading = figures.get(row.figure_id), readings.get(row.reading_id)
            origin = reading or versions.get(row.plan_version_id)
            return Step(
                observation=one,
                figure=None if figure is None else figure_of(figure, row.doc),
                sentence=_sentence(
                    one, "" if origin is None else contents.get(origin.text_sha256, "")
                ),
                document=None if reading is None else kept_document(reading),
                version=None if origin is None else Version(origin.reader, origin.rules),
            )

        return tuple(map(step, numbers))

    def _by_id(
        self,
        statement: Any,  # noqa: ANN401  a Select of any columns
        kind: type[FigureRow | ReadingRow | PlanVersionRow],
        column: str,
        rows: Mapping[int, Row[Any]],
    ) -> dict[int, Row[Any]]:
        wanted = {getattr(row, column) for row in rows.values()} - {None}
        found = self._work.rows_in(statement, table(kind).c.id, sorted(wanted))
        return {row.id: row for row in found}


def _sentence(one: Observation, content: str) -> str:
    """The sentence in the text as it was read; the quotation where there is no text."""
    sentence = one.source.sentence
    return sentence.of(content) if sentence is not None and content else one.source.quote
