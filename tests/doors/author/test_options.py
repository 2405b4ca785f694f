"""Options as they are typed."""

from dataclasses import dataclass

import pytest

from newsdesk.author.errors import AuthorError
from newsdesk.author.options import with_typed


@dataclass(frozen=True)
class Names:
    name = "names"
    version = "1"
    requires = ("text",)
    provides = ("person",)
    word: str = "Ada"
    times: int = 1
    strict: bool = False
    among: tuple[str, ...] = ()

    def process(self, document):
        return []


class Others(Names):
    name = "others"


def typed(*settings, processors=(Names(),)):
    return with_typed({each.name: each for each in processors}, settings)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("times", "--set times has no value; write it as NAME=VALUE"),
        ("size=3", "no processor of this plugin has this option; there are names.among, names.strict"),
        ("word=x", "several processors have this option; say which: names.word or others.word"),
    ],
)
def test_setting_that_names_no_option_is_refused(setting, said):
    with pytest.raises(AuthorError) as refused:
        typed(setting, processors=(Names(), Others()))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "option", "value"),
    [
        ("word=7", "word", "7"),
        ("word=a=b", "word", "a=b"),
        ("names.times=7", "times", 7),
        ("strict=true", "strict", True),
        ("among=a, b", "among", ("a", "b")),
        ('among=["a,b"]', "among", ("a,b",)),
        ("among=", "among", ()),
    ],
)
def test_value_is_read_as_what_the_option_is(setting, option, value):
    assert getattr(typed(setting)["names"], option) == value
