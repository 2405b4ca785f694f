import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import kombu
import pytest

from newsdesk.config.env import SettingError, read


@pytest.fixture
def environ(tmp_path):
    return {"NEWSDESK_DATA": str(tmp_path / "data"), "NEWSDESK_SECRET_KEY": "s" * 50}


@pytest.mark.parametrize(
    ("variable", "value", "rule"),
    [
        ("DEBUG", "maybe", "NEWSDESK_DEBUG is 'maybe'; it must be 1 or 0"),
        ("HTTPS", "on", "NEWSDESK_HTTPS is 'on'; it must be 1 or 0"),
        ("PORT", "0", "NEWSDESK_PORT is '0'; it must be a whole number from 1 to 65535"),
        ("PORT", "65536", "NEWSDESK_PORT is '65536'; it must be a whole number from 1 to 65535"),
        ("PORT", "http", "NEWSDESK_PORT is 'http'; it must be a whole number from 1 to 65535"),
        ("PORT", "80.5", "NEWSDESK_PORT is '80.5'; it must be a whole number from 1 to 65535"),
        ("WORKERS", "0", "NEWSDESK_WORKERS is '0'; it must be a whole number from 1 to 64"),
        ("WORKERS", "1.5", "NEWSDESK_WORKERS is '1.5'; it must be a whole number from 1 to 64"),
        ("BATCH", "501", "NEWSDESK_BATCH is '501'; it must be a whole number from 1 to 500"),
        ("LEASE_SECONDS", "-1", "NEWSDESK_LEASE_SECONDS is '-1'; it must be a whole number from 1 to 86400"),
        ("SWEEP_SECONDS", "0", "NEWSDESK_SWEEP_SECONDS is '0'; it must be a number from 0.1 to 3600"),
        ("SWEEP_SECONDS", "nan", "NEWSDESK_SWEEP_SECONDS is 'nan'; it must be a number from 0.1 to 3600"),
        ("NUDGE_SECONDS", "inf", "NEWSDESK_NUDGE_SECONDS is 'inf'; it must be a number from 0.1 to 3600"),
        ("PLUGIN_SECONDS", "soon", "NEWSDESK_PLUGIN_SECONDS is 'soon'; it must be a number from 0.1 to 3600"),
        ("PLUGIN_MEMORY_MB", "64", "NEWSDESK_PLUGIN_MEMORY_MB is '64'; it must be a whole number from 128 to 1048576"),
        ("PLUGIN_CPU_SECONDS", "0", "NEWSDESK_PLUGIN_CPU_SECONDS is '0'; it must be a number from 0.1 to 86400"),
        ("PLUGIN_OUTPUT_MB", "0", "NEWSDESK_PLUGIN_OUTPUT_MB is '0'; it must be a whole number from 1 to 1024"),
        ("PLUGIN_PROCESSES", "many", "NEWSDESK_PLUGIN_PROCESSES is 'many'; it must be a whole number from 1 to 4096"),
        ("PLUGIN_DISK_MB", "-1", "NEWSDESK_PLUGIN_DISK_MB is '-1'; it must be a whole number from 1 to 1048576"),
        ("PLUGIN_IMPORT_SECONDS", "0", "NEWSDESK_PLUGIN_IMPORT_SECONDS is '0'; it must be a number from 1 to 600"),
        ("PLUGIN_LIMITS", "quotes", "NEWSDESK_PLUGIN_LIMITS has 'quotes'; write it as in NEWSDESK_PLUGIN_LIMITS=\"quotes:"),
        ("PLUGIN_LIMITS", "seconds=5", "NEWSDESK_PLUGIN_LIMITS has 'seconds=5'; write it as in"),
        ("PLUGIN_LIMITS", ": seconds=5", "NEWSDESK_PLUGIN_LIMITS has ': seconds=5'; write it as in"),
        (
            "PLUGIN_LIMITS",
            "quotes: second=5",
            "NEWSDESK_PLUGIN_LIMITS has 'second=5' for quotes; there are seconds, cpu_seconds, memory_mb, output_mb,",
        ),
        ("PLUGIN_LIMITS", "quotes: seconds 5", "NEWSDESK_PLUGIN_LIMITS has 'seconds' for quotes; there are seconds, cpu_seco"),
        (
            "PLUGIN_LIMITS",
            "quotes: memory_mb=1",
            "NEWSDESK_PLUGIN_LIMITS: memory_mb of quotes is '1'; it must be a whole number from 128 to 1048576",
        ),
        ("PLUGIN_LIMITS", "a: seconds=5; a: disk_mb=1", "NEWSDESK_PLUGIN_LIMITS names 'a' twice; say all of it in one place"),
        (
            "PLUGIN_LIMITS",
            "quotes: seconds=61",
            "NEWSDESK_LEASE_SECONDS is 120; it must be at least twice the longest time that NEWSDESK_PLUGIN_SECONDS or",
        ),
        (
            "DATABASE_URL",
            "mysql://h/d",
            "NEWSDESK_DATABASE_URL begins with 'mysql'; it must begin with postgres or postgresql or sqlite",
        ),
        ("DATABASE_URL", "postgres://[", "NEWSDESK_DATABASE_URL is no address: Invalid IPv6 URL"),
        ("REDIS_URL", "http://h", "NEWSDESK_REDIS_URL begins with 'http'; it must begin with redis or rediss or redis+socket"),
        ("REDIS_URL", "unix:///run/redis.sock", "NEWSDESK_REDIS_URL begins with 'unix'; it must begin with redis or"),
        ("DATA", "/dev/null/data", "NEWSDESK_DATA is '/dev/null/data'; it must be a folder that can be written to"),
    ],
)
def test_value_that_cannot_be_used_is_refused_with_variable_rule_and_remedy(environ, variable, value, rule):
    environ = {**environ, f"NEWSDESK_{variable}": value}
    environ.pop("NEWSDESK_SECRET_KEY")
    with pytest.raises(SettingError) as refused:
        read(environ)
    assert str(refused.value).startswith(rule)


def test_refusal_does_not_tell_a_password(environ):
    with pytest.raises(SettingError) as refused:
        read({**environ, "NEWSDESK_DATABASE_URL": "mysql://editor:hunter2@db/newsdesk"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/0", "rediss://h/0", "redis+socket:///run/redis.sock"])
def test_address_of_redis_is_one_that_the_broker_knows(environ, url):
    broker = kombu.Connection(read({**environ, "NEWSDESK_REDIS_URL": url}).redis_url)
    assert broker.get_transport_cls().__module__ == "kombu.transport.redis"


def test_nothing_set_needs_no_servers(environ):
    env = read(environ)
    assert (env.embedded_broker, env.database_url) == (True, f"sqlite:///{env.data}/newsdesk.sqlite3")


def test_blank_is_as_good_as_unset(environ):
    blank = {
        f"NEWSDESK_{name}": "" for name in ("PORT", "HOST", "DEBUG", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "BATCH")
    }
    assert read({**environ, **blank}) == read(environ)


def test_redis_that_is_named_is_the_broker(environ):
    assert not read({**environ, "NEWSDESK_REDIS_URL": "redis://h/0"}).embedded_broker


@pytest.mark.parametrize(("value", "flag"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False)])
def test_flag_is_on_or_off(environ, value, flag):
    assert read({**environ, "NEWSDESK_HTTPS": value}).https is flag


def test_list_is_cut_at_commas(environ):
    assert read({**environ, "NEWSDESK_ALLOWED_HOSTS": "a.example, b.example,,"}).allowed_hosts == ("a.example", "b.example")


def test_processor_that_is_named_has_limits_of_its_own_and_the_common_ones_for_the_rest(environ):
    env = read({**environ, "NEWSDESK_PLUGIN_LIMITS": " quotes : seconds=60  memory_mb=4096 ;topics:processes=1; "})
    assert (env.processor_limits["quotes"], env.processor_limits["topics"]) == (
        replace(env.plugin_limits, seconds=60, cpu_seconds=60, memory_mb=4096),
        replace(env.plugin_limits, processes=1),
    )


def test_cpu_time_that_is_set_holds_whatever_the_wall_time(environ):
    env = read({**environ, "NEWSDESK_PLUGIN_CPU_SECONDS": "9", "NEWSDESK_PLUGIN_LIMITS": "a: seconds=5; b: cpu_seconds=7"})
    assert [each.cpu_seconds for each in (env.plugin_limits, *env.processor_limits.values())] == [9, 9, 7]


def test_cpu_time_that_is_not_set_is_the_wall_time(environ):
    assert read({**environ, "NEWSDESK_PLUGIN_SECONDS": "7"}).plugin_limits.cpu_seconds == 7


def test_fraction_of_a_second_is_taken(environ):
    assert read({**environ, "NEWSDESK_SWEEP_SECONDS": "0.5"}).sweep_seconds == 0.5


def test_secret_that_is_given_is_not_written_down(environ):
    env = read(environ)
    assert (env.secret_key, list(env.data.iterdir())) == ("s" * 50, [])


def test_secret_that_is_not_given_is_made_once_and_kept(environ):
    environ.pop("NEWSDESK_SECRET_KEY")
    first, second = read(environ), read(environ)
    assert (first.secret_key, len(first.secret_key) >= 50) == (second.secret_key, True)


def test_kept_secret_can_be_read_by_its_owner_alone(environ):
    environ.pop("NEWSDESK_SECRET_KEY")
    path = read(environ).data / "secret_key"
    assert (stat.S_IMODE(path.stat().st_mode), [each.name for each in path.parent.iterdir()]) == (0o600, ["secret_key"])


def test_two_desks_have_two_secrets(tmp_path):
    assert len({read({"NEWSDESK_DATA": str(tmp_path / name)}).secret_key for name in ("one", "two")}) == 2


def test_processes_that_start_at_once_agree_on_one_secret(tmp_path, monkeypatch):
    numbers = iter(range(1, 9))
    monkeypatch.setattr("newsdesk.config.env.os.getpid", lambda: next(numbers))
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: read({"NEWSDESK_DATA": str(tmp_path)}).secret_key, range(8)))) == 1


def test_data_folder_is_its_owners_alone(environ):
    assert read(environ).data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("NEWSDESK_SECRET_KEY", "short", "NEWSDESK_SECRET_KEY has 5 characters; it must have 32 or more"),
        ("NEWSDESK_TRUSTED_ORIGINS", "news.example", "NEWSDESK_TRUSTED_ORIGINS has 'news.example'"),
        ("NEWSDESK_ALLOWED_HOSTS", "https://news.example", "NEWSDESK_ALLOWED_HOSTS has 'https://news.example'"),
        ("NEWSDESK_DATABASE_URL", "postgresql://u@h:bad/x", "NEWSDESK_DATABASE_URL is no address"),
    ],
)
def test_value_that_nothing_can_work_with_is_refused(environ, name, value, says):
    with pytest.raises(SettingError, match=re.escape(says)):
        read({**environ, name: value})


@pytest.mark.parametrize("value", ["{", "[]", "5", '{"quotes": 5}', "[" * 100_000])
def test_options_that_are_no_options_by_processor_are_refused_without_being_repeated(environ, value):
    with pytest.raises(SettingError, match=r"^NEWSDESK_OPTIONS must be a JSON object of options by processor; write it as in"):
        read({**environ, "NEWSDESK_OPTIONS": value})


def test_options_are_read_by_processor(environ):
    given = '{"quotes": {"min_confidence": 0.5}}'
    assert read({**environ, "NEWSDESK_OPTIONS": given}).options == {"quotes": {"min_confidence": 0.5}}


def test_there_are_no_options_until_somebody_says_so(environ):
    assert read(environ).options == {}
