from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

# Pages with a query are variants of another page, by filter, lens or day, and there are very many. Crawlers skip them,
# except further pages of a list. Bots that preview a shared link may open all.
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
