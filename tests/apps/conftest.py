"""A desk on which only the tests' own processors are installed."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import pytest

from newsdesk.export import services as exporting
from newsdesk.host import checks, registry, services
from newsdesk.pipeline import Problem
from newsdesk.sdk import Exporter, Kind, Processor, Reader
from tests.apps.factories import Lines, Names, Titles, make_registry


@pytest.fixture(autouse=True)
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Say what is installed: `install(Lines(), Names())`. Until a test says otherwise, Lines, Names and Titles are."""

    def install(
        *declared: Processor | Exporter | Reader,
        problems: tuple[Problem, ...] = (),
        kinds: tuple[Kind, ...] = (),
        plugins: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        processors = [each for each in declared if isinstance(each, Processor)]
        exporters = [each for each in declared if isinstance(each, Exporter)]
        readers = [each for each in declared if isinstance(each, Reader)]
        installed = make_registry(processors, exporters, problems, kinds, readers, plugins or {})
        for module in (registry, services, checks, exporting):
            monkeypatch.setattr(module, "registry", lambda: installed)
        registry._plan.cache_clear()

    install(Lines(), Names(), Titles())
    yield install
    registry._plan.cache_clear()
