from newsdesk.host.runner import make_runner
from newsdesk.pipeline.runner import Limits

MB = 1024**2


def test_runner_has_the_limits_that_the_operator_set(settings):
    common = {"seconds": 9, "cpu_seconds": 8, "memory_mb": 700, "output_mb": 6, "processes": 5, "disk_mb": 4}
    settings.NEWSDESK = {
        **settings.NEWSDESK, "plugin_limits": common, "processor_limits": {"names": {**common, "seconds": 3, "disk_mb": 2}}
    }  # fmt: skip
    runner = make_runner()
    assert [runner.limits_of(name) for name in ("lines", "names")] == [
        Limits(9, 8, 700 * MB, 6 * MB, 5, 4 * MB),
        Limits(3, 8, 700 * MB, 6 * MB, 5, 2 * MB),
    ]
