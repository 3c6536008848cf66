"""Observations as rows and back, whatever they say."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given

from plantrack.model import Observation
from plantrack.model.base import Model
from plantrack.store.convert import OBSERVATION, observation_columns, observation_of
from plantrack.testing import strategies


def parts(one: Model) -> Iterator[Model]:
    """A model with all that it is made of."""
    yield one
    for value in vars(one).values():
        if isinstance(value, Model):
            yield from parts(value)


@given(strategies.observations())
def test_an_observation_comes_back_with_all_fields_of_its_parts_in_their_order(one: Observation):
    columns = observation_columns(one)
    again = observation_of([columns[name] for name in OBSERVATION], one.series)
    assert again == one
    assert again.model_dump_json() == one.model_dump_json()
    for part in parts(again):
        assert list(vars(part)) == list(type(part).model_fields)
        type(part).model_validate(vars(part), strict=True)
