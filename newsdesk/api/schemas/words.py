"""Words that requests and answers share."""

from typing import Annotated, Literal

from pydantic import Field

MAX_ID = 2**63 - 1

Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Kind = Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,49}$")]
"""Plugins add kinds, so there is no closed list of them in the contract; `GET /kinds` has those of this installation."""

State = Literal["queued", "running", "processed", "failed", "quarantined"]
PluginState = Literal["on", "off", "left-out", "unlisted", "restart"]
Verdict = Literal["accept", "reject", "correct", "add", "withdraw", "keep", "drop"]
Status = Literal[
    "carried", "suppressed", "kept", "changed", "ambiguous", "orphan", "covered", "historical", "dropped"
]  # fmt: skip
