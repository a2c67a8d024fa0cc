"""Pages for people: HTML drawn on the server, words from ``messages/pages``, nothing from other sites."""
