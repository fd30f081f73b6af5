"""irrCAC refuses numpy 2, so it gets a throw-away environment of its own, made by uv."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN = """
import sys, time
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
ratings = np.load(sys.argv[1])
frame = pd.DataFrame(np.where(ratings < 0, np.nan, ratings).T)
began = time.perf_counter()
CAC(frame).krippendorff()
print(time.perf_counter() - began)
"""


def environment(folder: Path) -> tuple[str, str]:
    """Its Python and what to say of it; an empty Python and the reason where it cannot be made."""
    uv = Path(sys.executable).with_name("uv")
    program = str(uv) if uv.exists() else "uv"
    python = folder / "irrcac" / "bin" / "python"
    steps = (
        [program, "venv", "--quiet", "--python", sys.executable, str(folder / "irrcac")],
        [program, "pip", "install", "--quiet", "--python", str(python), "irrCAC", "numpy<2"],
    )
    for step in steps:
        try:
            done = subprocess.run(step, check=False, capture_output=True, text=True)
        except FileNotFoundError:
            return "", "uv is not installed"
        if done.returncode:
            return "", f"no environment: {done.stderr.strip().partition(chr(10))[0]}"
    asked = (
        "import numpy; from importlib.metadata import version as v; print(v('irrCAC'), v('numpy'))"
    )
    done = subprocess.run([str(python), "-c", asked], check=True, capture_output=True, text=True)
    own, numpy = done.stdout.split()
    return str(python), f"{own} with numpy {numpy}, in an environment of its own"


def seconds_of_alpha(python: str, saved: Path) -> float:
    """Seconds of Krippendorff's alpha, without reading the ratings."""
    done = subprocess.run(
        [python, "-W", "ignore", "-c", RUN, str(saved)], check=True, capture_output=True, text=True
    )
    return float(done.stdout)
