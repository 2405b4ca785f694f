"""Take articles out, in the formats of the installed exporters."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from newsdesk.api import schemas
from newsdesk.api.convert import to_export
from newsdesk.api.paging import PageQuery, page_of_rows
from newsdesk.export import queries, services
from newsdesk.host.registry import registry

router = Router(tags=["Exports"])


@router.get("/exports", response=schemas.Exports, operation_id="exports_list", summary="List exports")
def list_exports(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    """What left the desk, newest first."""
    return page_of_rows(request, queries.exports(request.auth), query, to_export)


@router.post("/exports", response={201: schemas.Export}, operation_id="exports_create", summary="Make an export")
def create(request: HttpRequest, data: schemas.ExportIn, response: HttpResponse) -> Status:
    """Write all processed articles, as they stand now, to a file that is kept. `GET /plugins` lists the exporters."""
    export = services.deliver(exporter=data.exporter, reviewed_only=data.reviewed_only, actor=request.auth)
    response["Location"] = f"{request.path}/{export.pk}"
    return Status(201, to_export(export))


@router.get("/exports/{export_id}", response=schemas.Export, operation_id="exports_read", summary="Read about an export")
def read(request: HttpRequest, export_id: Path[schemas.Id]) -> schemas.Export:
    """Size, digest and what it was made of."""
    return to_export(queries.exports(request.auth).get(pk=export_id))


@router.get(
    "/exports/{export_id}/file",
    operation_id="exports_file",
    summary="Download an export",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file, in the media type of its exporter; `ETag` has its SHA-256.",
                "content": {"*/*": {"schema": {"type": "string"}}},
            }
        }
    },
)
def download(request: HttpRequest, export_id: Path[schemas.Id]) -> FileResponse:
    """The file as it was made, streamed."""
    export = queries.exports(request.auth).get(pk=export_id)
    exporter = registry().exporters.get(export.exporter)
    try:
        file = queries.file_of(export).open("rb")
    except FileNotFoundError:
        raise Http404("the file of this export was removed from the data folder") from None
    media_type = exporter.media_type if exporter else "application/octet-stream"
    return FileResponse(
        file, as_attachment=True, filename=export.file, content_type=media_type, headers={"ETag": f'"{export.sha256}"'}
    )
