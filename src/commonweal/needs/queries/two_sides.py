"""Both sides of need in one place: what people need of culture and sport, and what these do for wider needs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core.figure import Grade, Quality
from commonweal.core.queries.partnerships import PlaceCard, partnership_for
from commonweal.core.viewer import Viewer
from commonweal.needs.content import read
from commonweal.needs.models import NeedState, Side
from commonweal.needs.queries.needs import NeedCard, needs_for
from commonweal.needs.queries.priorities import PlaceFigure, PriorityCard, place_figures, priorities_for
from commonweal.policy.contributions import Contribution, contributions

WIDER = "contribution"  # the side of a theme, as themes.yaml names it


@dataclass(frozen=True, slots=True)
class Research:
    """One finding of research with its grade and the reasons for it."""

    finding: Contribution
    quality: Quality


@dataclass(frozen=True, slots=True)
class WiderTheme:
    """One wider need: whose priority it is, figures, what the partners have said, research for and against."""

    key: str
    title: str
    about: str
    needs: tuple[NeedCard, ...]
    research: tuple[Research, ...]
    priorities: tuple[PriorityCard, ...] = ()
    figures: tuple[PlaceFigure, ...] = ()

    @property
    def spoken_of(self) -> bool:
        """Whether anybody, here or elsewhere, has said anything of it."""
        return bool(self.needs or self.research or self.priorities)


@dataclass(frozen=True, slots=True)
class TwoSides:
    """The two sides; `places` are those with published figures beside them."""

    culture: tuple[NeedCard, ...]
    wider: tuple[WiderTheme, ...]
    places: tuple[PlaceCard, ...]
    culture_priorities: tuple[PriorityCard, ...] = ()

    @property
    def spoken_of(self) -> tuple[WiderTheme, ...]:
        """The themes of which something is said."""
        return tuple(theme for theme in self.wider if theme.spoken_of)

    @property
    def silent(self) -> tuple[WiderTheme, ...]:
        """The themes of which nothing is said yet."""
        return tuple(theme for theme in self.wider if not theme.spoken_of)

    @property
    def wider_needs(self) -> int:
        """How many wider needs the partners have written."""
        return sum(len(theme.needs) for theme in self.wider)


def two_sides(viewer: Viewer, partnership: UUID) -> TwoSides:
    """Both sides, of the needs that stand; whoever sees the needs sees them."""
    standing = [card for card in needs_for(viewer, partnership) if card.state is not NeedState.WITHDRAWN]
    helped = [card for card in standing if card.side == Side.HELPED_BY_CULTURE.label]
    places = tuple(place for place in partnership_for(viewer, partnership).places if place.code)
    priorities, figures = priorities_for(viewer, partnership), place_figures(viewer, partnership)
    wider = _wider(helped, priorities, figures)
    keys = {theme.key for theme in wider}
    return TwoSides(
        tuple(card for card in standing if card.side == Side.FOR_CULTURE.label), wider, places,
        tuple(card for card in priorities if card.theme not in keys),
    )


def _wider(
    helped: list[NeedCard], priorities: tuple[PriorityCard, ...], figures: dict[str, tuple[PlaceFigure, ...]]
) -> tuple[WiderTheme, ...]:
    """Every wider theme, and any other under which the partners wrote a wider need."""
    themes = read("themes")["themes"]
    found = [
        WiderTheme(
            row["key"], row["title"], row["about"], tuple(card for card in helped if card.theme == row["key"]),
            research_on(row["key"]), tuple(card for card in priorities if card.theme == row["key"]),
            figures.get(row["key"], ()),
        )
        for row in themes
    ]
    wider = {row["key"] for row in themes if row["side"] == WIDER}
    return tuple(theme for theme in found if theme.key in wider or theme.needs)


def research_on(theme: str) -> tuple[Research, ...]:
    """What research says on a theme, each with its grade, in the order of the file."""
    return tuple(
        Research(one, Quality(Grade(one.grade), one.reasons)) for one in contributions() if one.theme == theme
    )
