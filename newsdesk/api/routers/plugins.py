"""See what is installed and what runs."""

from django.http import HttpRequest
from ninja import Router

from newsdesk.api import schemas
from newsdesk.host.queries import standings
from newsdesk.host.registry import plans, registry
from newsdesk.sdk.options import options_schema

router = Router(tags=["Plugins"])


@router.get("/plugins", response=schemas.Plugins, operation_id="plugins_list", summary="List plugins and the plan")
def list_plugins(request: HttpRequest) -> schemas.Plugins:
    """Plugins, their processors in the order of the plan, their exporters, and what is wrong with any of them."""
    installed, made = registry(), plans()
    now, standing = made.general, standings(made)
    planned = {processor.name: processor for processor in now.processors}
    idle = [processor for name, processor in installed.processors.items() if name not in planned]
    positions = {name: number for number, name in enumerate(planned, 1)}
    return schemas.Plugins(
        plugins=[
            schemas.Plugin(name=each.name, distribution=each.distribution, version=each.version) for each in installed.plugins
        ],
        processors=[
            schemas.Processor(
                name=each.name,
                version=each.version,
                plugin=installed.owners.get(each.name, ""),
                requires=list(each.requires),
                provides=list(each.provides),
                options=dict(standing[each.name].options),
                options_of_sources={source: dict(values) for source, values in standing[each.name].of_sources.items()},
                options_schema=options_schema(installed.processors[each.name]),
                secrets_set=list(standing[each.name].secrets),
                fixed=sorted(standing[each.name].fixed),
                position=positions.get(each.name),
            )
            for each in (*planned.values(), *idle)
        ],
        exporters=[
            schemas.Exporter(
                name=each.name, version=each.version, plugin=installed.owners.get(each.name, ""), media_type=each.media_type
            )
            for each in installed.exporters.values()
        ],
        problems=[
            schemas.PluginProblem(plugin=each.plugin, message=each.message) for each in (*installed.problems, *made.left_out)
        ],
        plan=now.digest,
    )
