"""Jobs, runs and artifacts.

A job is the queue of record: one row for each snapshot, written in the transaction that stores it. Whatever happens to
messages and workers, the row says what is still to do. Runs and artifacts are only added; `current` tells which hold.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.pipeline import Outcome
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span


class Job(models.Model):
    """The processing of one snapshot: claimed by compare-and-set, held by lease and token, done once in effect."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("processed")
        FAILED = "failed", _("failed")
        QUARANTINED = "quarantined", _("quarantined")

    TERMINAL = (State.DONE, State.FAILED, State.QUARANTINED)

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="job", verbose_name=_("snapshot"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    plan = models.CharField(max_length=64, blank=True)
    token = models.UUIDField(null=True, db_index=True)
    lease_until = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    crashes = models.PositiveIntegerField(_("crashes"), default=0)
    outcomes = models.JSONField(_("outcomes"), default=dict, blank=True)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["id"], name="processing_open_jobs", condition=models.Q(state__in=["queued", "running"])),
            models.Index(fields=["state", "-id"], name="processing_jobs_by_state"),
            models.Index(fields=["plan", "id"], name="processing_jobs_by_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.state}"


class Run(models.Model):
    """One processor over one snapshot: how it ended, and what its result depended on."""

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

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "processor"], condition=models.Q(current=True), name="processing_one_current_run"
            )
        ]

    def __str__(self) -> str:
        return f"{self.processor} {self.version}: {self.outcome}"


class Artifact(models.Model):
    """One finding of a run. `start` is where its first span begins, for the order of reading."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="artifacts", verbose_name=_("run"))
    kind = models.CharField(_("kind"), max_length=50)
    data = models.JSONField(_("data"))
    spans = models.JSONField(_("spans"))
    confidence = models.FloatField(_("confidence"), null=True)
    digest = models.CharField(max_length=64)
    start = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("artifact")
        verbose_name_plural = _("artifacts")
        constraints = [models.UniqueConstraint(fields=["run", "digest"], name="processing_each_finding_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"

    @property
    def found(self) -> Found:
        """The artifact as processors know it."""
        return Found(self.kind, self.data, tuple(Span(*span) for span in self.spans), self.confidence)


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
