"""The moves: each file has one `propose` that changes the state's links and leaves pricing to others."""
