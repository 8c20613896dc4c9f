from tracker import startup

startup.use_settings()
with startup.explained_failure():
    from tracker import server

    application = server.asgi_application()
