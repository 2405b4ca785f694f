"""Sources: where documents come from."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsdesk.corpus.models import Source
from newsdesk.desk.admin.base import ReadOnlyAdmin
from newsdesk.desk.site import site


@admin.register(Source, site=site)
class SourceAdmin(ReadOnlyAdmin):
    """Publishers, feeds, folders and clients."""

    list_display = ("name", "slug", "its_articles")
    search_fields = ("name", "slug")
    ordering = ("name",)
    fields = ("name", "slug", "its_articles")

    @admin.display(description=_("articles"))
    def its_articles(self, row: Source) -> str:
        url = reverse("admin:corpus_article_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', url, row.pk, _("Articles of this source"))
