"""Decisions. Rows are only added; a decision is taken back by another one."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Article, Snapshot


class Decision(models.Model):
    """What an editor said of a finding.

    `key` is the finding's digest: a newer run that finds the same has the same, so the verdict holds for it too.
    `before` is what the machine said and `after` what the editor made of it, whole, so that a decision says by itself
    what was decided, whatever becomes of runs.
    """

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        REJECT = "reject", _("rejected")
        CORRECT = "correct", _("corrected")
        ADD = "add", _("added")
        WITHDRAW = "withdraw", _("withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="decisions", verbose_name=_("article"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    artifact_id = models.PositiveBigIntegerField(_("artifact"), null=True)
    key = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=50)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    anchors = models.JSONField(default=list)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name=_("editor"))
    via = models.CharField(_("via"), max_length=10)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawn_by")
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["article", "key", "id"], name="review_decisions_of_finding")]

    def __str__(self) -> str:
        return f"{self.kind} {self.verdict}"
