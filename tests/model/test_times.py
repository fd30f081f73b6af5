"""Times as the clock on the wall has them, in zones that try the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from coder.model.times import local_day, local_hour, local_minute

AT = "2026-11-26T20:43:59Z"

# As POSIX has them, so that no table of zones is needed: the sign is the other way round.
ZONES = {
    "UTC": "2026-11-26 20:43",
    "EST5": "2026-11-26 15:43",
    "IST-5:30": "2026-11-27 02:13",
    "NST3:30": "2026-11-26 17:13",
    "NPT-5:45": "2026-11-27 02:28",
}


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_is_that_of_here(zone: str, in_zone: Callable[[str], None]) -> None:
    in_zone(zone)
    assert local_minute(AT) == ZONES[zone]
    assert local_day(AT) == ZONES[zone][:10]


def test_summer_time_is_of_the_day_that_is_shown(in_zone: Callable[[str], None]) -> None:
    in_zone("CET-1CEST,M3.5.0,M10.5.0/3")
    assert local_minute("2026-07-01T22:30:00Z") == "2026-07-02 00:30"
    assert local_minute("2026-12-31T22:30:00Z") == "2026-12-31 23:30"


def test_another_zone_is_read_and_none_means_utc(in_zone: Callable[[str], None]) -> None:
    in_zone("IST-5:30")
    assert local_minute("2026-11-26T20:43:59+02:00") == "2026-11-27 00:13"
    assert local_minute("2026-11-26T20:43:59") == local_minute(AT)


@pytest.mark.parametrize("other", ["", "2026-11-26", "gone", "To be said", "0001-01-01T00:00:00Z"])
def test_what_is_no_time_or_has_no_other_stays(other: str, in_zone: Callable[[str], None]) -> None:
    in_zone("EST5")
    assert local_minute(other) == other
    assert local_day(other) == other


def test_of_today_only_the_hour_is_told(in_zone: Callable[[str], None]) -> None:
    in_zone("IST-5:30")
    now = datetime.now(UTC)
    is_new_day = local_day(now.isoformat()) != local_day((now + timedelta(minutes=1)).isoformat())
    if not is_new_day:
        assert local_hour(now.isoformat()) == local_minute(now.isoformat())[11:]
    before = (now - timedelta(days=1)).isoformat()
    assert local_hour(before) == local_minute(before)
