"""All addresses of the site. The other packages are named as strings only."""

from django.contrib import admin
from django.urls import include, path

from portal.views import audit_events, health, home, theme

urlpatterns = [
    path("", home.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("theme/", theme.theme, name="theme"),
    path("readyz", health.readyz, name="readyz"),
    path("audit/", audit_events.audit_event_list, name="audit_event_list"),
    path("audit/export/", audit_events.audit_event_export, name="audit_event_export"),
    path("audit/<int:pk>/", audit_events.audit_event_detail, name="audit_event_detail"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("approvals/", include("approvals.urls")),
    path("", include("catalog.urls")),
]
