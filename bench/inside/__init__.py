"""What runs with Django, one question a process: `python -m bench.inside QUESTION`.

Arguments come as JSON on stdin; the answer is the last line on stdout.
"""
