"""All addresses of the site. The other packages are named as strings only."""

from django.contrib import admin
from django.urls import include, path

from portal.views import health, home, theme

urlpatterns = [
    path("", home.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("theme/", theme.theme, name="theme"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("approvals/", include("approvals.urls")),
    path("", include("catalog.urls")),
]
