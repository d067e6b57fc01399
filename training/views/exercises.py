"""The hands-on task: a manifest to put right, checked by the real policies."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.htmx import redirect
from portal.http import Request
from portal.markdown import render as markdown
from portal.states import InvalidTransition
from training.actions import enrolments, exercises
from training.courses.source import Exercise
from training.views.lessons import learning


class ManifestForm(forms.Form):
    manifest = forms.CharField(
        label=gettext_lazy("Your microapp.yaml"),
        strip=False,
        max_length=exercises.LARGEST,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false", "autocapitalize": "off"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def exercise_detail(request: Request, slug: str) -> HttpResponse:
    course, row, version = learning(request, slug)
    if version.exercise is None:
        raise Http404(_("This course has no hands-on task."))
    task = Exercise.from_json(version.exercise)
    last = row.exercise_tries.first() if row else None
    form = ManifestForm(request.POST or None, initial={"manifest": last.text if last else task.manifest})
    if request.method == "POST" and form.is_valid():
        row = row or enrolments.enrol(course, by=request.user, now=timezone.now())
        try:
            made = exercises.attempt(row, form.cleaned_data["manifest"], by=request.user, now=timezone.now())
        except InvalidTransition as refusal:
            form.add_error(None, str(refusal))
        else:
            if made.passed:
                messages.success(request, _("Every policy passes. The task is done."))
            return redirect(request, request.path + "#results")
    context = {
        "section": "courses",
        "course": course,
        "version": version,
        "task": task,
        "text": markdown(task.text),
        "form": form,
        "last": last,
        "tries": row.exercise_tries.count() if row else 0,
    }
    return render(request, "training/exercise_detail.html", context, status=422 if form.errors else 200)
