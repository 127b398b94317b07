"""The two-layer ReLU objective in numpy, and L-BFGS-B of scipy on it: the other side of relu.mjs.

Usage: relu_scipy.py K d n SECONDS REPEATS CAP CLOCK; prints one JSON object. Two ways to write the objective, so that
ours is compared with numpy at its best: operators, as most would write it, and preallocated arrays filled with out=. The
faster one is handed to scipy, which stops at |g|_inf <= 1e-8 or after CAP seconds; with CAP = 0 only rates are taken.
CLOCK is cpu, or wall where several threads may work.
"""
import json
import statistics
import sys
import time

try:
    import numpy as np
    import scipy
    from scipy.optimize import minimize
except ImportError:
    print(json.dumps({"missing": True}))
    sys.exit(0)

TOLERANCE = 1e-8
K, d, n = (int(word) for word in sys.argv[1:4])
seconds, repeats, cap = float(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6])
clock = time.perf_counter if sys.argv[7] == "wall" else time.process_time
N = K * n
lam = 0.02 / (K * n**0.5)
Y = np.repeat(np.eye(K), n, axis=1)
SIZES = (K * d, d * d, d * N)
SIZE = sum(SIZES)


def blocks(point):
    a, b = SIZES[0], SIZES[0] + SIZES[1]
    return point[:a].reshape(K, d), point[a:b].reshape(d, d), point[b:].reshape(d, N)


def start():
    state, point = 1, np.empty(SIZE)
    for k in range(SIZE):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        point[k] = state / 2**32 - 0.5
    return point


def with_operators(point):
    W2, W1, H1 = blocks(point)
    Z = W1 @ H1
    A = np.maximum(Z, 0)
    E = W2 @ A - Y
    value = 0.5 * (np.vdot(E, E) / N + lam * np.vdot(point, point))
    G2 = E / N
    G1 = (W2.T @ G2) * (Z > 0)
    gradient = np.concatenate([(G2 @ A.T).ravel(), (G1 @ H1.T).ravel(), (W1.T @ G1).ravel()])
    gradient += lam * point
    return value, gradient


def with_out():
    A, E, G1 = np.empty((d, N)), np.empty((K, N)), np.empty((d, N))
    mask, ridge = np.empty((d, N), dtype=bool), np.empty(SIZE)
    At = A.T
    matmul, maximum, greater, multiply, subtract, vdot = (
        np.matmul, np.maximum, np.greater, np.multiply, np.subtract, np.vdot)
    # scipy keeps no gradient between calls, so one buffer serves.
    gradient = np.empty(SIZE)
    g2, g1, gh = blocks(gradient)

    def objective(point):
        W2, W1, H1 = blocks(point)
        matmul(W1, H1, out=A)
        maximum(A, 0, out=A)
        matmul(W2, A, out=E)
        subtract(E, Y, out=E)
        value = 0.5 * (vdot(E, E) / N + lam * vdot(point, point))
        multiply(E, 1 / N, out=E)
        matmul(W2.T, E, out=G1)
        greater(A, 0, out=mask)
        multiply(G1, mask, out=G1)
        matmul(E, At, out=g2)
        matmul(G1, H1.T, out=g1)
        matmul(W1.T, G1, out=gh)
        multiply(point, lam, out=ridge)
        np.add(gradient, ridge, out=gradient)
        return value, gradient

    return objective


def rate(objective, point):
    def timed(calls):
        began = clock()
        for _ in range(calls):
            objective(point)
        return clock() - began

    calls, spent = 1, 0.0
    while spent < seconds:
        once = timed(calls)
        spent += once
        calls = max(1, int(calls * seconds / max(once, 1e-6)))
    return statistics.median(calls / timed(calls) for _ in range(repeats))


class OutOfTime(Exception):
    pass


def converge(objective, point, limit):
    state = {"iterations": 0, "evaluations": 0, "best": float("inf"), "value": None}
    began, deadline = clock(), time.monotonic() + limit

    def counted(at):
        value, gradient = objective(at)
        state["evaluations"] += 1
        state["last"] = (value, gradient)
        return value, gradient

    def callback(_):
        state["iterations"] += 1
        if time.monotonic() > deadline:
            raise OutOfTime

    options = {"maxcor": 10, "ftol": 0, "gtol": TOLERANCE, "maxiter": 10**6, "maxfun": 10**7}
    try:
        result = minimize(counted, point, jac=True, method="L-BFGS-B", callback=callback, options=options)
        spent = clock() - began
        value, gradient = result.fun, result.jac
        reason = "tolerance" if np.abs(gradient).max() <= TOLERANCE else str(result.message)
    except OutOfTime:
        spent = clock() - began
        value, gradient = state["last"]
        reason = "time"
    return {
        "seconds": spent, "iterations": state["iterations"], "evaluations": state["evaluations"],
        "value": float(value), "gradient": float(np.abs(gradient).max()), "reason": reason,
    }


point = start()
forms = {"operators": with_operators, "out=": with_out()}
rates = {name: rate(form, point) for name, form in forms.items()}
fastest = max(rates, key=rates.get)
runs = [converge(forms[fastest], point, cap)] if cap > 0 else []
# Repeated where that is cheap; the iterates are the same, only the clock differs.
while runs and len(runs) < 10 * repeats and sum(run["seconds"] for run in runs) < 2 * seconds * repeats:
    runs.append(converge(forms[fastest], point, cap))
if runs:
    runs[0]["seconds"] = statistics.median(run["seconds"] for run in runs)
print(json.dumps({
    "numpy": np.__version__, "scipy": scipy.__version__, "rates": rates, "fastest": fastest,
    "value": float(with_operators(point)[0]), "gradient": float(np.abs(with_operators(point)[1]).max()),
    "run": runs[0] if runs else None,
}))
