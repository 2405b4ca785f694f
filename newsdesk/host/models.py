"""What a plugin admin said of a processor or a plugin. Rows are only added, so the history is there by itself; secrets are
replaced."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcessorSetting(models.Model):
    """Whether a processor is on, and with which options, from this moment; the latest row of a processor and source holds.

    A row of a source has only what is other there than everywhere else, and says nothing of on and off. `version` and
    `schema` are those of the processor when it was saved, so that what changed since then can be shown. Secrets are never
    among the options: `secrets` names those that were given or removed with this row.
    """

    processor = models.CharField(_("processor"), max_length=50)
    source = models.CharField(_("source"), max_length=50, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    secrets = models.JSONField(_("secrets"), default=list, blank=True)
    version = models.CharField(_("version"), max_length=50, blank=True)
    schema = models.JSONField(_("schema"), default=dict, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("processor setting")
        verbose_name_plural = _("processor settings")
        indexes = [models.Index(fields=["processor", "source", "-id"], name="host_latest_setting_of_source")]

    def __str__(self) -> str:
        return f"{self.processor} {'on' if self.enabled else 'off'}"


class PluginSwitch(models.Model):
    """Whether a whole plugin is on from this moment; the latest row of a plugin holds, and without one it is on."""

    plugin = models.CharField(_("plugin"), max_length=100)
    enabled = models.BooleanField(_("enabled"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    class Meta:
        verbose_name = _("plugin switch")
        verbose_name_plural = _("plugin switches")
        indexes = [models.Index(fields=["plugin", "-id"], name="host_latest_switch")]

    def __str__(self) -> str:
        return f"{self.plugin} {'on' if self.enabled else 'off'}"


class ProcessorSecret(models.Model):
    """The secret that holds for an option, for all sources or one. Its value is for the plugins' process alone."""

    processor = models.CharField(_("processor"), max_length=50)
    source = models.CharField(_("source"), max_length=50, blank=True)
    option = models.CharField(_("option"), max_length=100)
    value = models.TextField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("secret")
        verbose_name_plural = _("secrets")
        constraints = [models.UniqueConstraint(fields=["processor", "source", "option"], name="host_one_secret_of_an_option")]

    def __str__(self) -> str:
        return f"{self.processor} {self.option}"
