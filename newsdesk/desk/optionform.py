"""A form for the options of a processor, made from their JSON Schema: a widget for what has one, JSON for the rest.

What a plugin says of its options is text and nothing else: help is escaped here, since Django's form templates take it for
markup.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsdesk.sdk import OptionError, Processor
from newsdesk.sdk.options import made_values, options_schema

PREFIX = "option-"
FORGET = "forget-"
FEW = 5
"""So many choices are all to be seen; more are in a list that opens."""

MAX_TEXT = 20_000


class OptionsForm(forms.Form):
    """The options of one processor; `options()` gives them as plain values once the form is valid.

    `present` has what holds, `fixed` names what the operator has set, `kept` says of secrets
    that they are set; where the form is for one source, `inherited` has the secrets of all that hold there, and
    `everywhere` what else holds for all.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        processor: Processor,
        present: Mapping[str, Any],
        *args: Any,
        fixed: frozenset[str] = frozenset(),
        kept: Mapping[str, str] | None = None,
        inherited: frozenset[str] = frozenset(),
        everywhere: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._processor = processor
        self._fixed = fixed
        self._schemas: dict[str, Mapping[str, Any]] = options_schema(processor)["properties"]
        for name, schema in self._schemas.items():
            if schema.get("writeOnly"):
                self._add_secret(name, schema, (kept or {}).get(name), name in inherited)
            else:
                field = _field(schema, present.get(name))
                self._add(name, schema, field, None if everywhere is None else everywhere.get(name))

    def options(self) -> dict[str, Any]:
        """The options as they were given, those that the operator fixed left out; a secret to be removed is None."""
        given = {name: value for name, value in self._values() if name not in self._fixed}
        for name, schema in self._schemas.items():
            if schema.get("writeOnly") and self.cleaned_data.get(FORGET + name) and not given.get(name):
                given[name] = None
        return given

    def clean(self) -> dict[str, Any]:
        """Hold each value to its schema, so that what is wrong is said beside the field."""
        given = super().clean() or {}
        for name, value in self._values():
            if not (self._schemas[name].get("writeOnly") and not value):
                try:
                    made_values(self._processor, {name: value})
                except OptionError as error:
                    self.add_error(PREFIX + name, str(error).removeprefix(f"{self._processor.name}: option "))
        return given

    def _values(self) -> Iterator[tuple[str, Any]]:
        for name in self._schemas:
            if PREFIX + name in self.cleaned_data:
                yield name, self.cleaned_data[PREFIX + name]

    def _add(self, name: str, schema: Mapping[str, Any], field: forms.Field, everywhere: Any) -> None:
        field.label = _label(name, schema)
        said = [escape(schema.get("description", "")), *map(escape, _rules(schema))]
        if everywhere is not None:
            said.append(escape(_("Everywhere: {value}.").format(value=shown(everywhere))))
        if name in self._fixed:
            field.disabled = True
            said.append(escape(_("Set by the operator; it holds whatever is saved here.")))
        field.help_text = " ".join(each for each in said if each)
        self.fields[PREFIX + name] = field

    def _add_secret(self, name: str, schema: Mapping[str, Any], kept: str | None, inherited: bool) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"}, render_value=False)
        field = forms.CharField(required=False, strip=False, max_length=schema.get("maxLength", MAX_TEXT), widget=widget)
        self._add(name, schema, field, None)
        state = kept or (_("That of all sources holds here.") if inherited else _("Not set."))
        never = _("It is never shown. Left empty, it stays as it is.")
        field.help_text = f"{field.help_text} {escape(state)} {escape(never)}".strip()
        if kept and name not in self._fixed:
            label = _("Remove {name}").format(name=field.label)
            self.fields[FORGET + name] = forms.BooleanField(required=False, label=label)


class _Lines(forms.CharField):
    """A list, one item a line; blank lines are none. Numbers are read as such."""

    widget = forms.Textarea

    def __init__(self, items: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MAX_TEXT, **kwargs)
        self._text = items.get("type", "string") == "string"

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return [line if self._text else _number(line) for line in lines if line]


class _Json(forms.JSONField):
    """Whatever has no widget; {} and [] are values, not nothing."""

    empty_values = (None, "")

    def __init__(self, **kwargs: Any) -> None:
        rows = {"rows": 4, "spellcheck": "false", "class": "code"}
        super().__init__(max_length=MAX_TEXT, widget=forms.Textarea(attrs=rows), **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid", {"value": ""}) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


class _Text(forms.CharField):
    """Text as it is, line ends and blanks included; empty is null where the option may be."""

    def __init__(self, optional: bool, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, empty_value=None if optional else "", **kwargs)


def shown(value: Any) -> str:
    """A value in words for people: text as it is, the rest as JSON."""
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _field(schema: Mapping[str, Any], value: Any) -> forms.Field:
    kinds = schema.get("type", ())
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    optional = "null" in kinds
    (kind,) = kinds - {"null"} if len(kinds - {"null"}) == 1 else ("",)
    if "enum" in schema:
        return _choice(schema["enum"], value)
    if kind == "boolean" and not optional:
        return forms.BooleanField(required=False, initial=value)
    if kind in ("integer", "number"):
        bounds = {"min_value": schema.get("minimum"), "max_value": schema.get("maximum"), "required": not optional}
        if kind == "integer":
            return forms.IntegerField(initial=value, **bounds)
        field = forms.FloatField(initial=value, **bounds)
        field.widget.attrs["step"] = "any"
        return field
    if kind == "string":
        long = "\n" in str(value or "")
        widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
        if "pattern" in schema or schema.get("format") == "regex":
            widget.attrs |= {"spellcheck": "false", "class": "code", "autocapitalize": "off"}
        return _Text(optional, initial=value, widget=widget, max_length=schema.get("maxLength", MAX_TEXT))
    items = schema.get("items", {})
    if kind == "array" and not optional and "enum" in items:
        return _choices(items["enum"], value)
    if kind == "array" and not optional and items.get("type") in ("string", "integer", "number"):
        return _Lines(items, initial=value, widget=forms.Textarea(attrs={"rows": 4}))
    return _Json(initial=value, required=not optional)


def _choice(values: list[Any], value: Any) -> forms.Field:
    choices = [(json.dumps(each), _("none") if each is None else str(each)) for each in values]
    widget = forms.RadioSelect if len(values) <= FEW else forms.Select
    return forms.TypedChoiceField(choices=choices, coerce=json.loads, initial=json.dumps(value), widget=widget)


def _choices(values: list[Any], value: Any) -> forms.Field:
    choices = [(json.dumps(each), str(each)) for each in values]
    initial = [json.dumps(each) for each in value] if isinstance(value, list) else []
    widget = forms.CheckboxSelectMultiple
    return forms.TypedMultipleChoiceField(
        choices=choices, coerce=json.loads, initial=initial, required=False, empty_value=[], widget=widget
    )


def _label(name: str, schema: Mapping[str, Any]) -> str:
    return str(schema.get("title") or capfirst(name.replace("_", " ")))


def _rules(schema: Mapping[str, Any]) -> Iterator[str]:
    """What a value must be, in sentences, as far as the widget does not show it."""
    items = schema.get("items", {})
    low, high = (schema.get(each, items.get(each)) for each in ("minimum", "maximum"))
    if low is not None and high is not None:
        yield _("From {low} to {high}.").format(low=low, high=high)
    elif low is not None:
        yield _("{low} or more.").format(low=low)
    elif high is not None:
        yield _("{high} or less.").format(high=high)
    if pattern := schema.get("pattern", items.get("pattern")):
        yield _("It must match {pattern}.").format(pattern=pattern)
    if schema.get("format", items.get("format")) == "regex":
        yield _("A regular expression, without repetition inside repetition.")
    if schema.get("type") == "array" and "enum" not in items and items.get("type") in ("string", "integer", "number"):
        yield _("One on each line.")
    if least := schema.get("minItems"):
        yield _("At least {least}.").format(least=least)


def _number(text: str) -> Any:
    """A number as JSON has it, or the text as it is, which the option then refuses."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, (int, float)) and not isinstance(found, bool) else text
