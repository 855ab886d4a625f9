"""Identifiers, the clock, spans of days and pounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core import clock
from commonweal.core.ids import ids_from, uuid7
from commonweal.core.money import Money, Vat, check_year, financial_year
from commonweal.core.span import Span

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_identifiers_are_version_7_and_sort_by_age():
    early, late = [], []
    with clock.fixed(NOON):
        early = [uuid7() for _ in range(50)]
    with clock.fixed(NOON + timedelta(milliseconds=1)):
        late = [uuid7() for _ in range(50)]
    assert all(one.version == 7 and one.variant == "specified in RFC 4122" for one in (*early, *late))
    assert max(early) < min(late)
    assert len({*early, *late}) == 100


def test_identifier_carries_its_instant():
    with clock.fixed(NOON):
        assert uuid7().int >> 80 == int(NOON.timestamp() * 1000)


def test_seeded_identifiers_repeat():
    def run() -> list[str]:
        with clock.fixed(NOON), ids_from(Random(7).randbytes):
            return [str(uuid7()) for _ in range(5)]

    assert run() == run()
    assert len(set(run())) == 5


def test_clock_stands_still_only_inside():
    with clock.fixed(NOON):
        assert clock.now() == NOON
    assert clock.now() != NOON


@pytest.mark.parametrize(("instant", "day"), [
    (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
    (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),     # summer time: midnight in London
    (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    (datetime(2028, 2, 29, 0, 0, tzinfo=UTC), date(2028, 2, 29)),
])
def test_today_is_londons(instant, day):
    with clock.fixed(instant):
        assert clock.today() == day


def test_clock_refuses_an_instant_without_zone():
    with pytest.raises(ValueError, match="time zone"), clock.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_span_is_half_open():
    span = Span(date(2026, 4, 1), date(2027, 4, 1))
    assert span.holds(date(2026, 4, 1))
    assert span.holds(date(2027, 3, 31))
    assert not span.holds(date(2027, 4, 1))
    assert span.days == 365
    assert Span(date(2026, 4, 1)).days is None


@pytest.mark.parametrize("end", [date(2026, 4, 1), date(2026, 3, 31)])
def test_span_must_end_after_it_starts(end):
    with pytest.raises(ValueError, match="must end after"):
        Span(date(2026, 4, 1), end)


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
SPANS = st.builds(
    lambda start, days: Span(start, start + timedelta(days=days) if days else None),
    DAYS, st.integers(0, 900),
)


@given(one=SPANS, other=SPANS)
def test_spans_overlap_when_a_day_is_in_both(one, other):
    later = max(one.start, other.start)
    assert one.overlaps(other) == other.overlaps(one) == (one.holds(later) and other.holds(later))


@pytest.mark.parametrize(("day", "year"), [
    (date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(1999, 12, 31), "1999-00"),
])
def test_financial_year_starts_on_1_april(day, year):
    assert financial_year(day) == year
    assert check_year(year) == year


@pytest.mark.parametrize("text", ["2026", "2026/27", "2026-28", "26-27", ""])
def test_financial_year_is_written_one_way(text):
    with pytest.raises(ValueError, match="2026-27"):
        check_year(text)


def pounds(amount: str, **changes: object) -> Money:
    said = {"pounds": Decimal(amount), "vat": Vat.EXCLUDED, "price_year": "2025-26", "year": "2026-27", **changes}
    return Money(**said)  # type: ignore[arg-type]


@pytest.mark.parametrize(("amount", "words"), [
    ("2000000", "£2,000,000"), ("-12.5", "−£12.50"), ("0", "£0"), ("0.05", "£0.05"),
])
def test_money_is_written_in_pounds(amount, words):
    assert str(pounds(amount)) == words


def test_money_is_never_float_nor_fractions_of_pennies():
    with pytest.raises(TypeError, match="never float"):
        pounds("1", pounds=1.5)
    for wrong in ("0.001", "NaN", "Infinity", "1e12"):
        with pytest.raises(ValueError, match="amount"):
            pounds(wrong)


def test_money_adds_only_like_with_like():
    assert pounds("1.10").plus(pounds("2.20")).pounds == Decimal("3.30")
    for other in ({"vat": Vat.INCLUDED}, {"price_year": "2024-25"}, {"year": "2025-26"}):
        with pytest.raises(ValueError, match="cannot be added"):
            pounds("1").plus(pounds("1", **other))


def test_money_scales_to_the_penny_halves_to_even():
    assert pounds("0.05").times(Decimal("0.5")).pounds == Decimal("0.02")
    assert pounds("0.15").times(Decimal("0.5")).pounds == Decimal("0.08")
