"""Exports: what left, when, in which format, and its digest."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """One file that left the desk, kept as it was."""

    exporter = models.CharField(_("format"), max_length=50)
    version = models.CharField(_("version"), max_length=50)
    reviewed_only = models.BooleanField(_("reviewed only"), default=False)
    articles = models.PositiveIntegerField(_("articles"))
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.CharField(_("file"), max_length=200)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("by"))
    created_at = models.DateTimeField(_("delivered"), auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return self.file
