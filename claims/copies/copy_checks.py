"""Where the rows of copies and the files in the store disagree."""

from collections.abc import Iterator

from claims.models import PageCopy

from .copy_store import LostCopy, site_copies


def copy_faults() -> Iterator[str]:
    """Each row whose file is missing, was changed or cannot be read, in a sentence. It reads all files."""
    store = site_copies()
    for number, address, file in (
        PageCopy.objects.order_by("pk").values_list("pk", "address", "file").iterator(500)
    ):
        try:
            store.read(file)
        except (LostCopy, OSError) as fault:
            yield f"Copy {number}, of {address}: {fault}"
