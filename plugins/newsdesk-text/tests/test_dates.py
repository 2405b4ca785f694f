import pytest
from newsdesk_text.dates import find_date


@pytest.mark.parametrize(
    "line",
    ["", "In 2026 it rained.", "4/5/2026", "31 February 2026", "Call 12.13.2026", "May 2026", "99 problems 2026", "10:30"],
)
def test_no_date_that_can_be_read_one_way(line):
    assert find_date(line) is None


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published 12 March 2026", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("12 March 2026, 18:40:59", "2026-03-12T18:40:59"),
        ("12 March 2026, 6:40pm", "2026-03-12T18:40:00"),
        ("2026-03-12 18:40 UTC", "2026-03-12T18:40:00Z"),
        ("Stand: 12.03.2026 18:40 Uhr", "2026-03-12T18:40:00"),
        ("12. März 2026", "2026-03-12"),
        ("le 1er août 2026", "2026-08-01"),
        ("12 de marzo de 2026", "2026-03-12"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("2026年3月12日", "2026-03-12"),
    ],
)
def test_date_is_read(line, value):
    assert find_date(line).value == value
