from typing import final

@final
class Intake:
    def __init__(self, room_bytes: int) -> None: ...
