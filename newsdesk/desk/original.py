"""The bytes of a snapshot as they came, as a download that no browser runs."""

import re
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from newsdesk.access.policy import Operation
from newsdesk.corpus.models import Snapshot
from newsdesk.desk.actor import may
from newsdesk.host.registry import formats
from newsdesk.sdk import PLAIN


@require_safe
def original(request: HttpRequest, article_id: int, snapshot_id: int) -> HttpResponse:
    """Never shown in our origin: an unknown type, an attachment, in a sandbox, and no sniffing."""
    if not may(request, Operation.EXPORT):
        raise PermissionDenied
    snapshot = Snapshot.objects.select_related("content").filter(pk=snapshot_id, article=article_id).first()
    if snapshot is None:
        raise Http404
    return HttpResponse(
        snapshot.content.data,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(_file_name(snapshot))}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _file_name(snapshot: Snapshot) -> str:
    suffix = _suffix(snapshot.media_type)
    name = re.sub(r"[^\w.-]+", "_", snapshot.name).strip("._") or f"snapshot-{snapshot.pk}"
    return name if "." in name else name + suffix


def _suffix(media_type: str) -> str:
    """An ending for a file that came without a name; none where nobody says what its bytes are."""
    if "html" in media_type:
        return ".html"
    announced = next((each.suffixes for each in formats() if media_type in each.media_types), ())
    return ".txt" if media_type == PLAIN else next(iter(announced), "")
