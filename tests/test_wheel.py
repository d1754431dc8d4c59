"""The wheel alone, outside the project, is enough to annotate and read."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_annotates_and_reads_outside_the_project(tmp_path: Path) -> None:
    def python(*arguments: str, folder: Path = tmp_path, **more: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "XDG_DATA_HOME": str(tmp_path), **more}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), folder=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    python("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", "installed", str(wheel))
    where = python("-c", "import discourse; print(discourse.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path)
    (tmp_path / "a.txt").write_text("– To chyba prawda – mówi prof. Anna Lis.", encoding="utf-8")
    assert "⟦chyba⟧" in python("-m", "discourse", "read", "a.txt", PYTHONIOENCODING="utf-8")
    python("-m", "discourse", "annotate", "a.txt", "--format", "standoff", "--out", "a.jsonl")
    assert '"speaker": "Anna Lis"' in (tmp_path / "a.jsonl").read_text(encoding="utf-8")
