"""Shadow runs: what was asked, how far it has come, and what was counted so far."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Source


class ShadowRun(models.Model):
    """One comparison over some articles. Claimed, held and taken over as jobs are; what was counted is kept in between.

    `candidate` is what is compared, fixed when the work begins, so that no run mixes two versions.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        DONE = "done", _("compared")
        FAILED = "failed", _("failed")

    class Which(models.TextChoices):
        NEWEST = "newest", _("the newest")
        SPREAD = "spread", _("spread over the archive")
        DECIDED = "decided", _("the newest that editors decided on")

    OPEN = (State.QUEUED, State.RUNNING)

    processor = models.CharField(_("processor"), max_length=50)
    options = models.JSONField(_("options"), default=dict, blank=True)
    articles = models.PositiveIntegerField(_("articles"))
    which = models.CharField(_("which articles"), max_length=8, choices=Which, default=Which.NEWEST)
    source = models.ForeignKey(Source, models.PROTECT, null=True, verbose_name=_("source"))
    candidate = models.JSONField(default=dict)
    snapshots = models.JSONField(default=list)
    tally = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    reason = models.TextField(_("reason"), blank=True)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("started by"))
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("shadow run")
        verbose_name_plural = _("shadow runs")
        indexes = [models.Index(fields=["id"], name="shadow_open_runs", condition=models.Q(state__in=["queued", "running"]))]

    def __str__(self) -> str:
        return f"{self.processor} over {self.articles} articles"

    @property
    def done(self) -> int:
        """How many articles were compared."""
        return int(self.tally.get("articles", 0))
