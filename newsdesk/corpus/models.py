"""Sources, articles and snapshots. A snapshot is never changed, and nothing here is deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from isal import isal_zlib


class Source(models.Model):
    """A publisher, feed, folder or client that documents come from."""

    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One story of one source, under one canonical address; what has no address goes by the digest of its bytes."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="articles", verbose_name=_("source"))
    address = models.CharField(_("address"), max_length=2000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [models.UniqueConstraint(fields=["source", "address"], name="corpus_one_article_per_address")]

    def __str__(self) -> str:
        return self.address

    @property
    def url(self) -> str | None:
        """The address, where it is one on the web."""
        return self.address if self.address.startswith("http") else None


class Content(models.Model):
    """Bytes, once, however often they came. Compressed; `data` gives them as they were."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    compressed = models.BinaryField()

    class Meta:
        verbose_name = _("content")
        verbose_name_plural = _("contents")

    def __str__(self) -> str:
        return self.sha256

    @property
    def data(self) -> bytes:
        """The bytes as they came."""
        return isal_zlib.decompress(self.compressed)


class Snapshot(models.Model):
    """An article's bytes at one time. `warnings` counts what had to be replaced to read them, by code."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="snapshots", verbose_name=_("article"))
    content = models.ForeignKey(Content, models.PROTECT, related_name="snapshots")
    media_type = models.CharField(_("media type"), max_length=100)
    charset = models.CharField(_("declared charset"), max_length=40, blank=True)
    encoding = models.CharField(_("encoding"), max_length=40)
    warnings = models.JSONField(_("warnings"), default=dict, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "content", "media_type", "charset"], name="corpus_same_bytes_same_snapshot"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} ({self.content_id[:8]})"
