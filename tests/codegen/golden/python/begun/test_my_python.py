"""Prints the binding and compares it with golden/, file for file; `--update` renews golden/."""

import filecmp
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = ["my-python"]


def files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def main():
    golden = HERE / "golden"
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch)
        tool = [sys.executable, "-m", "fastnet_codegen.cli", "generate", *COMMAND, "-o", str(out)]
        subprocess.run(tool, check=True, cwd=HERE)
        if "--update" in sys.argv:
            shutil.rmtree(golden, ignore_errors=True)
            shutil.copytree(out, golden)
            return 0
        same = files(out) == files(golden)
        same = same and all(filecmp.cmp(out / path, golden / path, shallow=False) for path in files(out))
    sys.stdout.write("as in golden/\n" if same else "not as in golden/: read the difference, then --update\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
