"""Colours that can be read and told apart: computed, not judged by eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from plantrack.model import Status
from plantrack.show.site.colours import contrast
from plantrack.show.theme import THEMES

# Machado, Oliveira, Fernandes 2009 (IEEE TVCG 15: 1291—1298): how colours look, in linear RGB,
# to eyes without red, green or blue cones.
SEEN_BY = {
    "all cones": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
# Ottosson 2020: from linear RGB to Oklab, in which equal distances look equal.
CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
APART = 0.05  # more than twice what two patches side by side need to be told apart


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    return LAB @ np.cbrt(CONES @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_can_be_read_on_its_paper(theme):
    inks = [theme.ink, theme.muted, theme.accent, theme.need, *map(theme.status, Status)]
    assert [ink for ink in inks if contrast(ink, theme.paper) < 4.5] == []


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_statuses_stay_apart_for_colour_blind_readers(theme, eyes):
    seen = {s: oklab(np.array(SEEN_BY[eyes]) @ linear(theme.status(s))) for s in Status}
    near = [
        (a.value, b.value)
        for a, b in combinations(Status, 2)
        if np.linalg.norm(seen[a] - seen[b]) < APART
    ]
    assert near == []
