"""Starting and stopping: the database cluster, the web server, the worker, `gandan`.

Nothing here imports Django at module level, so that `gandan due` stays instant.
"""
