"""Straight calls between compiled modules (core/direct.py): where nothing can stand between, and to the same effect."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from direct import straighten

LIMIT_S = 300
PACKAGE = "straight_pair"
SOURCES = {
    "lower.pxd": """
cdef class Shape:
    cdef int sides(self)
cdef class Point:
    cdef int calls
    cdef int count(self, int by) except -1
    cpdef int doubled(self, int value)
cdef int cube(int value) except -1
""",
    "lower.pyx": """
cdef class Shape:
    cdef int sides(self):
        return 0
cdef class Point:
    cdef int count(self, int by) except -1:
        if by < -5:
            raise ValueError("down")
        self.calls += by
        return self.calls
    cpdef int doubled(self, int value):
        return 2 * value
cdef int cube(int value) except -1:
    if value < 0:
        raise ValueError("no room")
    return value * value * value
""",
    "upper.pyx": """
from straight_pair.lower cimport Point, Shape, cube
cdef class Square(Shape):
    cdef int sides(self):
        return 4
def work(Point point, Shape shape, int value):
    return point.count(value), point.doubled(value), shape.sides(), cube(value)
def square():
    return Square()
""",
}


USE = """
from straight_pair import lower, upper

class Tripled(lower.Point):
    def doubled(self, value):
        return 3 * value

point, shape, square = lower.Point(), lower.Shape(), upper.square()
print(upper.work(point, shape, 3), upper.work(point, square, 2), upper.work(Tripled(), shape, 2))
for value in (-1, -9):
    try:
        upper.work(point, shape, value)
    except ValueError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a package of two modules, printed by Cython."""
    root = tmp_path_factory.mktemp("direct")
    package = root / PACKAGE
    package.mkdir()
    (package / "__init__.py").touch()
    for name, text in SOURCES.items():
        (package / name).write_text(text)
    command = [sys.executable, "-m", "cython", "-3", *sorted(package.glob("*.pyx"))]
    subprocess.run(command, cwd=root, check=True, timeout=LIMIT_S, capture_output=True)
    return root


@pytest.fixture(scope="module")
def printed(root: Path) -> dict[str, str]:
    return {f"{PACKAGE}.{file.stem}": file.read_text() for file in sorted((root / PACKAGE).glob("*.c"))}


def test_only_what_nobody_overrides_is_called_straight(printed: dict[str, str]) -> None:
    before, after = printed["straight_pair.upper"], straighten(printed)["straight_pair.upper"]
    assert before.count("->__pyx_vtab)->") == 3
    left = [line for line in after.splitlines() if "->__pyx_vtab)->" in line]
    assert len(left) == 1
    assert "->sides(" in left[0]
    assert "extern int __pyx_f_13straight_pair_5lower_cube(int);" in after


def test_a_lone_module_stays_as_it_is(printed: dict[str, str]) -> None:
    alone = {"straight_pair.upper": printed["straight_pair.upper"]}
    assert straighten(alone) == alone


def test_one_object_of_straight_modules_does_what_the_modules_do(root: Path, printed: dict[str, str]) -> None:
    """With errors that come through, a compiled class that overrides, and one in Python."""
    package = root / PACKAGE
    for name, text in straighten(printed).items():
        (root / f"{name}.c").write_text(text)
    library = root / "both.so"
    include = sysconfig.get_path("include")
    command = ["cc", "-O2", "-fPIC", "-shared", "-flto", f"-I{include}", *root.glob("*.c"), "-o", library]
    subprocess.run(command, check=True, timeout=LIMIT_S)
    for name in ("lower", "upper"):  # The loader knows a file by more than its name: it is loaded once.
        (package / f"{name}{sysconfig.get_config_var('EXT_SUFFIX')}").symlink_to(library)
    told = subprocess.run([sys.executable, "-c", USE], cwd=root, check=True, timeout=LIMIT_S, capture_output=True)
    assert told.stdout.decode().splitlines() == ["(3, 6, 0, 27) (5, 4, 4, 8) (2, 6, 0, 8)", "no room", "down"]
