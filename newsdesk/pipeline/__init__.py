"""Plan and run: from processors to an order, and from a document to artifacts. Needs no Django and no database."""

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.loading import Loaded, Plugin, Problem, load
from newsdesk.pipeline.plan import Plan, make_plan
from newsdesk.pipeline.registry import Registry, build_registry
from newsdesk.pipeline.run import Outcome, Result, Run, run

__all__ = [
    "Dossier", "Findings", "Loaded", "Outcome", "Plan", "Plugin", "Problem", "Registry", "Result", "Run",
    "build_registry", "load", "make_plan", "run",
]  # fmt: skip
