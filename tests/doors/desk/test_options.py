"""The page on which a processor's options are set."""

import contextlib
from dataclasses import dataclass

import pytest

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Source
from newsdesk.desk import options
from newsdesk.host import registry
from newsdesk.host.models import ProcessorSecret, ProcessorSetting
from newsdesk.host.services import set_options
from newsdesk.pipeline.run import call_here
from newsdesk.processing.rehearsal import PluginsNotStarted
from newsdesk.sdk import option
from tests.apps.factories import processed
from tests.doors.desk.optioned import HOSTILE, Topics, installed
from tests.doors.desk.stage import person

pytestmark = pytest.mark.django_db

PAGE = "/host/processorsetting/options/topics/"
STORY = "Harbour vote passes\n\nThe harbour at Lind is old.\n"
AS_IT_IS = {
    "option-words": "harbour",
    "option-least": "3",
    "option-share": "0.5",
    "option-languages": '"de"',
    "option-way": '"nearest"',
    "option-skip": "",
    "option-country": "",
    "option-token": "",
    "option-model": '{"size": 8, "threshold": 0.45}',
    "seen": "0",
    "article": "",
}
OPERATOR = Actor.operator()


@dataclass(frozen=True)
class Later(Topics):
    """A later version: one option is gone, one is new, one takes less."""

    version = "1.4"
    share: float = option(0.5, minimum=0, maximum=0.6)
    depth: int = 1


@pytest.fixture(autouse=True)
def _topics(monkeypatch):
    installed(monkeypatch, Topics())
    monkeypatch.setattr(options, "make_runner", lambda: contextlib.nullcontext(call_here))
    yield
    registry._plan.cache_clear()


@pytest.fixture
def admin(client):
    client.force_login(person("plugin admin", "kim"))
    return client


def post(admin, button="save", page=PAGE, **changed):
    return admin.post(page, {**AS_IT_IS, button: "1", **{f"option-{name}": value for name, value in changed.items()}})


def errors(answer):
    return {name: list(each) for name, each in answer.context["form"].errors.items()}


def text(answer):
    return " ".join(answer.text.split())


def latest():
    return ProcessorSetting.objects.order_by("-pk").first()


# Who may


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_no_plugin_admin_does_not_see_it(client, role, method):
    client.force_login(person(role, "ana"))
    assert getattr(client, method)(PAGE).status_code == 403


@pytest.mark.parametrize("path", ["gone/", "topics/?source=%00", "topics/?source=gone"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_processor_or_source_that_there_is_not_is_not_found(admin, path, method):
    assert getattr(admin, method)(f"/host/processorsetting/options/{path}").status_code == 404


# What is refused


@pytest.mark.parametrize(
    ("option_", "value", "reason"),
    [
        ("least", "0", "Ensure this value is greater than or equal to 1."),
        ("least", "2.5", "Enter a whole number."),
        ("share", "nan", "Enter a number."),
        ("words", "", "'words' must have 1 items or more, not 0"),
        ("languages", [], "'languages' must have 1 items or more, not 0"),
        ("languages", '"fr"', 'Select a valid choice. "fr" is not one of the available choices.'),
        ("way", '"far"', 'Select a valid choice. "far" is not one of the available choices.'),
        ("skip", "(a+)+", "has nested repetition, “(a+)+”, which may take for ever; flatten it"),
        ("country", "Germany", "'country' must match '^[A-Z]{2}$', not 'Germany'"),
        ("model", "{", "Enter a valid JSON."),
        ("model", "[" * 19_000, "Enter a valid JSON."),
        ("model", '{"size": "many"}', "'model'.size must be integer, not 'many'"),
        ("token", "\0", "Null characters are not allowed."),
    ],
)
def test_what_is_not_taken_is_said_beside_the_field_and_nothing_is_saved(admin, option_, value, reason):
    answer = post(admin, **{option_: value})
    assert (list(errors(answer)), latest()) == ([f"option-{option_}"], None)
    assert reason in errors(answer)[f"option-{option_}"][0]


def test_what_the_plugin_itself_refuses_is_said_above_the_form(admin):
    answer = post(admin, strict="on", share="0.95")
    assert "strict finds nothing with a share over 0.9; lower one of the two" in errors(answer)["__all__"][0]


def test_settings_that_another_saved_meanwhile_are_not_written_over(admin):
    set_options(processor="topics", options={"least": 4}, actor=Actor(person("plugin admin", "ben"), "desk"))
    assert "other settings were saved by ben meanwhile" in errors(post(admin, least="5"))["__all__"][0]


def test_help_of_a_plugin_is_text_and_no_markup(admin):
    shown = admin.get(PAGE).text
    assert (HOSTILE in shown, "&lt;script&gt;alert(1)" in shown) == (False, True)


# Secrets


def test_secret_is_in_no_page_and_in_no_history(admin):
    post(admin, token="s3cr3t")
    pages = [
        admin.get(each).text for each in (PAGE, "/host/processorsetting/", f"/host/processorsetting/{latest().pk}/change/")
    ]
    assert ([("s3cr3t" in each) for each in pages], "Set on" in pages[0]) == ([False, False, False], True)


@pytest.mark.parametrize("button", ["try", "foresee", "save"])
def test_secret_does_not_come_back_with_an_error(admin, button):
    assert "s3cr3t" not in post(admin, button, token="s3cr3t", least="0").text


def test_secret_that_is_left_empty_stays(admin):
    post(admin, token="s3cr3t")
    post(admin, least="4", seen=str(latest().pk))
    assert ProcessorSecret.objects.get().value == "s3cr3t"


def test_secret_is_removed_where_the_box_is_ticked(admin):
    post(admin, token="s3cr3t")
    admin.post(PAGE, {**AS_IT_IS, "seen": str(latest().pk), "forget-token": "on", "save": "1"})
    assert (ProcessorSecret.objects.count(), latest().secrets) == (0, ["token"])


# Saving


def test_everything_that_is_saved_holds(admin):
    post(admin, words="harbour\nquay \n\n", least="4", languages=['"de"', '"en"'], way='"model"', country="SE", strict="on")
    topics = next(each for each in registry.plan().processors if each.name == "topics")
    assert (topics.words, topics.least, topics.languages, topics.way, topics.country, topics.strict, topics.model.size) == (
        ("harbour", "quay"), 4, ("de", "en"), "model", "SE", True, 8,
    )  # fmt: skip


def test_every_option_is_saved_so_that_none_is_defaulted_later(admin):
    post(admin)
    assert set(latest().options) == {
        "words", "least", "share", "strict", "languages", "way", "skip", "country", "model",
    }  # fmt: skip


def test_page_says_what_becomes_due_when_it_has_saved(admin):
    processed(STORY)
    post(admin, least="4")
    assert "Saved. 1 document becomes due" in admin.get(PAGE).text


def test_page_says_that_nothing_becomes_due_for_a_secret(admin):
    post(admin)
    processed(STORY)
    admin.post(PAGE, {**AS_IT_IS, "option-token": "s3cr3t", "seen": str(latest().pk), "save": "1"})
    assert "Saved. Nothing becomes due" in admin.get(PAGE).text


def test_form_has_what_holds(admin):
    set_options(processor="topics", options={"least": 7, "country": "SE"}, actor=OPERATOR)
    form = admin.get(PAGE).context["form"]
    assert [form[f"option-{name}"].value() for name in ("least", "country", "words")] == [7, "SE", "harbour"]


# For one source


@pytest.fixture
def wire(db):
    return Source.objects.create(slug="wire", name="The Wire")


def test_only_what_is_other_for_a_source_is_saved_for_it(admin, wire):
    post(admin, page=f"{PAGE}?source=wire", least="4")
    assert (latest().source, latest().options) == ("wire", {"least": 4})


def test_form_of_a_source_says_what_holds_everywhere(admin, wire):
    set_options(processor="topics", options={"least": 7}, actor=OPERATOR)
    assert "Everywhere: 7." in admin.get(f"{PAGE}?source=wire").text


def test_source_is_made_to_follow_what_holds_everywhere(admin, wire):
    set_options(processor="topics", options={"least": 7}, source="wire", actor=OPERATOR)
    admin.post(f"{PAGE}?source=wire", {"follow": "1"})
    assert (latest().source, latest().options, registry.plans().by_source) == ("wire", {}, {})


def test_following_is_of_sources_and_leaves_what_holds_for_all_alone(admin):
    set_options(processor="topics", options={"least": 7}, actor=OPERATOR)
    admin.post(PAGE, {"follow": "1"})
    assert latest().options == {"least": 7}


def test_form_of_a_source_says_that_a_secret_of_all_holds_there(admin, wire):
    post(admin, token="s3cr3t")
    assert "That of all sources holds here." in admin.get(f"{PAGE}?source=wire").text


def test_form_of_all_names_the_sources_that_have_their_own(admin, wire):
    set_options(processor="topics", options={"least": 7}, source="wire", actor=OPERATOR)
    assert "These sources have options of their own" in admin.get(PAGE).text


# The operator's word


def test_option_that_the_operator_set_is_shown_as_fixed_and_not_saved(admin, settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "options": {"topics": {"least": 9}}}
    form = admin.get(PAGE).context["form"]
    post(admin, least="4")
    assert (form["option-least"].value(), form.fields["option-least"].disabled, "least" in latest().options) == (9, True, False)


# Looking and trying


def test_looking_and_trying_save_nothing(admin):
    processed(STORY)
    post(admin, "try", least="9"), post(admin, "foresee", least="9")
    assert latest() is None


def test_page_tells_what_would_become_due(admin):
    processed(STORY)
    assert "<strong>topics</strong> would run 1 ×" in text(post(admin, "foresee", least="9"))


def test_page_shows_what_would_differ_on_the_newest_article(admin):
    article = processed(STORY).snapshot.article_id
    answer = text(post(admin, "try", words="harbour\nlind"))
    assert (f"article {article}" in answer, "1 now, 2 with these options" in answer, ">lind<" in answer.lower()) == (True,) * 3


def test_article_that_there_is_not_is_said_beside_the_field(admin):
    answer = admin.post(PAGE, {**AS_IT_IS, "article": "99", "try": "1"})
    assert answer.context["try_form"].errors["article"] == ["there is no article 99 that was processed; choose another"]


def test_empty_desk_has_nothing_to_try_on_and_says_so(admin):
    assert "No article of these sources was processed yet" in post(admin, "try").context["try_form"].errors["article"][0]


def test_plugins_that_do_not_start_are_said_above_the_form(admin, monkeypatch):
    def away(processor, dossier):
        raise PluginsNotStarted("the plugins' process did not start: no answer")

    monkeypatch.setattr(options, "make_runner", lambda: contextlib.nullcontext(away))
    monkeypatch.setattr(options, "try_on", lambda call, **_: call(None, None))
    processed(STORY)
    assert errors(post(admin, "try"))["__all__"] == ["the plugins' process did not start: no answer"]


def test_second_try_at_the_same_time_is_asked_to_wait(admin, monkeypatch):
    processed(STORY)
    with options._TRYING:
        answer = post(admin, "try")
    assert errors(answer)["__all__"] == ["Somebody else is trying options at this moment; press the button again."]


# What was saved before


def test_history_says_who_changed_what(admin):
    set_options(processor="topics", options={"least": 4}, actor=OPERATOR)
    set_options(processor="topics", options={"least": 5}, actor=Actor(person("plugin admin", "ben"), "desk"))
    newest = admin.get(PAGE).context["history"][0]
    assert (newest["row"].saved_by.username, newest["changes"]) == ("ben", [{"name": "least", "before": "4", "after": "5"}])


def test_earlier_setting_is_restored(admin):
    first = set_options(processor="topics", options={"least": 4}, actor=OPERATOR)
    set_options(processor="topics", options={"least": 5}, actor=OPERATOR)
    admin.post(PAGE, {"restore": str(first.pk)})
    assert (latest().options, latest().saved_by.username) == ({"least": 4}, "kim")


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_setting_that_there_is_not_is_not_restored(admin, number):
    assert admin.post(PAGE, {"restore": number}).status_code == 404


def test_earlier_setting_that_does_not_fit_any_more_is_not_restored_and_the_page_says_why(admin, monkeypatch):
    first = set_options(processor="topics", options={"share": 0.9}, actor=OPERATOR)
    installed(monkeypatch, Later())
    answer = admin.post(PAGE, {"restore": str(first.pk)}, follow=True)
    assert "option &#x27;share&#x27; must be 0.6 or less, not 0.9" in answer.text


def test_setting_of_an_older_schema_is_to_be_looked_at(admin, monkeypatch):
    set_options(processor="topics", options={"least": 4}, actor=OPERATOR)
    installed(monkeypatch, Later())
    assert admin.get(PAGE).context["reviews"] == [
        "“depth” is new; its default, 1, holds until you save.",
        "What “share” takes has changed.",
    ]


def test_plugins_page_leads_to_what_is_to_be_looked_at(admin, monkeypatch):
    set_options(processor="topics", options={"least": 4}, actor=OPERATOR)
    installed(monkeypatch, Later())
    assert (
        f'Settings to look at</h2> <p>They were saved when the processor took other options: <a href="{PAGE}">topics'
        in text(admin.get("/host/processorsetting/"))
    )


def test_values_that_fit_no_field_any_more_are_shown_all_the_same(admin):
    odd = {"languages": 5, "least": "four", "words": 7, "way": {"a": 1}, "model": "x", "share": [], "country": 1, "gone": 2}
    ProcessorSetting.objects.create(processor="topics", options=odd)
    assert (admin.get(PAGE).status_code, "Left out:" in admin.get(PAGE).text) == (200, True)


@pytest.mark.parametrize("count", [1, 30])
def test_more_settings_need_no_more_queries(admin, django_assert_max_num_queries, count):
    for number in range(count):
        set_options(processor="topics", options={"least": number + 1}, actor=OPERATOR)
    with django_assert_max_num_queries(14):
        admin.get(PAGE)
