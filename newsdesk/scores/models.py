"""Counts of decisions and runs, measures of documents, and what left its usual band. All of it is derived, and kept because
no page can count an archive: `services` brings it up to date, and empty tables are filled again by themselves.

Sources stand here by their short names, which never change; a count without one is of all sources together.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Article, Snapshot, Source
from newsdesk.review.models import Decision


class Cursor(models.Model):
    """Up to which row of a table everything was counted. Who counts moves it on in the same transaction."""

    name = models.CharField(max_length=10, primary_key=True)
    last = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cursor")
        verbose_name_plural = _("cursors")

    def __str__(self) -> str:
        return f"{self.name} to {self.last}"


class Verdict(models.TextChoices):
    """What a decision says of the processor that found, or missed, what it is about."""

    ACCEPTED = "accepted", _("accepted")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")
    MISSED = "missed", _("missed")


class Judgement(models.Model):
    """A decision as it counts for one version of a processor: the item behind a number of the scorecard.

    `tenth` is where its confidence lies, 0 to 9, or -1 where the machine gave none.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", db_index=False, verbose_name=_("decision"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("article"))
    processor = models.CharField(_("processor"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    kind = models.CharField(_("kind"), max_length=50)
    source = models.CharField(_("source"), max_length=50)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict)
    confidence = models.FloatField(_("confidence"), null=True)
    tenth = models.SmallIntegerField(default=-1)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [models.UniqueConstraint(fields=["decision", "processor"], name="scores_one_judgement_each")]
        indexes = [
            models.Index(fields=["processor", "version", "kind", "verdict", "-id"], name="scores_items"),
        ]

    def __str__(self) -> str:
        return f"{self.processor} {self.version}: {self.kind} {self.verdict}"


class Score(models.Model):
    """How many judgements there are of one sort. Changed by difference, together with the judgements."""

    processor = models.CharField(_("processor"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    kind = models.CharField(_("kind"), max_length=50)
    source = models.CharField(_("source"), max_length=50, blank=True)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict)
    tenth = models.SmallIntegerField(default=-1)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "processor", "version", "kind", "verdict", "tenth"], name="scores_one_count_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.verdict}"


class Pace(models.Model):
    """How often a version of a processor ran, how it ended, and how long it took.

    `times` counts the runs that ended well by steps of a tenth (see `statistics.step`), `causes` those that failed by cause.
    """

    processor = models.CharField(_("processor"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    source = models.CharField(_("source"), max_length=50, blank=True)
    first_run = models.BigIntegerField()
    runs = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    times = models.JSONField(default=dict)
    causes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("pace")
        verbose_name_plural = _("paces")
        constraints = [models.UniqueConstraint(fields=["source", "processor", "version"], name="scores_one_pace_each")]

    def __str__(self) -> str:
        return f"{self.processor} {self.version}: {self.runs} runs"


class Measure(models.Model):
    """A document as it was read last: words and paragraphs of its body, its quotes, and whether its processing failed."""

    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, primary_key=True, related_name="measure", verbose_name=_("document")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False, verbose_name=_("source"))
    words = models.PositiveIntegerField(_("words"), null=True)
    paragraphs = models.PositiveIntegerField(_("paragraphs"), null=True)
    quotes = models.PositiveIntegerField(_("quotes"), null=True)
    failed = models.BooleanField(_("failed"), default=False)

    class Meta:
        verbose_name = _("measured document")
        verbose_name_plural = _("measured documents")
        indexes = [models.Index(fields=["source", "-snapshot"], name="scores_latest_of_source")]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.words} words"


class Drift(models.Model):
    """A measure in which a source left its usual band. `since` is the first of the documents that showed it."""

    class What(models.TextChoices):
        WORDS = "words", _("words a document")
        PARAGRAPHS = "paragraphs", _("paragraphs a document")
        QUOTE_RATE = "quote_rate", _("quotes per 1,000 words")
        FAILURE_RATE = "failure_rate", _("share of failures")

    source = models.ForeignKey(Source, models.PROTECT, related_name="drifts", verbose_name=_("source"))
    measure = models.CharField(_("measure"), max_length=12, choices=What)
    usual = models.FloatField(_("usual"))
    low = models.FloatField()
    high = models.FloatField()
    now = models.FloatField(_("now"))
    since = models.ForeignKey(Snapshot, models.PROTECT, related_name="+", verbose_name=_("since"))

    class Meta:
        verbose_name = _("drift")
        verbose_name_plural = _("drifts")
        constraints = [models.UniqueConstraint(fields=["source", "measure"], name="scores_one_drift_each")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.measure}"
