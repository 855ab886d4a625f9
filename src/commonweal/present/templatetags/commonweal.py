"""Words, figures, charts and tables for templates: `{% load commonweal %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from commonweal.core.figure import Figure, Grade
from commonweal.core.processing import processing
from commonweal.core.viewer import ANONYMOUS
from commonweal.present import provenance, wording
from commonweal.present.chart import Chart
from commonweal.present.explaining import explained as explained_html
from commonweal.present.forms import ErrorLink, error_links_of
from commonweal.present.table import DataTable
from commonweal.present.table_view import SortedTable, TableView, view_of
from commonweal.present.terms import term_book

register = template.Library()


@register.filter
def spoken(figure: Figure) -> str:
    """A figure in words, or why it is missing: `{{ fig|spoken }}`."""
    return wording.spoken(figure)


@register.filter
def one_in(figure: Figure) -> str:
    """'1 in 4', where that helps."""
    return wording.one_in(figure)


@register.filter
def interval(figure: Figure) -> str:
    """'between 24.1% and 30.5%'; empty where not known."""
    return wording.interval(figure)


@register.filter
def rests_on(figure: Figure) -> tuple[tuple[str, str], ...]:
    """The rows behind a figure, for the opened number."""
    return provenance.rests_on(figure)


@register.filter
def in_brief(figure: Figure) -> str:
    """A figure with its base, n, period and quality on one line."""
    return provenance.in_brief(figure)


@register.filter
def citation(source: Any) -> str:
    """A source as a reader would look it up."""
    return provenance.citation(source)


@register.filter
def grade_words(grade: Grade) -> str:
    """The words of a grade."""
    return wording.GRADE_WORDS[grade]


@register.filter
def listed(names: Any) -> str:
    """'a, b and c'."""
    return wording.listed([str(name) for name in names])


@register.filter
def svg(chart: Chart) -> SafeString:
    """The picture of a chart, and its narrow one for phones; drawn by us alone and escaped where it was drawn."""
    return mark_safe(chart.svg + chart.narrow)  # noqa: S308 - drawn by us, names escaped


@register.filter
def table_view(table: DataTable | SortedTable) -> TableView:
    """A table ready for its template."""
    return view_of(table)


@register.filter
def error_links(form: BaseForm) -> tuple[ErrorLink, ...]:
    """What is wrong with a form, each linked to the field it is about."""
    return error_links_of(form)


@register.inclusion_tag("present/figure_number.html")
def figure(figure: Figure, label: str = "", large: bool = False) -> dict[str, Any]:
    """A number that opens to what it rests on: `{% figure fig label="of adults are inactive" %}`."""
    return {"figure": figure, "label": label, "large": large}


@register.inclusion_tag("present/chart.html")
def chart(chart: Chart, heading_level: int = 3, downloads: Any = ()) -> dict[str, Any]:
    """A chart or map with its sentence and table: `{% chart chart %}`."""
    return {"chart": chart, "heading_level": heading_level, "downloads": downloads}


@register.inclusion_tag("present/quality.html")
def quality(quality: Any) -> dict[str, Any]:
    """A quality grade with its words: `{% quality fig.quality %}`."""
    return {"quality": quality}


@register.inclusion_tag("present/privacy_notice.html")
def privacy_notice(form: BaseForm) -> dict[str, Any]:
    """What happens with what a form asks about people; nothing where it asks nothing of the kind."""
    return {"told": processing().activities.get(getattr(form, "activity", ""))}


class _Explained(template.Node):
    """Part of a page in which the words of the field are explained where they are first used."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """What is inside, with its terms marked as the page's partnership means them."""
        html = self.nodelist.render(context)
        request = context.get("request")
        kwargs = getattr(getattr(request, "resolver_match", None), "kwargs", {})
        book = term_book(context.get("viewer") or ANONYMOUS, kwargs.get("partnership"))
        return explained_html(html, book)


@register.tag
def explained(parser: Parser, _token: Token) -> _Explained:
    """Explain the words of the field in what is inside: `{% explained %}...{% endexplained %}`."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return _Explained(nodelist)
