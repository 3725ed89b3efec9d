"""How many of the expectations that a reader found dragoman finds, and what it adds: see expected_scores.py.

python tests/expectations/score.py [FILE.yaml ...] [--half odd|even|all] [--errors]
"""

from expected_scores import main

if __name__ == "__main__":
    main()
