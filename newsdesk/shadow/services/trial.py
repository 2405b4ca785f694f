"""Try other options on one article, here and now: what would differ from what stands. Nothing of it is stored."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from newsdesk.access.policy import Actor
from newsdesk.host.registry import plans
from newsdesk.host.services import would_be
from newsdesk.processing.models import Synopsis
from newsdesk.processing.rehearsal import Call, candidate_of
from newsdesk.sdk import PlanError
from newsdesk.shadow.comparing import compared, describe
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.tally import new_tally


def try_on(
    *, article: int, processor: str, options: Mapping[str, Any], call: Call, actor: Actor, source: str = ""
) -> ShadowRun:
    """A shadow run over this article alone, never saved, of what would hold if these options were saved for this source.

    Raises what `set_options` raises, ValidationError by field where the article cannot be tried on, and
    PluginsNotStarted.
    """
    made = would_be(processor=processor, options=options, source=source, actor=actor)
    synopsis = Synopsis.objects.select_related("article__source").filter(pk=article).first()
    if synopsis is None:
        raise ValidationError({"article": f"there is no article {article} that was processed; choose another"})
    its = synopsis.article.source.slug
    if source and its != source:
        raise ValidationError({"article": f"article {article} is of source {its!r}, not of {source!r}; choose another"})
    try:
        chosen = candidate_of(processor, made).of(synopsis.article.source_id)
    except PlanError as error:
        raise ValidationError(str(error)) from error
    run = ShadowRun(processor=processor, articles=1, tally=new_tally(), snapshots=[synopsis.snapshot_id])
    run.candidate = describe(chosen, plans().of(its).processors)
    for _ in compared(run, chosen, call):
        run.state = ShadowRun.State.DONE
    return run
