"""What stands in for the standard library inside the private runtime does what the real thing does, so far as used."""

import calendar
import dataclasses
import datetime
import hashlib
import importlib.util
import random
import re
import shutil
import subprocess
import sys
import typing
from email.utils import parseaddr
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "bindings" / "c" / "packaging" / "stand_ins"
BOTH = ["real", "stand-in"]


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"stand_in_{Path(path).stem}", FOLDER / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=BOTH)
def form(request: pytest.FixtureRequest) -> Any:
    """The module, once the real one and once ours: what holds for both is what the core may use."""
    return dataclasses if request.param == "real" else load("dataclasses.py")


@pytest.fixture
def point(form: Any) -> Any:
    @form.dataclass(frozen=True, slots=True)
    class Point:
        """A class with all that the core asks for."""

        x: int
        y: int = 2
        secret: bytes = form.field(default=b"s", repr=False)
        tags: list[str] = form.field(default_factory=list)
        limit: int = form.field(default=5, metadata={"high": 9})

        def __post_init__(self) -> None:
            if self.y > self.limit:
                object.__setattr__(self, "y", self.limit)

        def sum(self) -> int:
            """A method."""
            return self.x + self.y

    return Point


def test_values_defaults_factories_and_the_finish(point: Any) -> None:
    made = point(1)
    assert (made.x, made.y, made.secret, made.tags, made.limit, made.sum()) == (1, 2, b"s", [], 5, 3)
    assert point(1).tags is not made.tags
    assert point(1, 99).y == 5
    assert point(x=4, y=3, limit=3) == point(4, 3, limit=3)
    assert point.__match_args__ == ("x", "y", "secret", "tags", "limit")


def test_equality_hash_and_words(point: Any, form: Any) -> None:
    assert point(1) == point(1)
    assert point(1) != point(2)
    assert point(1) != "something else"
    assert "Point(x=1, y=2, tags=[], limit=5)" in repr(point(1))
    frozen = form.dataclass(frozen=True, slots=True)(type("Pair", (), {"__annotations__": {"a": int, "b": int}}))
    assert len({frozen(1, 2), frozen(1, 2), frozen(2, 1)}) == 2


def test_frozen_means_frozen_and_slots_mean_slots(point: Any, form: Any) -> None:
    made = point(1)
    with pytest.raises(AttributeError):
        made.x = 2
    with pytest.raises(form.FrozenInstanceError):
        made.x = 2
    assert not hasattr(made, "__dict__")


def test_fields_and_replace(point: Any, form: Any) -> None:
    assert [each.name for each in form.fields(point)] == ["x", "y", "secret", "tags", "limit"]
    assert form.fields(point(1))[4].metadata["high"] == 9
    assert form.replace(point(1, 3), x=7) == point(7, 3)


@pytest.mark.parametrize("wrong", [{}, {"x": 1, "z": 2}])
def test_wrong_arguments_are_type_errors(point: Any, wrong: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        point(**wrong)
    with pytest.raises(TypeError):
        point(1, x=1)
    with pytest.raises(TypeError):
        point(1, 2, b"", [], 5, 6)


def test_names_only_where_the_class_says_so(form: Any) -> None:
    @form.dataclass(kw_only=True)
    class Options:
        size: int = 1

    made = Options(size=3)
    made.size = 4
    assert made == Options(size=4)
    with pytest.raises(TypeError):
        Options(3)
    with pytest.raises(TypeError):
        hash(made)


@pytest.mark.parametrize("address", ["someone@example.org", "", "Someone <someone@example.org>", "no at", "@", "a@"])
def test_addresses_that_x509_accepts_are_accepted_alike(address: str) -> None:
    def is_accepted(name: str, bare: str) -> bool:
        return bool(bare) and not name

    wanted = is_accepted(*parseaddr(address)) and "@" in address.strip("@")
    assert is_accepted(*load("email/utils.py").parseaddr(address)) is wanted


LAZY = """
import sys
sys.path.insert(0, sys.argv[1])
import re
assert "re._compiler" not in sys.modules
words = re.compile(r"(?P<first>a b) # a word", re.VERBOSE | re.I)
wrong = re.compile("(")
assert "re._compiler" not in sys.modules, "only used patterns are compiled"
assert words.fullmatch("AB")["first"] == "AB"
assert words.findall("ab aB") == ["ab", "aB"]
assert words.groups == 1
assert re.compile(b"-x.*?-", re.DOTALL).findall(b"-x1--x2-") == [b"-x1-", b"-x2-"]
assert re.search("b", "abc").start() == 1
assert re.escape("a.b") == "a\\\\.b"
try:
    wrong.match("")
    raise AssertionError
except re.error:
    pass
assert not hasattr(re, "nonsense")
assert not hasattr(re, "_nonsense")
import typing
assert typing.Pattern[str]
"""


def test_a_pattern_is_compiled_when_it_is_used_and_all_else_is_the_real_re(tmp_path: Path) -> None:
    """Laid out as `flatten.py` does."""
    shutil.copytree(Path(re.__file__).parent, tmp_path / "re", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "re" / "__init__.py").rename(tmp_path / "re" / "_eager.py")
    shutil.copy(FOLDER / "lazy_re.py", tmp_path / "re" / "__init__.py")
    command = [sys.executable, "-I", "-S", "-c", LAZY, str(tmp_path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


def test_the_lazy_res_flags_are_res() -> None:
    lazy = load("lazy_re.py")
    for flag in ("NOFLAG", *"ILMSUXA", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "ASCII"):
        assert getattr(lazy, flag) == getattr(re, flag)


def test_only_what_is_used_of_random_calendar_and_hashlib() -> None:
    for module in (random, load("random.py")):
        assert {module.randint(2, 4) for _ in range(200)} == {2, 3, 4}
        assert 0 <= module.randint(0, 2**4096) <= 2**4096
    for parts in [(1970, 1, 1, 0, 0, 0), (2000, 2, 29, 23, 59, 59), (2038, 1, 19, 3, 14, 8, 1, 19, 0)]:
        assert load("calendar.py").timegm(parts) == calendar.timegm(parts)
    ours = load("hashlib.py")
    assert ours.sha1(b"x").digest() == hashlib.sha1(b"x").digest()
    assert ours.sha256(b"x").hexdigest() == hashlib.sha256(b"x").hexdigest()
    with pytest.raises(AttributeError, match="md5"):
        ours.md5  # noqa: B018


def test_dates_are_the_interpreters_own() -> None:
    ours = load("datetime.py")
    for name in ours.__all__:
        assert getattr(ours, name) is getattr(datetime, name)
    assert set(datetime.__all__) <= set(ours.__all__)


@pytest.fixture(params=BOTH)
def types(request: pytest.FixtureRequest) -> Any:
    """typing, the real one and ours."""
    return typing if request.param == "real" else load("typing.py")


def test_types_can_be_written_down(types: Any) -> None:
    key = types.TypeVar("key", bound="Mode", covariant=True)
    alias = types.Union[int, types.Optional[types.List[str]], types.Callable[[bytes], types.NoReturn]]
    assert alias | None
    assert None | types.Callable[..., types.Any]
    assert types.Literal[True]
    assert types.ClassVar[types.Mapping[str, types.Any]]
    assert types.cast(alias, 7) == 7
    assert not types.TYPE_CHECKING

    class Sealed(types.Generic[key]):
        """As cryptography's are."""

        def take(self, given: Any) -> Any:
            """What follows the overloads is what runs."""
            return given

    class Sink(types.Protocol):
        """As ours are."""

        def fill(self) -> None:
            """Nothing."""

    class Bucket(Sink):
        """One of them."""

    made = Sealed[int]()
    assert made.take("x") == "x"
    assert callable(types.overload(Sealed.take))
    assert Bucket().fill() is None


def test_types_that_nobody_writes_are_not_there() -> None:
    assert not hasattr(load("typing.py"), "get_type_hints")
