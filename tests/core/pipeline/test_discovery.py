from importlib.metadata import EntryPoint, distributions

import pytest

from newsdesk.pipeline import discovery
from newsdesk.pipeline.discovery import LISTED, admit, discover
from newsdesk.sdk import API_VERSION


@pytest.fixture
def install(tmp_path, monkeypatch):
    """A function that installs distributions as `name="entry points"`, and gives what is discovered of them and no other."""

    def found(listed="", requires="", version="1.0", **named):
        for name, entry_points in named.items():
            metadata = tmp_path / f"{name}-{version}.dist-info"
            metadata.mkdir()
            head = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\n" + (f"Version: {version}\n" if version else "")
            (metadata / "METADATA").write_text(head + (f"Requires-Dist: {requires}\n" if requires else ""))
            (metadata / "entry_points.txt").write_bytes(entry_points)
        mine = list(distributions(path=[str(tmp_path)]))
        monkeypatch.setattr(discovery, "distributions", lambda: mine)
        return discover(listed)

    return found


def entries(found):
    return [(each.name, each.value) for each in found.entries]


def told(found):
    return [(each.plugin, each.message) for each in found.problems]


def entry(name):
    return b"[newsdesk]\n%s = acme_%s\n" % (name.encode(), name.encode())


def test_out_of_range_is_left_out_with_the_remedy(install):
    found = install(acme_topics=entry("topics"), requires="newsdesk>=0.2,<0.3")
    assert (entries(found), told(found)) == (
        [],
        [
            (
                "topics",
                f"is made for newsdesk>=0.2,<0.3, and this is Newsdesk {API_VERSION}; "
                "install a version of acme-topics that is made for it, or uninstall it",
            )
        ],
    )


def test_second_distribution_with_the_name_of_a_plugin_is_left_out_and_the_first_stays(install):
    found = install(acme_b=b"[newsdesk]\ntopics = b\n", acme_a=b"[newsdesk]\ntopics = a\n")
    assert (entries(found), told(found)) == (
        [("topics", "a")],
        [
            (
                "topics",
                "acme-b 1.0 names its plugin as acme-a 1.0 does, which is in; "
                "uninstall one of the two, or list the other in NEWSDESK_LOAD_PLUGINS",
            )
        ],
    )


def test_of_two_of_one_name_the_one_that_is_listed_is_in(install):
    found = install("acme-b", acme_b=b"[newsdesk]\ntopics = b\n", acme_a=b"[newsdesk]\ntopics = a\n")
    assert (entries(found), told(found)) == ([("topics", "b")], [])


@pytest.mark.parametrize("value", ["", "9 lives", "acme topics", "acme:", "os; import sys", "..", "acme.:x"])
def test_entry_point_that_names_no_module_is_left_out(value):
    (problem,) = admit([EntryPoint("topics", value, "newsdesk")]).problems
    assert problem.message.startswith(f"its entry point says {value!r}, which names no module; mend it, as in topics = ")


@pytest.mark.parametrize("name", ["", "a/b", "a b", "../a", "-a", "é", "a" * 101, "a\n"])
def test_name_that_would_not_do_in_addresses_is_left_out(name):
    (problem,) = admit([EntryPoint(name, "acme", "newsdesk")]).problems
    assert problem.message.startswith("a plugin's name must be letters, digits, dots, hyphens and underscores, 100 at most")


@pytest.mark.parametrize("damage", [b"[newsdesk]\ntopics\n", b"[newsdesk]\ntopics = a\n\xff\xfe\n"])
def test_metadata_that_cannot_be_read_are_told_and_the_others_are_there(install, damage):
    found = install(acme_odd=damage, acme_topics=entry("topics"))
    ((plugin, message),) = told(found)
    assert (entries(found), plugin) == ([("topics", "acme_topics")], "acme-odd")
    assert message.startswith("the metadata of this distribution cannot be read: ")
    assert message.endswith("; reinstall or uninstall it")


def test_same_distribution_twice_on_the_path_counts_once(install):
    install(acme_topics=entry("topics"))
    assert entries(install(acme_topics=entry("topics"), version="2.0")) == [("topics", "acme_topics")]


def test_what_is_not_listed_is_known_and_may_not_be_imported(install):
    found = install("topics", acme_topics=entry("topics"), acme_names=entry("names"))
    assert (entries(found), [each.name for each in found.unlisted], told(found)) == ([("topics", "acme_topics")], ["names"], [])


@pytest.mark.parametrize(
    "listed", ["topics", "acme-topics", "Acme_Topics", "topics==1.0", " topics == 1.0 , ", "acme.topics==1.0"]
)
def test_plugin_is_listed_by_its_name_or_its_distributions_with_or_without_a_version(install, listed):
    assert entries(install(listed, acme_topics=entry("topics"))) == [("topics", "acme_topics")]


@pytest.mark.parametrize("listed", ["", " ", ","])
def test_blank_list_is_none(install, listed):
    assert entries(install(listed, acme_topics=entry("topics"))) == [("topics", "acme_topics")]


def test_listed_version_that_is_not_installed_is_told_and_the_other_is_not_in(install):
    found = install("topics==2.0", acme_topics=entry("topics"))
    assert (entries(found), told(found)) == (
        [],
        [(LISTED, "asks for topics==2.0, but 1.0 is installed; install that version, or correct the list")],
    )


@pytest.mark.parametrize("name", ["topic", "topics>=1", "topics=1.0"])
def test_listed_name_that_nothing_has_is_told_with_those_that_there_are(install, name):
    (problem,) = told(install(f"{name},topics", acme_topics=entry("topics"), acme_names=entry("names")))
    rule = f"names {name!r}, which is no installed plugin or distribution; there are names, topics"
    assert problem == (LISTED, f"{rule}; correct the name, as NAME or NAME==VERSION, or take it out")


def test_list_comes_from_the_environment(install, monkeypatch):
    monkeypatch.setenv(LISTED, "names")
    found = install(None, acme_topics=entry("topics"), acme_names=entry("names"))
    assert [name for name, _ in entries(found)] == ["names"]


def test_distributions_without_a_plugin_are_not_looked_at(install):
    assert install(acme_odd=b"\n[console_scripts]\nodd\n") == discovery.Discovery(())


def test_plugin_on_disk_with_a_name_that_would_not_do_in_addresses_is_not_listed_with_the_others(install):
    install(acme_topics=b"[newsdesk]\na/b = a\n = b\ntopics = c\n")
    assert [each.name for each in discovery.installed()] == ["topics"]


def test_distribution_without_a_version_has_one_that_can_be_shown(install):
    (plugin,) = install("none", acme_topics=entry("topics"), version="").unlisted
    assert plugin.version == "0"


def test_plugin_has_its_distribution_version_and_range(install):
    found = install("none", acme_topics=entry("topics"), requires="newsdesk>=0.1,<0.2", version="2.5")
    assert found.unlisted == (discovery.Plugin("topics", "acme-topics", "2.5", ">=0.1,<0.2"),)
