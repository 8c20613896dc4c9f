"""The editing guide, as the text that comes with the software."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest

GUIDE = Path(settings.BASE_DIR) / "docs" / "editing.md"


def editing_guide(request: HttpRequest) -> FileResponse:
    if not GUIDE.is_file():
        raise Http404
    return FileResponse(GUIDE.open("rb"), content_type="text/plain; charset=utf-8")
