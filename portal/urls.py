"""All addresses of the site. The other packages are named as strings only."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from portal.views import health, home, theme
from portal.views import accounts, components, help, home, site, theme

admin.site.login = secure_admin_login(admin.site.login)  # the one sign-in page, with its second factors and rate limits

urlpatterns = [
    path("", home.home, name="home"),
    path("livez", health.livez, name="livez"),
    path("theme/", theme.theme, name="theme"),
    path("readyz", health.readyz, name="readyz"),
    path("help/", help.help_index, name="help_index"),
    path("help/shortcuts/", help.help_shortcuts, name="help_shortcuts"),
    path("help/<slug:slug>/", help.help_page, name="help_page"),
    path("components/", components.components, name="components"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    path("accounts/demo/", accounts.demo_sign_in, name="demo_sign_in"),
    path("accounts/email/", accounts.account_email, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("approvals/", include("approvals.urls")),
    path("", include("catalog.urls")),
]

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
