"""What lies between the server and the routes, as ASGI middlewares: logs and counts, HEAD, gzip, waiting."""
