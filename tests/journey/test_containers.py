"""What `docker/` names, run without containers: the image's and the services' own commands and health checks."""

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.installation import ROOT, Site, wait_until
from tests.servers import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())["services"]
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text()


def test_migrate_ends_well(site: Site) -> None:
    assert site.start(*local(COMPOSE["migrate"]["command"])).wait(60) == 0


def test_web_becomes_healthy(site: Site) -> None:
    site.environment["NEWSDESK_PORT"] = port = str(free_port())
    site.start(*[part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in local(image_command())])
    wait_until(lambda: healthy(site, "web"), 30, site.log)


def test_sweep_becomes_healthy(site: Site) -> None:
    site.start(*local(COMPOSE["sweep"]["command"]))
    wait_until(lambda: healthy(site, "sweep"), 30, site.log)


def test_sweep_that_never_came_round_is_not_healthy(site: Site) -> None:
    assert not healthy(site, "sweep")


def test_worker_becomes_healthy_where_there_is_redis(site: Site) -> None:
    """Without Redis there is no ping; the check says so, and compose always has Redis."""
    site.start(*local(COMPOSE["worker"]["command"]))
    says = "no worker answers" if "NEWSDESK_REDIS_URL" in site.environment else "set NEWSDESK_REDIS_URL"
    ends = {
        "no worker answers": lambda: healthy(site, "worker"),
        "set NEWSDESK_REDIS_URL": lambda: says in why_not(site, "worker"),
    }
    wait_until(ends[says], 30, site.log)


def test_services_and_image_name_only_files_that_are_there() -> None:
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY") and "--from" not in line]
    assert [path for paths in copied for path in paths if not (ROOT / path).exists()] == []


def test_image_installs_every_first_party_plugin() -> None:
    assert [
        plugin.name for plugin in (ROOT / "plugins").glob("newsdesk-*") if f"./plugins/{plugin.name}" not in DOCKERFILE
    ] == []


def image_command() -> list[str]:
    """What the image runs when nothing else is said."""
    return yaml.safe_load(DOCKERFILE.rpartition("\nCMD ")[2])


def local(command: list[str]) -> list[str]:
    """The command with the programs of this virtual environment."""
    program = Path(sys.executable).with_name(command[0])
    return [str(program) if program.exists() else command[0], *command[1:]]


def healthy(site: Site, service: str) -> bool:
    """Whether the service's health check, as compose has it, ends well."""
    check = COMPOSE[service]["healthcheck"]["test"]
    return site.start(*local(check[1:])).wait(30) == 0


def why_not(site: Site, service: str) -> str:
    """What the service's health check says."""
    return site.manage(*COMPOSE[service]["healthcheck"]["test"][3:], check=False).stderr
