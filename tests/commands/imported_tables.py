"""A table of two reports, and the command that imports a table as the editor ann."""

from io import StringIO

from django.core.management import CommandError, call_command

REPORTS = """id,summary,known,event,source,place,url
r1,Trucks crossed at Bab al-Hawa,2 November 2021,1.11.2021,Relief Watch,Idlib,https://relief.example/1
r2,"Trucks turned back, twice",2021-11,,relief-watch,,https://relief.example/2
"""


def run(tmp_path, kind, content, *options, name="table.csv"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = StringIO()
    try:
        call_command("import_table", kind, str(file), "--as", "ann", *options, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()
