"""The environment, read once, in one place. Whatever is unset has a default that works on one machine without servers."""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsdesk.config.limits import PluginLimits, for_all, for_each
from newsdesk.config.values import SettingError, number, whole

__all__ = ["LOOPBACK", "ROOT", "Environment", "SettingError", "read"]

ROOT = Path(__file__).resolve().parents[2]
MIN_SECRET = 32
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Environment:
    """What an operator may set; see `docs/settings.md` for the meaning of each variable."""

    data: Path
    database_url: str
    redis_url: str
    secret_key: str
    debug: bool
    https: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    host: str
    port: int
    workers: int
    batch: int
    lease_seconds: int
    sweep_seconds: float
    nudge_seconds: float
    import_seconds: float
    plugin_limits: PluginLimits
    processor_limits: dict[str, PluginLimits]
    options: dict[str, dict[str, Any]]

    @property
    def embedded_broker(self) -> bool:
        """Whether messages go through files in the data folder, since there is no Redis."""
        return not self.redis_url


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the `NEWSDESK_…` variables. Raises SettingError that names variable, rule and remedy."""
    data = Path(environ.get("NEWSDESK_DATA") or ROOT / "data").resolve()
    common = for_all(environ)
    special = for_each(environ, common)
    https = _flag(environ, "NEWSDESK_HTTPS")
    _make_folder(data)
    return Environment(
        data=data,
        database_url=_url(
            environ, "NEWSDESK_DATABASE_URL", ("postgres", "postgresql", "sqlite"), f"sqlite:///{data}/newsdesk.sqlite3"
        ),
        redis_url=_url(environ, "NEWSDESK_REDIS_URL", ("redis", "rediss", "redis+socket"), ""),
        secret_key=_secret(environ, data / "secret_key"),
        debug=_flag(environ, "NEWSDESK_DEBUG"),
        https=https,
        allowed_hosts=_hosts(environ, "NEWSDESK_ALLOWED_HOSTS"),
        trusted_origins=_origins(environ, "NEWSDESK_TRUSTED_ORIGINS"),
        host=environ.get("NEWSDESK_HOST") or "127.0.0.1",
        port=whole(environ, "NEWSDESK_PORT", 8000, 1, 65535),
        workers=whole(environ, "NEWSDESK_WORKERS", min(os.cpu_count() or 1, 4), 1, 64),
        batch=whole(environ, "NEWSDESK_BATCH", 20, 1, 500),
        lease_seconds=_lease(environ, [common, *special.values()]),
        sweep_seconds=number(environ, "NEWSDESK_SWEEP_SECONDS", 3, 0.1, 3_600),
        nudge_seconds=number(environ, "NEWSDESK_NUDGE_SECONDS", 25, 0.1, 3_600),
        import_seconds=number(environ, "NEWSDESK_PLUGIN_IMPORT_SECONDS", 30, 1, 600),
        plugin_limits=common,
        processor_limits=special,
        options=_options(environ),
    )


def _lease(environ: Mapping[str, str], limits: Iterable[PluginLimits]) -> int:
    """A worker renews its lease between two calls of processors, so a lease must outlast the longest call."""
    lease, longest = whole(environ, "NEWSDESK_LEASE_SECONDS", 120, 1, 86_400), max(each.seconds for each in limits)
    if lease < 2 * longest:
        rule = "it must be at least twice the longest time that NEWSDESK_PLUGIN_SECONDS or NEWSDESK_PLUGIN_LIMITS allow"
        raise SettingError(f"NEWSDESK_LEASE_SECONDS is {lease}; {rule}, which is {longest:g}")
    return lease


def _options(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Options by processor. What they are worth is for the processors to say; a secret among them is in no message."""
    try:
        found = json.loads(environ.get("NEWSDESK_OPTIONS") or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        example = """NEWSDESK_OPTIONS='{"quotes": {"min_confidence": 0.5}}'"""
        raise SettingError(f"NEWSDESK_OPTIONS must be a JSON object of options by processor; write it as in {example}")
    return found


def _flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").lower()
    if value not in ("", "0", "1", "false", "true", "no", "yes"):
        raise SettingError(f"{name} is {value!r}; it must be 1 or 0")
    return value in ("1", "true", "yes")


def _list(environ: Mapping[str, str], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for item in environ.get(name, "").split(",") if item.strip()) or default


def _url(environ: Mapping[str, str], name: str, schemes: tuple[str, ...], default: str) -> str:
    url = environ.get(name) or default
    try:
        scheme, _ = urlsplit(url).scheme, urlsplit(url).port
    except ValueError as error:
        raise SettingError(f"{name} is no address: {error}; write it as in {schemes[0]}://…") from error
    if url and scheme not in schemes:
        raise SettingError(
            f"{name} begins with {url.partition(':')[0]!r}; it must begin with {' or '.join(schemes)}, as in {schemes[0]}://…"
        )
    return url


def _origins(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    origins = _list(environ, name, ())
    for origin in origins:
        if not origin.startswith(("http://", "https://")):
            raise SettingError(f"{name} has {origin!r}; an origin begins with https:// or http://, as in https://news.example")
    return origins


def _hosts(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    hosts = _list(environ, name, ())
    for host in hosts:
        if "/" in host or any(char.isspace() for char in host):
            raise SettingError(f"{name} has {host!r}; a host is a bare name, as in news.example")
    return hosts


def _make_folder(data: Path) -> None:
    """The data folder, for its owner alone: it holds the database, with all articles and the digests of keys."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        writable = os.access(data, os.W_OK | os.X_OK)
    except OSError as error:
        rule = f"it must be a folder that can be written to ({error.strerror})"
        raise SettingError(f"NEWSDESK_DATA is {str(data)!r}; {rule}") from error
    if not writable:
        raise SettingError(
            f"NEWSDESK_DATA is {str(data)!r}; it must be a folder that can be written to, by whoever starts this"
        )


def _secret(environ: Mapping[str, str], kept: Path) -> str:
    given = environ.get("NEWSDESK_SECRET_KEY")
    if given and len(given) < MIN_SECRET:
        raise SettingError(f"NEWSDESK_SECRET_KEY has {len(given)} characters; it must have {MIN_SECRET} or more, at random")
    return given or _kept_secret(kept)


def _kept_secret(path: Path) -> str:
    """The installation's own secret, made at the first start. Two processes that start at once agree on one."""
    if not path.exists():
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
