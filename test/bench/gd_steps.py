"""Plain gradient descent at (L, K, d, n) = (1, 4, 8, 5) in numpy: the other side of gd-steps.mjs.

Usage: gd_steps.py STEPS REPEATS; prints one JSON object. The loop is what a careful numpy user writes: operator
form, preallocated constants, the value of each step kept.
"""
import json
import sys
import time

try:
    import numpy as np
except ImportError:
    print(json.dumps({"missing": True}))
    sys.exit(0)

K, d, n, lambda_w, lambda_h, step = 4, 8, 5, 0.01, 0.002, 0.5
N = K * n
Y = np.repeat(np.eye(K), n, axis=1)


def descend(steps):
    start = np.array([((k * 37) % 101 - 50) / 100 for k in range(K * d + d * N)])
    W = start[: K * d].reshape(K, d).copy()
    H = start[K * d :].reshape(d, N).copy()
    value = 0.0
    for _ in range(steps):
        E = W @ H - Y
        value = 0.5 * (np.vdot(E, E) / N + lambda_w * np.vdot(W, W) + lambda_h * np.vdot(H, H))
        E /= N
        gradient_w = E @ H.T + lambda_w * W
        gradient_h = W.T @ E + lambda_h * H
        W -= step * gradient_w
        H -= step * gradient_h
    return value


steps, repeats = int(sys.argv[1]), int(sys.argv[2])
value = descend(steps)
rates = []
for _ in range(repeats):
    began = time.perf_counter()
    descend(steps)
    rates.append(steps / (time.perf_counter() - began))
print(json.dumps({"version": np.__version__, "value": float(value), "rates": rates}))
