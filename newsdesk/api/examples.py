"""Examples for the contract: one short story, told by every operation. Tests hold them to their schemas."""

from collections.abc import Mapping
from typing import Any

_TIME = "2026-03-02T09:30:00.000Z"
_SHA256 = "a3bb0a8a1a59e0f4b4a3d0b1f6c1f5a8a1d6e4d4c9f4b7e1a2c3d4e5f6071829"
_UUID = "6f1c7f3e-9f0e-4d7a-8c3b-2b1f4f5d6e70"
_QUOTE = {
    "type": "direct",
    "quotation": "We open on Monday",
    "speaker": {"name": "Ana Ruiz", "mention": "Ana Ruiz", "role": "the harbour master", "kind": "person"},
}

RUN: Mapping[str, Any] = {
    "id": 31,
    "snapshot": 12,
    "processor": "quotes",
    "version": "1",
    "options": {},
    "outcome": "done",
    "seconds": 0.004,
    "error": None,
    "cause": None,
    "current": True,
    "ended_at": _TIME,
}
SUMMARY: Mapping[str, Any] = {
    "id": 7,
    "title": "Harbour to reopen",
    "source": "example-wire",
    "url": "https://news.example/harbour",
    "state": "processed",
    "snapshot": 12,
    "counts": {"words": 9, "quotes": 1, "boilerplate": 0},
    "received_at": _TIME,
}
ARTICLE: Mapping[str, Any] = {
    **SUMMARY,
    "snapshots": [12],
    "text": "Harbour to reopen\n\n“We open on Monday,” said Ana Ruiz, the harbour master.",
    "body": "“We open on Monday,” said Ana Ruiz, the harbour master.",
    "counts": {"metadata": 1, "paragraph": 2, "quote": 1},
    "undecided": 1,
}
ARTIFACT: Mapping[str, Any] = {
    "id": 91,
    "article": 7,
    "snapshot": 12,
    "kind": "quote",
    "data": _QUOTE,
    "spans": [
        {"start": 20, "end": 38, "role": "content", "text": "We open on Monday,"},
        {"start": 40, "end": 44, "role": "cue", "text": "said"},
        {"start": 45, "end": 53, "role": "source", "text": "Ana Ruiz"},
    ],
    "confidence": 0.97,
    "processor": "quotes",
    "version": "1",
    "current": True,
    "stands": True,
    "verdict": "accept",
    "status": "carried",
    "moved": False,
    "decision": {
        "uuid": _UUID,
        "verdict": "accept",
        "editor": "mara",
        "via": "desk",
        "note": "",
        "decided_at": _TIME,
    },
}
DECISION: Mapping[str, Any] = {
    "uuid": _UUID,
    "article": 7,
    "snapshot": 12,
    "artifact": 91,
    "kind": "quote",
    "verdict": "accept",
    "before": {
        "kind": "quote",
        "data": _QUOTE,
        "confidence": 0.97,
        "spans": [
            {"start": 20, "end": 38, "role": "content"},
            {"start": 40, "end": 44, "role": "cue"},
            {"start": 45, "end": 53, "role": "source"},
        ],
    },
    "after": None,
    "note": "",
    "editor": "mara",
    "via": "api",
    "withdraws": None,
    "withdrawn_by": None,
    "decided_at": _TIME,
}
WITHDRAWAL: Mapping[str, Any] = {
    **DECISION,
    "uuid": "0d2f0c55-5a0b-4b55-9a43-1b8d6a0f7a11",
    "verdict": "withdraw",
    "before": None,
    "withdraws": _UUID,
}
BLOCK: Mapping[str, Any] = {
    "kind": "boilerplate",
    "data": {"reason": "promotion", "rule": "by hand"},
    "confidence": None,
    "spans": [{"start": 0, "end": 17, "role": "block"}],
}
EXPORT: Mapping[str, Any] = {
    "id": 3,
    "exporter": "jsonl",
    "version": "1",
    "reviewed_only": True,
    "articles": 120,
    "size": 1048576,
    "sha256": _SHA256,
    "name": "20260302T093000000000-jsonl.jsonl",
    "created_by": "mara",
    "created_at": _TIME,
}

_SHARE = {"right": 71, "of": 100, "share": 0.71, "low": 0.6146, "high": 0.7899}
SCORE: Mapping[str, Any] = {
    "processor": "quotes",
    "version": "1",
    "source": None,
    "runs": 1204,
    "failed": 3,
    "causes": {"IndexError": 3},
    "p50_ms": 4.1,
    "p95_ms": 12.9,
    "items": "/api/v1/scores/runs?processor=quotes&version=1",
    "kinds": [
        {
            "kind": "quote",
            "decided": 100,
            "accepted": 71,
            "corrected": 17,
            "rejected": 12,
            "missed": 6,
            "strict": _SHARE,
            "lenient": {"right": 88, "of": 100, "share": 0.88, "low": 0.8019, "high": 0.93},
            "calibration": [{"low": 0.9, "accepted": _SHARE}],
            "items": "/api/v1/scores/judgements?processor=quotes&version=1&kind=quote",
        }
    ],
}
JUDGEMENT: Mapping[str, Any] = {
    "decision": _UUID,
    "article": 7,
    "artifact": 91,
    "processor": "quotes",
    "version": "1",
    "kind": "quote",
    "source": "example-wire",
    "judged": "accepted",
    "confidence": 0.97,
    "decided_at": _TIME,
}
DRIFT: Mapping[str, Any] = {
    "source": "example-wire",
    "measure": "words",
    "usual": 500,
    "low": 311.6,
    "high": 795.5,
    "now": 150,
    "since": 12,
    "since_received_at": _TIME,
}


def _page(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"items": [item], "next": None, "count": 1}


ANSWERS: Mapping[str, Any] = {
    "snapshots_create": {
        "id": 12,
        "article": 7,
        "sha256": _SHA256,
        "state": "queued",
        "duplicate": False,
        "received_at": _TIME,
    },
    "snapshots_read": {
        "id": 12,
        "article": 7,
        "state": "processed",
        "sha256": _SHA256,
        "media_type": "text/plain",
        "encoding": "utf-8",
        "warnings": {},
        "name": "",
        "received_at": _TIME,
        "finished_at": _TIME,
        "runs": [RUN],
    },
    "articles_list": {"items": [SUMMARY], "next": None, "count": 1},
    "articles_read": ARTICLE,
    "articles_reprocess": {"article": 7, "snapshot": 12, "state": "queued", "queued": True},
    "runs_list": _page(RUN),
    "artifacts_list": _page(ARTIFACT),
    "artifacts_read": ARTIFACT,
    "artifacts_create": {**DECISION, "artifact": None, "kind": "boilerplate", "verdict": "add", "before": None, "after": BLOCK},
    "decisions_list": _page(DECISION),
    "decisions_create": DECISION,
    "decisions_withdraw": WITHDRAWAL,
    "exports_list": _page(EXPORT),
    "exports_create": EXPORT,
    "exports_read": EXPORT,
    "exports_file": '{"document": {"article": 7}, "text": "…", "body": "…", "artifacts": []}\n',
    "scores_list": _page(SCORE),
    "scores_judgements": _page(JUDGEMENT),
    "scores_runs": _page(RUN),
    "drifts_list": _page(DRIFT),
    "kinds_list": {
        "kinds": [
            {
                "name": "person",
                "label": "Person",
                "plugin": None,
                "reviewed": True,
                "roles": {"mention": [1, None]},
                "data_schema": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            }
        ]
    },
    "plugins_list": {
        "plugins": [
            {"name": "quotes", "distribution": "newsdesk-quotes", "version": "0.1.0", "state": "on", "problems": []},
        ],
        "processors": [
            {
                "name": "quotes",
                "version": "1",
                "plugin": "quotes",
                "requires": ["text"],
                "provides": ["quote"],
                "options": {"min_confidence": 0.0},
                "options_of_sources": {"evening-wire": {"min_confidence": 0.6}},
                "options_schema": {
                    "type": "object",
                    "properties": {
                        "min_confidence": {
                            "type": "number",
                            "title": "Least confidence",
                            "description": "Leaves out the findings of rules that are right less often than this.",
                            "minimum": 0,
                            "maximum": 1,
                            "default": 0.0,
                        }
                    },
                    "additionalProperties": False,
                },
                "secrets_set": [],
                "fixed": [],
                "position": 1,
            }
        ],
        "exporters": [{"name": "jsonl", "version": "1", "plugin": "jsonl", "media_type": "application/jsonl"}],
        "readers": [
            {
                "name": "ninjs",
                "version": "1",
                "plugin": "ninjs",
                "media_types": ["application/ninjs+json"],
                "suffixes": [".ninjs"],
            }
        ],
        "problems": [],
        "plan": _SHA256,
    },
}
"""By operation: what it answers when all is well."""

PARAMETERS: Mapping[str, Any] = {
    "article_id": 7,
    "snapshot_id": 12,
    "artifact_id": 91,
    "export_id": 3,
    "decision": _UUID,
    "limit": 50,
    "source": "example-wire",
    "state": "processed",
    "q": "harbour",
    "kind": "quote",
    "verdict": "accept",
    "current": True,
    "processor": "quotes",
    "version": "1",
    "judged": "accepted",
    "tenth": 9,
    "outcome": "failed",
    "cause": "IndexError",
}
"""By name; a cursor has none, since none can be made up."""
