"""Our markup is GOV.UK's: held against the fixtures that govuk-frontend brings with it."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from xgov.pages.forms import DateField, MoneyField, Option, PlainForm
from xgov.pages.forms.problems import Problem

ROOT = Path(__file__).parent.parent.parent
COMPONENTS = ROOT / "node_modules/govuk-frontend/dist/govuk/components"
STYLE_SHEET = ROOT / "static/build/xgov.css"


class Skeleton(HTMLParser):
    """The elements of a piece of HTML with their GOV.UK classes, and how they are nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.depth = 0
        self.found: set[str] = set()
        self.path: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        classes = (dict(attrs).get("class") or "").split()
        ours = sorted(name for name in classes if name.startswith("govuk-") and "--" not in name)
        self.path.append(f"{tag}.{'.'.join(ours)}")
        if ours:
            inside = [step for step in self.path if not step.endswith(".")]
            self.found.add(" > ".join(inside[-2:]))
        if tag in {"input", "br", "path", "img", "meta", "link", "circle"}:
            self.path.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.path:
            if self.path.pop().split(".")[0] == tag:
                return


def govuk(component: str, name: str) -> set[str]:
    fixtures = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    return Skeleton(next(fixture["html"] for fixture in fixtures if fixture["name"] == name)).found


class Everything(PlainForm):
    text = forms.CharField(help_text="A hint")
    long = forms.CharField(widget=forms.Textarea, max_length=10)
    pick = forms.ChoiceField(choices=[("a", "A")], help_text="A hint")
    radio = forms.ChoiceField(choices=[("a", Option("A", "hint")), ("b", "B")], widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(choices=[("a", Option("A", "hint"))], widget=forms.CheckboxSelectMultiple)
    day = DateField()
    money = MoneyField()
    file = forms.FileField()


def field(name: str) -> str:
    return str(Everything({})[name].as_field_group())


def template(text: str, **context: object) -> str:
    return Template("{% load xgov %}" + text).render(Context(context))


def pages() -> str:
    page = Paginator(range(400), 10).page(10)
    return template("{% pagination page %}", page=page, request=RequestFactory().get("/risks/?page=10"))


TASKS = [
    {
        "title": "Agree",
        "tasks": [
            {"label": "Parties", "url": "/x/", "hint": "Who", "status": {"words": "In progress", "colour": "blue"}},
            {"label": "Sign", "url": "", "hint": "Later", "status": {"words": "Cannot", "colour": "cannot-start"}},
        ],
    }
]

OURS = {
    ("input", "with error message"): lambda: field("text"),
    ("input", "with prefix"): lambda: field("money"),
    ("character-count", "default"): lambda: field("long"),
    ("select", "with hint text and error message"): lambda: field("pick"),
    ("radios", "with hints on items"): lambda: field("radio"),
    ("checkboxes", "with hints on items"): lambda: field("boxes"),
    ("date-input", "with error message and hint"): lambda: field("day"),
    ("file-upload", "default"): lambda: field("file"),
    ("error-summary", "default"): lambda: render_to_string(
        "components/error_summary.html", {"problems": [Problem("Enter title", "id_title")]}
    ),
    ("pagination", "with many pages"): pages,
    ("warning-text", "default"): lambda: template("{% warning %}No way back{% endwarning %}"),
    ("inset-text", "default"): lambda: template("{% inset %}By the way{% endinset %}"),
    ("details", "default"): lambda: template("{% details 'More' %}Text{% enddetails %}"),
    ("tag", "grey"): lambda: template("{% tag 'Withheld' 'grey' %}"),
    ("breadcrumbs", "default"): lambda: template("{% breadcrumbs 'Programmes' '/programmes/' %}"),
    ("notification-banner", "default"): lambda: template("{% notification 'Saved' %}"),
    ("task-list", "with hint text and additional states"): lambda: render_to_string(
        "components/task_list.html", {"sections": TASKS}
    ),
    ("summary-list", "with actions"): lambda: template(
        "{% summary_list %}{% summary_row 'Cause' 'x' '/change/' %}{% endsummary_list %}"
    ),
}
# What their examples show and ours have no need of, or lay out by a heading inside a fieldset.
LEFT_OUT = ("summary-list__actions-list", "fieldset__heading", "dd.govuk-summary-list__value > p.govuk-body")


@pytest.mark.parametrize(("component", "name"), OURS)
def test_our_markup_is_made_of_the_same_elements_as_govuks(component: str, name: str) -> None:
    ours = Skeleton(OURS[component, name]()).found
    missing = {step for step in govuk(component, name) if not any(part in step for part in LEFT_OUT)} - ours
    assert not missing, f"ours has {sorted(ours)}"


def test_the_style_sheet_brings_no_crown_and_no_font_that_belongs_to_gov_uk() -> None:
    style = STYLE_SHEET.read_text()
    assert "GDS Transport" not in style
    assert "crest" not in style
    assert "crown" not in style
    assert "@font-face" not in style
    assert "url(http" not in style.replace('"', "")


ON_SCREEN = [path for path in sorted((ROOT / "templates").rglob("*.html")) if not {"papers", "email"} & set(path.parts)]


@pytest.mark.parametrize("path", ON_SCREEN, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_page_carries_inline_script_or_style(path: Path) -> None:
    text = path.read_text().casefold()
    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert "javascript:" not in text
    assert not any(f" {event}=" in text for event in ("onclick", "onload", "onsubmit", "onchange"))
