#!/usr/bin/env python3
import os
import sys

from tracker import startup


def main() -> None:
    startup.use_settings()
    startup.choose_deployment(sys.argv[1] if len(sys.argv) > 1 else "", os.environ)
    with startup.explained_failure():
        startup.require_database(sys.argv[1] if len(sys.argv) > 1 else "")
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
