"""What lies between the server and the routes: limits of a request, its host and origin, logs, HEAD, gzip, waiting."""
