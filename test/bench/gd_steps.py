"""Plain gradient descent at (L, K, d, n) = (1, 4, 8, 5) in numpy: the other side of gd-steps.mjs.

Usage: gd_steps.py STEPS REPEATS; prints one JSON object. Three ways to write the loop, so that ours is compared with
numpy at its best: operators, as most would write it; preallocated arrays filled with out=; and the same without the
value of each step, which ours computes in any case.
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


def start():
    point = np.array([((k * 37) % 101 - 50) / 100 for k in range(K * d + d * N)])
    return point[: K * d].reshape(K, d).copy(), point[K * d :].reshape(d, N).copy()


def with_operators(steps):
    W, H = start()
    value = 0.0
    for _ in range(steps):
        E = W @ H - Y
        value = 0.5 * (np.vdot(E, E) / N + lambda_w * np.vdot(W, W) + lambda_h * np.vdot(H, H))
        E /= N
        gradient_w = E @ H.T + lambda_w * W
        gradient_h = W.T @ E + lambda_h * H
        W -= step * gradient_w
        H -= step * gradient_h
    return float(value)


def with_out(steps, keep_value):
    W, H = start()
    E = np.empty((K, N))
    gradient_w, gradient_h = np.empty_like(W), np.empty_like(H)
    work_w, work_h = np.empty_like(W), np.empty_like(H)
    # Views of the same memory, made once.
    W_t, H_t = W.T, H.T
    matmul, multiply, add, subtract, vdot = np.matmul, np.multiply, np.add, np.subtract, np.vdot
    value = 0.0
    for _ in range(steps):
        matmul(W, H, out=E)
        subtract(E, Y, out=E)
        if keep_value:
            value = 0.5 * (vdot(E, E) / N + lambda_w * vdot(W, W) + lambda_h * vdot(H, H))
        multiply(E, 1 / N, out=E)
        matmul(E, H_t, out=gradient_w)
        multiply(W, lambda_w, out=work_w)
        add(gradient_w, work_w, out=gradient_w)
        matmul(W_t, E, out=gradient_h)
        multiply(H, lambda_h, out=work_h)
        add(gradient_h, work_h, out=gradient_h)
        multiply(gradient_w, step, out=gradient_w)
        multiply(gradient_h, step, out=gradient_h)
        subtract(W, gradient_w, out=W)
        subtract(H, gradient_h, out=H)
    return float(value)


def rates_of(descend, steps, repeats):
    descend(steps)
    rates = []
    for _ in range(repeats):
        began = time.process_time()
        descend(steps)
        rates.append(steps / (time.process_time() - began))
    return rates


steps, repeats = int(sys.argv[1]), int(sys.argv[2])
print(json.dumps({
    "version": np.__version__,
    "values": [with_operators(steps), with_out(steps, True)],
    "loops": [
        {"name": "operators", "rates": rates_of(with_operators, steps, repeats)},
        {"name": "out=", "rates": rates_of(lambda count: with_out(count, True), steps, repeats)},
        {"name": "out=, no values", "rates": rates_of(lambda count: with_out(count, False), steps, repeats)},
    ],
}))
