"""Decisions, and what is derived from them.

Decisions are only added; a decision is taken back by another one. Where each stands in the present text is derived, by
`matching`, and may be derived again at any time; it is stored for lists and counts, which cannot derive it for all.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.review.matching import TO_RESOLVE, Status

ASKED_ABOUT = sorted(status.value for status in TO_RESOLVE)


class Decision(models.Model):
    """What an editor said of a finding.

    `key` is the finding's digest: a newer run that finds the same has the same, so the verdict holds for it too.
    `before` is what the machine said and `after` what the editor made of it, whole, so that a decision says by itself
    what was decided, whatever becomes of runs. A later decision on what became of the finding in another text, or under
    another version, has the same key: together they are its history.
    """

    class Verdict(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        REJECT = "reject", _("rejected")
        CORRECT = "correct", _("corrected")
        ADD = "add", _("added")
        WITHDRAW = "withdraw", _("withdrawn")
        KEEP = "keep", _("kept as historical")
        DROP = "drop", _("dropped")

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
    text = models.CharField(max_length=64, blank=True)
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


class Placement(models.Model):
    """Where a decision that stands is in the text that readers see, and what became of it. Derived, like a synopsis.

    `answer` is the digest of the finding that it lies over, if one does; `spans` and `candidates` are as in artifacts.
    """

    STATUSES = [
        (Status.CARRIED.value, _("carried")),
        (Status.SUPPRESSED.value, _("still rejected")),
        (Status.KEPT.value, _("no longer proposed")),
        (Status.CHANGED.value, _("found otherwise")),
        (Status.AMBIGUOUS.value, _("place unsure")),
        (Status.ORPHAN.value, _("orphan")),
        (Status.COVERED.value, _("decided again")),
        (Status.HISTORICAL.value, _("historical")),
        (Status.DROPPED.value, _("dropped")),
    ]

    decision = models.OneToOneField(Decision, models.PROTECT, primary_key=True, related_name="placement")
    article = models.ForeignKey(Article, models.PROTECT, related_name="placements", verbose_name=_("article"))
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES)
    answer = models.CharField(max_length=64, blank=True)
    spans = models.JSONField(default=list)
    score = models.FloatField(_("score"), default=1)
    moved = models.BooleanField(_("moved"), default=False)
    candidates = models.JSONField(default=list)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("orphans and needs-look")
        indexes = [
            models.Index(fields=["article", "answer"], name="review_placed_on_finding"),
            models.Index(fields=["article", "key"], name="review_placed_by_key"),
            models.Index(fields=["-decision"], name="review_to_resolve", condition=models.Q(status__in=ASKED_ABOUT)),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.status}"


class Reconciliation(models.Model):
    """What an article's placements were derived from: they are right as long as that is what holds.

    `runs` stands for the set of current runs, `decision` is the newest, `decisions` how many there were. `open` is how many
    different findings no decision answered.
    """

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="reconciliation")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    runs = models.BigIntegerField(default=0)
    decision = models.BigIntegerField(default=0)
    decisions = models.PositiveIntegerField(default=0)
    open = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")

    def __str__(self) -> str:
        return f"{self.article_id} at {self.decision}"
