"""Parts of a form page."""

from typing import Any

from django import forms, template

register = template.Library()


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm, focus: bool = True) -> dict[str, Any]:
    """What to fix, on top of the form; takes the focus, and each line links to its field."""
    fields = [field for field in form if field.errors]
    return {"form": form, "fields": fields, "total": len(fields) + len(form.non_field_errors()), "focus": focus}
