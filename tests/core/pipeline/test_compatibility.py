import pytest

from newsdesk.pipeline.compatibility import declared_range, why_incompatible


@pytest.mark.parametrize(
    "declared",
    [
        ">=0.2", "<0.1.5", ">0.1.5", "<=0.1.4", "==0.1", "==0.2.*", "!=0.1.5", "!=0.1.*", "~=0.2", "~=0.1.6", "~=1.0",
        ">=0.1,<0.1.5", ">=1", "==0.1.5.1", ">=0.10", "~=0.1.4.9",
    ],
)  # fmt: skip
def test_version_out_of_the_range_is_told_with_both(declared):
    assert why_incompatible(declared, "0.1.5") == f"is made for newsdesk{declared}, and this is Newsdesk 0.1.5"


@pytest.mark.parametrize(
    "clause", ["0.1", ">=", ">=0.1rc1", "=>0.1", "===0.1.5", ">=0.*", "~=1", "~=0.1.*", ">=v0.1", "latest", ">=0.1 0.2", "==*"]
)
def test_range_that_cannot_be_read_is_not_guessed(clause):
    assert why_incompatible(f">=0.1,{clause}", "0.1.5") == (
        f"requires 'newsdesk>=0.1,{clause}', where {clause!r} cannot be read; write it as in 'newsdesk>=0.1,<0.2'"
    )


@pytest.mark.parametrize(
    "declared",
    [
        "", ">=0.1,<0.2", ">=0.1", "<0.2", "==0.1.5", "==0.1.5.0", "==0.1.*", "==0.*", "!=0.1.4", "!=0.2.*", "~=0.1",
        "~=0.1.3", "<=0.1.5", ">=0.1.5", ">0.1.4", " >= 0.1 , < 0.2 ", ">=0.1,", "<0.10",
    ],
)  # fmt: skip
def test_version_in_the_range_has_nothing_wrong(declared):
    assert why_incompatible(declared, "0.1.5") is None


@pytest.mark.parametrize(
    "requirement",
    [
        "newsdesk-text>=9", "newsdesk", "pluggy>=1", "newsdesk[server]", "newsdesk @ file:///somewhere",
        "newsdesk>=9; extra == 'test'", 'newsdesk>=9 ; python_version < "3"', "", ";", "news desk>=9",
    ],
)  # fmt: skip
def test_requirement_that_says_nothing_for_all_gives_no_range(requirement):
    assert declared_range([requirement]) == ""


@pytest.mark.parametrize(
    ("requirement", "declared"),
    [
        ("newsdesk>=0.1,<0.2", ">=0.1,<0.2"),
        ("Newsdesk (<0.2, >=0.1)", ">=0.1,<0.2"),
        ("newsdesk[server] >=0.1", ">=0.1"),
        ("newsdesk ~=0.1 ;", "~=0.1"),
    ],
)
def test_requirement_of_newsdesk_is_the_range(requirement, declared):
    assert declared_range(["pluggy>=1", requirement, "newsdesk-text>=9"]) == declared


def test_two_requirements_are_both_held_to():
    assert declared_range(["newsdesk>=0.1", "newsdesk<0.2"]) == ">=0.1,<0.2"
