"""The page of a year's use and satisfaction, and the design check of a question, open to everybody."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.measures.pages.use import groups_table, satisfaction_table, use_answer, use_table
from commonweal.measures.queries.use import use_for
from commonweal.measures.question_rules import content, looked_at

MOST_ANSWERS = 30


class QuestionForm(forms.Form):
    """A question with its answers."""

    question = forms.CharField(label="Your question", max_length=500,
                               widget=forms.Textarea({"rows": 3, "maxlength": 500}))
    answers = forms.CharField(label="The answers people can choose", max_length=2000, required=False,
                              help_text="One a line. Leave it empty where people write their own.",
                              widget=forms.Textarea({"rows": 6, "maxlength": 2000}))

    def clean_answers(self) -> tuple[str, ...]:
        """The lines that say something."""
        lines = tuple(line.strip() for line in self.cleaned_data["answers"].splitlines() if line.strip())
        if len(lines) > MOST_ANSWERS:
            raise forms.ValidationError(f"Give {MOST_ANSWERS} answers at most")
        return lines


@login_required
@require_safe
def page(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """One financial year."""
    viewer = viewer_from(request)
    view = partnership_for(viewer, partnership)
    use = use_for(viewer, partnership, request.GET.get("year", ""))
    tables = [use_table(partnership, use), satisfaction_table(partnership, use)] if use.lines else []
    context = {"view": view, "invented": view.invented, "use": use, "answer": use_answer(use), "tables": tables,
               "groups": groups_table(use)}
    return render(request, "measures/use.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """Look at a question of one's own; nothing is kept."""
    form = QuestionForm(request.POST) if request.method == "POST" else QuestionForm()
    found = None
    if form.is_bound and form.is_valid():
        found = looked_at(form.cleaned_data["question"], form.cleaned_data["answers"])
    return render(request, "measures/question_check.html", {"form": form, "found": found, "content": content()})
