"""Jobs and runs.

A job is the queue of record: one row for each snapshot, written in the transaction that stores it. Whatever happens to
messages and workers, the row says what is still to do. Runs are only added, each with all that it found; `current`
tells which hold.
"""

import logging

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from isal import isal_zlib

from newsdesk.corpus.models import Article, Snapshot, Source
from newsdesk.pipeline import Findings, Outcome

logger = logging.getLogger(__name__)


class Batch(models.Model):
    """A piece of bulk work: what was asked for, in plain values, by whom, and how many jobs it queued.

    A job belongs to the batch that queued it last; one that something else queued since then is through for this one.
    """

    asked = models.JSONField(_("asked for"), default=dict, blank=True)
    jobs = models.PositiveIntegerField(_("documents"), default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("asked by"))
    via = models.CharField(_("via"), max_length=10)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Job(models.Model):
    """The processing of one snapshot: claimed by compare-and-set, held by lease and token, done once in effect.

    `crashes` are the document's, and a few of them end in quarantine; `postponed` counts what was no fault of it, such as
    a full disk, and has no limit. `lost` counts the workers that died with it in hand, of whatever: with `SUSPECT_FROM` it
    has a worker to itself, with `MAX_LOST` it ends in quarantine. `afresh` names the processors that are not to be spared by
    a stored result this time. `source` is the article's, said again so that an index finds what the options of one source
    make due.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("processed")
        FAILED = "failed", _("failed")
        QUARANTINED = "quarantined", _("quarantined")

    TERMINAL = (State.DONE, State.FAILED, State.QUARANTINED)
    SUSPECT_FROM = 2
    MAX_LOST = 5

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="job", verbose_name=_("snapshot"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, db_index=False, verbose_name=_("source"))
    plan = models.CharField(max_length=64, blank=True)
    token = models.UUIDField(null=True, db_index=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    crashes = models.PositiveIntegerField(_("crashes"), default=0)
    crashed_in = models.CharField(_("crashed in"), max_length=50, blank=True)
    lost = models.PositiveIntegerField(_("workers lost"), default=0)
    postponed = models.PositiveIntegerField(_("postponed"), default=0)
    trouble = models.TextField(_("trouble"), blank=True)
    afresh = models.JSONField(_("afresh"), default=list, blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, db_index=False, verbose_name=_("batch"))
    former_state = models.CharField(max_length=12, blank=True)
    outcomes = models.JSONField(_("outcomes"), default=dict, blank=True)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["id"], name="processing_open_jobs", condition=models.Q(state__in=["queued", "running"])),
            models.Index(fields=["state", "-id"], name="processing_jobs_by_state"),
            models.Index(fields=["plan", "source", "id"], name="processing_jobs_by_plan_source"),
            models.Index(
                fields=["batch", "state", "finished_at"],
                name="processing_jobs_by_batch",
                condition=models.Q(batch__isnull=False),
            ),
            models.Index(fields=["state"], name="processing_postponed_jobs", condition=models.Q(postponed__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.state}"


class RunManager(models.Manager["Run"]):
    """Runs without what they found, which is large; `with_findings` brings it along."""

    def get_queryset(self) -> models.QuerySet["Run"]:
        return super().get_queryset().defer("compressed")

    def with_findings(self) -> models.QuerySet["Run"]:
        """Runs with all that they found."""
        return super().get_queryset()


class Run(models.Model):
    """One processor over one snapshot: how it ended, what its result depended on, and all that it found.

    Findings have no rows of their own: a page has hundreds, which are written once and read together, and an archive of
    a million articles would be a table of hundreds of millions. `compressed` has them as `newsdesk.pipeline.Findings`
    has bytes, `reviewed` how many of them editors review.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="runs", verbose_name=_("snapshot"))
    processor = models.CharField(_("processor"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    options = models.JSONField(_("options"), default=dict, blank=True)
    fingerprint = models.CharField(max_length=64)
    outcome = models.CharField(_("outcome"), max_length=8, choices=[(each.value, each.value) for each in Outcome])
    seconds = models.FloatField(_("seconds"), default=0)
    error = models.TextField(_("reason"), blank=True)
    cause = models.CharField(_("cause"), max_length=100, blank=True)
    current = models.BooleanField(_("current"), default=True)
    ended_at = models.DateTimeField(_("ended"), auto_now_add=True)
    compressed = models.BinaryField(default=b"")
    reviewed = models.PositiveIntegerField(default=0)

    objects = RunManager()

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "processor"], condition=models.Q(current=True), name="processing_one_current_run"
            )
        ]
        indexes = [
            models.Index(
                fields=["processor", "cause", "id"],
                name="processing_failures_now",
                condition=models.Q(outcome="failed", current=True),
            ),
            models.Index(
                fields=["processor", "cause", "ended_at"],
                name="processing_failures_ever",
                condition=models.Q(outcome="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.processor} {self.version}: {self.outcome}"

    @property
    def findings(self) -> Findings:
        """All that it found; nothing where its bytes are damaged, so that one bad row stops no list and no export.

        `check_integrity` names such a run, and processing the document again replaces it.
        """
        found = self.unpacked()
        if found is None:
            logger.error("what run %s found cannot be read; process its document again", self.pk)
        return Findings() if found is None else found

    def unpacked(self) -> Findings | None:
        """All that it found, or None where its bytes are damaged, or gone though something to review was among them."""
        if not self.compressed:
            return None if self.reviewed else Findings()
        try:
            return Findings.from_bytes(isal_zlib.decompress(self.compressed))
        except (isal_zlib.error, ValueError):
            return None


class Mute(models.Model):
    """A cause of failures that somebody knows of and wants out of the way, until it is lifted. Rows stay, as a record."""

    processor = models.CharField(_("processor"), max_length=50)
    cause = models.CharField(_("cause"), max_length=100, blank=True)
    muted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("muted by")
    )
    muted_at = models.DateTimeField(_("muted"), auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.UniqueConstraint(
                fields=["processor", "cause"], condition=models.Q(lifted_at__isnull=True), name="processing_muted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.processor}: {self.cause}"


class Synopsis(models.Model):
    """What a list shows of an article without opening it. Derived from its newest snapshot, and made anew with it."""

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="synopsis")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT)
    title = models.CharField(_("title"), max_length=500)
    words = models.PositiveIntegerField(_("words"), default=0)
    quotes = models.PositiveIntegerField(_("quotes"), default=0)
    boilerplate = models.PositiveIntegerField(_("boilerplate"), default=0)

    class Meta:
        verbose_name = _("synopsis")
        verbose_name_plural = _("synopses")

    def __str__(self) -> str:
        return self.title
