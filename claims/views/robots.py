from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

# Pages with a query are another's variants: filters, lenses and days that multiply; only the next page of a list is
# not. Whoever shows a link that a reader shared may open those as well.
RULES = """User-agent: Twitterbot
User-agent: facebookexternalhit
User-agent: LinkedInBot
Disallow: /admin/

User-agent: *
Disallow: /admin/
Disallow: /*?
Allow: /*?page=
"""


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    where = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"{RULES}\nSitemap: {where}\n", content_type="text/plain; charset=utf-8")
