from newsdesk.host.limits import for_import
from newsdesk.host.runner import make_runner
from newsdesk.pipeline.runner import Limits

MB = 1024**2
COMMON = {"seconds": 9, "cpu_seconds": 8, "memory_mb": 700, "output_mb": 6, "processes": 5, "disk_mb": 4}


def test_runner_has_the_limits_that_the_operator_set(settings):
    special = {"names": {**COMMON, "seconds": 3, "disk_mb": 2}}
    settings.NEWSDESK = {**settings.NEWSDESK, "import_seconds": 2, "plugin_limits": COMMON, "processor_limits": special}
    runner = make_runner()
    assert [runner.limits_of(name) for name in ("lines", "names")] == [
        Limits(9, 8, 700 * MB, 6 * MB, 5, 4 * MB, 2),
        Limits(3, 8, 700 * MB, 6 * MB, 5, 2 * MB, 2),
    ]


def test_plugins_are_imported_with_the_memory_of_the_one_that_may_take_most(settings):
    special = {"names": {**COMMON, "memory_mb": 900}}
    settings.NEWSDESK = {**settings.NEWSDESK, "plugin_limits": COMMON, "processor_limits": special}
    assert for_import().memory == 900 * MB
