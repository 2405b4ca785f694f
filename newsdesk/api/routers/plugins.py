"""See what is installed and what runs."""

from django.http import HttpRequest
from ninja import Router

from newsdesk.api import schemas
from newsdesk.host.catalogue import catalogue
from newsdesk.host.queries import standings
from newsdesk.host.registry import exporters, plans, problems, registry
from newsdesk.sdk import KINDS
from newsdesk.sdk.options import options_schema

router = Router(tags=["Plugins"])


@router.get("/plugins", response=schemas.Plugins, operation_id="plugins_list", summary="List plugins and the plan")
def list_plugins(request: HttpRequest) -> schemas.Plugins:
    """Plugins, their processors in the order of the plan, their exporters and readers, and what is wrong with any of them."""
    installed, made = registry(), plans()
    now, standing = made.general, standings(made)
    planned = {processor.name: processor for processor in now.processors}
    idle = [processor for name, processor in installed.processors.items() if name not in planned]
    positions = {name: number for number, name in enumerate(planned, 1)}
    return schemas.Plugins(
        plugins=[
            schemas.Plugin(
                name=each.plugin.name,
                distribution=each.plugin.distribution,
                version=each.plugin.version,
                state=each.state,
                problems=[problem.message for problem in each.problems],
            )
            for each in catalogue()
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
            for each in exporters().values()
        ],
        readers=[
            schemas.Reader(
                name=each.name,
                version=each.version,
                plugin=installed.owners.get(each.name, ""),
                media_types=list(each.format.media_types),
                suffixes=list(each.format.suffixes),
            )
            for each in installed.readers.values()
        ],
        problems=[schemas.PluginProblem(plugin=each.plugin, message=each.message) for each in problems()],
        plan=now.digest,
    )


@router.get("/kinds", response=schemas.Kinds, operation_id="kinds_list", summary="List kinds of artifact")
def list_kinds(request: HttpRequest) -> schemas.Kinds:
    """What artifacts may be, and what data and spans each has. Plugins may add kinds, so expect ones that you do not know."""
    installed = registry()
    return schemas.Kinds(
        kinds=[
            schemas.Kind(
                name=each.name,
                label=each.label,
                plugin=installed.kind_owners.get(each.name),
                reviewed=each.reviewed,
                roles={role: list(bounds) for role, bounds in each.roles.items()},
                data_schema=dict(each.schema),
            )
            for each in sorted(installed.kinds.values(), key=lambda each: (each.name not in KINDS, each.name))
        ]
    )
