"""Ask for a shadow run: of workers, who keep it, or here and now, where nothing of it is kept."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.corpus.models import Source
from newsdesk.host.conf import conf
from newsdesk.host.services import check_tried
from newsdesk.processing.rehearsal import Call, candidate
from newsdesk.sdk import NewsdeskError
from newsdesk.shadow.comparing import begin, compared
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.tally import new_tally

State, Which = ShadowRun.State, ShadowRun.Which
DEFAULT_ARTICLES = 100
MAX_ARTICLES = 1_000


def request(*, actor: Actor, **asked: Any) -> ShadowRun:
    """Have workers compare what stands with what a processor would find. Parameters and errors are those of `_asked`."""
    run = _asked(actor=actor, **asked)
    run.save()
    return run


def compare(*, actor: Actor, call: Call, **asked: Any) -> Iterator[ShadowRun]:
    """The same here and now, never saved: the run when its articles are chosen, and after each of them."""
    run = _asked(actor=actor, **asked)
    chosen = begin(run)
    yield run
    for _ in compared(run, chosen, call):
        yield run
    run.state = State.DONE


def hand_out(limit: int = 10) -> list[int]:
    """Runs that no worker has and no recent message speaks of, oldest first; they count as spoken of from now."""
    earlier = ExpressionWrapper(Now() - timedelta(seconds=conf().nudge_seconds), output_field=DateTimeField())
    unspoken = Q(nudged_at=None) | Q(nudged_at__lt=earlier)
    free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=Now())
    ids = list(ShadowRun.objects.filter(unspoken & free).order_by("pk").values_list("pk", flat=True)[:limit])
    mark_handed_out(*ids)
    return ids


def mark_handed_out(*run_ids: int) -> None:
    """Messages speak of these runs; the sweep may leave them alone for a while."""
    ShadowRun.objects.filter(pk__in=run_ids).update(nudged_at=Now())


def _asked(
    *,
    actor: Actor,
    processor: str,
    options: Mapping[str, Any] | None = None,
    articles: int = DEFAULT_ARTICLES,
    which: str = Which.NEWEST,
    source: str = "",
) -> ShadowRun:
    """The run, not saved. `options` lie over the present ones; `source` is a short name, and none means all.

    Raises PermissionDenied, or ValidationError that names what to change.
    """
    require(actor, Operation.START_SHADOW_RUNS)
    check_tried(processor, options or {})
    try:
        candidate(processor, options or {})
    except NewsdeskError as error:
        raise ValidationError(str(error)) from error
    if not 1 <= articles <= MAX_ARTICLES:
        raise ValidationError({"articles": f"articles is {articles}; it must be between 1 and {MAX_ARTICLES:,}"})
    if which not in Which.values:
        raise ValidationError({"which": f"which is {which!r:.40}; it must be one of {', '.join(Which.values)}"})
    known = Source.objects.filter(slug=source).first() if source else None
    if source and known is None:
        raise ValidationError({"source": f"there is no source {source!r:.60}; leave it out for all of them"})
    return ShadowRun(
        processor=processor,
        options=dict(options or {}),
        articles=articles,
        which=which,
        source=known,
        tally=new_tally(),
        created_by=actor.user,
    )
