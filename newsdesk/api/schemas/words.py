"""Words that requests and answers share."""

from typing import Annotated, Literal

from pydantic import Field

from newsdesk.sdk import KINDS

MAX_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Kind = Literal[tuple(name for name in KINDS if name != "text")]  # type: ignore[valid-type]
State = Literal["queued", "running", "processed", "failed", "quarantined"]
Verdict = Literal["accept", "reject", "correct", "add", "withdraw", "keep", "drop"]
Status = Literal[
    "carried", "suppressed", "kept", "changed", "ambiguous", "orphan", "covered", "historical", "dropped"
]  # fmt: skip
