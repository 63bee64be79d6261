"""What the launcher says when it cannot go on: one sentence, one exit status."""


class LaunchRefused(Exception):
    """The message is the sentence the person at the terminal reads."""

    def __init__(self, sentence: str, *, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status
