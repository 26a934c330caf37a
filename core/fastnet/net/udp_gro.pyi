from typing import final

@final
class LongReads:
    def __init__(self) -> None: ...
