#!/usr/bin/env python3
"""A second checker of certificates, written from certificates.md and proof-certificates.md alone.

Usage: certify.py FILE...
Prints one line for each file; the exit code is 0 if all are accepted, 1 if one is rejected, 2 if one cannot be read."""
import json
import os
import re
import stat
import sys
from fractions import Fraction
from math import gcd as greatest, lcm

from certify_proof import Rejected, check_proof, keys, need

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)


# ---- The file

LONGEST = 16 * 2**20


def whole(text):
    need(re.fullmatch(r"0|[1-9][0-9]{0,14}", text), "a number that is not a small whole one")
    return int(text)


def reject(text):
    raise Rejected("a number that is not whole")


def members(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "a key occurs twice")
    return dict(pairs)


TOKEN = re.compile(r'"|[\[{]|[^\s"\[\]{},:]+')
# At most so many characters at once, as each of them costs the matcher memory.
PLAIN = re.compile(r'(?:[^"\\]|\\.){0,1000}', re.DOTALL)


def count(text):
    """The values of a JSON text, keys included, counted before anything is built of them, and no further than needed."""
    values, token = 0, TOKEN.search(text)
    while token and values <= 500_000:
        values, end = values + 1, token.end()
        if token[0] == '"':
            while text[end:end + 1] not in ('"', ""):
                start, end = end, PLAIN.match(text, end).end()
                if start == end:
                    break
            end += 1
        token = TOKEN.search(text, end)
    return values


def depth(value):
    if isinstance(value, (list, dict)):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(depth, inner), default=0)
    need(value is not None, "null")
    return 0


def read(path):
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "is not a file")
    need(status.st_size <= LONGEST, "more than 16 MB")
    with open(path, "rb") as file:
        data = file.read(LONGEST)
    try:
        text = data.decode("utf-8")
        need(count(text) <= 500_000, "more than 500000 values")
        document = json.loads(text, object_pairs_hook=members, parse_int=whole,
                              parse_float=reject, parse_constant=reject)
        need(depth(document) <= 8, "nested too deep")
    except (ValueError, RecursionError) as error:
        raise Rejected(f"not JSON: {error}") from None
    return document


def number(value):
    match = re.fullmatch(r"-?(0|[1-9][0-9]*)(?:/([1-9][0-9]*))?", value) if isinstance(value, str) else None
    need(match and len(match[1]) <= 4000 and len(match[2] or "1") <= 4000, "not an exact number")
    return Fraction(value)


def positive(value):
    result = number(value)
    need(result > 0, "a number that must be positive is not")
    return result


def word(value, *words):
    # `in` alone would take True for 1.
    need(any(type(value) is type(each) and value == each for each in words), f"not one of {words}")
    return value


def matrix(value, shape=None):
    need(isinstance(value, list) and value and all(isinstance(row, list) for row in value), "not a matrix")
    rows, cols = shape or (len(value), len(value[0]))
    need(len(value) == rows and cols > 0 and all(len(row) == cols for row in value), "a matrix of the wrong shape")
    need(sum(len(x) ** 2 for row in value for x in row if isinstance(x, str)) <= 2 * 10**9, "too many long numbers")
    result = [[number(x) for x in row] for row in value]
    common = 1
    for row in result:
        for x in row:
            common = lcm(common, x.denominator)
            need(len(str(common)) <= 4000, "a common denominator that is too long")
    return result


def digits(m):
    common = lcm(*(x.denominator for row in m for x in row))
    return max([len(str(common))] + [len(str(abs(x.numerator))) for row in m for x in row])


def bounded(products, length):
    need(products * (100 + length) ** 2 <= 10**11, "too large")


# ---- Matrices

def T(a):
    return [list(column) for column in zip(*a)]


def mul(a, b):
    columns = T(b)
    return [[sum(map(Fraction.__mul__, row, column)) for column in columns] for row in a]


def each(f, *ms):
    return [[f(*xs) for xs in zip(*rows)] for rows in zip(*ms)]


def plus(a, b, factor=1):
    return each(lambda x, y: x + factor * y, a, b)


def inner(a, b):
    return sum(x * y for r, s in zip(a, b) for x, y in zip(r, s))


def relu(a):
    return each(lambda x: max(x, Fraction(0)), a)


def eye(k):
    return [[Fraction(int(i == j)) for j in range(k)] for i in range(k)]


# ---- The objective

class Problem:
    def __init__(self, model, instance):
        keys(model, ["layers", "activation", "bias"])
        self.layers = word(model["layers"], 1, 2)
        self.activation = word(model["activation"], "linear", "relu")
        self.bias = word(model["bias"], "none", "free", "ridge")
        need(self.layers == 2 or self.activation == "linear", "one layer is linear")
        keys(instance, ["K", "n", "d", "lambda"])
        for name in "Knd":
            need(type(instance[name]) is int and instance[name] > 0, f"{name} is not a positive whole number")
        self.K, self.n, self.d = K, n, d = instance["K"], instance["n"], instance["d"]
        self.N = K * n
        self.products = self.N * d * (d + K)
        bounded(self.products, 0)
        self.shapes = {"W": (K, d), "H": (d, self.N)}
        if self.layers == 2:
            self.shapes = {"W2": (K, d), "W1": (d, d), "H1": (d, self.N)}
        names = list(self.shapes) + (["b"] if self.bias == "ridge" else [])
        self.lam = {name: positive(x) for name, x in keys(instance["lambda"], names).items()}
        if self.bias != "none":
            self.shapes["b"] = (K, 1)
        ridge = self.lam["b"] / (1 + self.lam["b"]) if self.bias == "ridge" else None
        self.beta = {"none": Fraction(1), "free": Fraction(0), "ridge": ridge}[self.bias]
        self.at_zero = (K - 1 + self.beta) / K / 2
        if self.layers == 1:
            self.parameter = K**2 * n * self.lam["W"] * self.lam["H"]
        else:
            self.parameter = K**3 * n * self.lam["W2"] * self.lam["W1"] * self.lam["H1"]

    def point(self, value):
        blocks = {name: matrix(x, self.shapes[name]) for name, x in keys(value, self.shapes).items()}
        for block in blocks.values():
            bounded(self.products, digits(block))
        return blocks

    def relu(self, x):
        return relu(x) if self.activation == "relu" else x

    def error(self, p):
        out = mul(p["W"], p["H"]) if self.layers == 1 else mul(p["W2"], self.relu(mul(p["W1"], p["H1"])))
        bias = [x for [x] in p["b"]] if "b" in p else [0] * self.K
        return [[out[k][i] + bias[k] - (i // self.n == k) for i in range(self.N)] for k in range(self.K)]

    def penalty(self, p, q):
        return sum(self.lam.get(name, 0) * inner(p[name], q[name]) for name in p)

    def f(self, p):
        e = self.error(p)
        return (inner(e, e) / self.N + self.penalty(p, p)) / 2

    def derivatives(self, p, v):
        """The one-sided first derivative along v; the second one, or None on a kink."""
        kink = False
        if self.layers == 1:
            de = plus(mul(v["W"], p["H"]), mul(p["W"], v["H"]))
            dde = each(lambda x: 2 * x, mul(v["W"], v["H"]))
        else:
            x = mul(p["W1"], p["H1"])
            da = plus(mul(v["W1"], p["H1"]), mul(p["W1"], v["H1"]))
            dda = each(lambda t: 2 * t, mul(v["W1"], v["H1"]))
            if self.activation == "relu":
                kink = any(t == 0 for row in x for t in row)
                dda = each(lambda t, s: s if t > 0 else Fraction(0), x, dda)
                da = each(lambda t, s: s if t > 0 else max(s, Fraction(0)) if t == 0 else Fraction(0), x, da)
            de = plus(mul(v["W2"], self.relu(x)), mul(p["W2"], da))
            dde = plus(mul(p["W2"], dda), mul(v["W2"], da), 2)
        if "b" in v:
            de = [[x + row[0] for x in line] for line, row in zip(de, v["b"])]
        e = self.error(p)
        first = inner(e, de) / self.N + self.penalty(p, v)
        second = (inner(de, de) + inner(e, dde)) / self.N + self.penalty(v, v)
        return first, None if kink else second


# ---- Forms

def read_form(problem, claim):
    form = word(claim.get("form"), "zero", "orthogonal-frame", "simplex-etf")
    if form == "zero":
        keys(claim, ["model", "form"])
        return form, None, False
    keys(claim, ["model", "form", "of"], ["collapsed"])
    of = word(claim["of"], *(["H"] if problem.layers == 1 else ["H1", "W1 H1", "sigma(W1 H1)"]))
    return form, of, word(claim.get("collapsed", False), True, False)


def has_form(problem, claimed, p):
    form, of, collapsed = claimed
    K, n = problem.K, problem.n
    if form == "zero":
        return all(x == 0 for name, block in p.items() if name != "b" for row in block for x in row)
    if of in p:
        m = p[of]
    else:
        m = mul(p["W1"], p["H1"])
        m = problem.relu(m) if of == "sigma(W1 H1)" else m
    if collapsed and any(row[i] != row[i - i % n] for row in m for i in range(problem.N)):
        return False
    means = [[sum(row[k * n:(k + 1) * n]) / n for k in range(K)] for row in m]
    gram = mul(T(means), means)
    pattern = eye(K) if form == "orthogonal-frame" else each(lambda x: x - Fraction(1, K), eye(K))
    rho = gram[0][0] / pattern[0][0] if pattern[0][0] else 0
    return gram == each(lambda x: rho * x, pattern)


def is_below(problem, claimed, B):
    """Whether B is a lower bound of f over the form."""
    form, of, collapsed = claimed
    K, n, d = problem.K, problem.n, problem.d
    if form != "zero" and problem.layers == 2:
        need(form == "orthogonal-frame" and problem.bias == "none", "no bound is known")
        need(collapsed or problem.activation == "linear" or of == "sigma(W1 H1)" or n == 1, "no bound is known")
    if B > problem.at_zero:
        return False
    if form == "zero" or d < (K if form == "orthogonal-frame" else K - 1):
        return True
    if problem.layers == 2:
        D = 9 - 16 * B
        t = 256 * problem.parameter - 27 + 18 * D + D * D
        return B <= 0 or (t >= 0 and t * t >= 64 * D**3)
    beta, c2, rest = problem.beta, problem.parameter, Fraction(K - 1, K)
    both = product([1, 1], [1, beta])
    if form == "orthogonal-frame":
        terms = [[rest, rest * beta], [beta / K, beta / K], product([-2 * B, c2], both)]
    else:
        terms = [[rest, rest * beta], product([beta / K - 2 * B, rest * c2], both)]
    return non_negative([sum(t[i] for t in terms if i < len(t)) for i in range(4)])


# ---- Polynomials: coefficients, the constant first

def product(p, q):
    return [sum(p[i] * q[k - i] for i in range(len(p)) if 0 <= k - i < len(q)) for k in range(len(p) + len(q) - 1)]


def trim(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def divide(p, q):
    quotient, p = [], list(p)
    while len(p) >= len(q):
        factor = Fraction(p[-1]) / q[-1]
        quotient.insert(0, factor)
        shift = len(p) - len(q)
        p = [x - factor * (q[i - shift] if i >= shift else 0) for i, x in enumerate(p)][:-1]
    return quotient, trim(p)


def primitive(p):
    """A positive multiple of p, in whole numbers without a common factor."""
    common = lcm(*(Fraction(x).denominator for x in p))
    p = [int(x * common) for x in p]
    factor = greatest(*p) or 1
    return [x // factor for x in p]


def remainder(p, q):
    """A positive multiple of p mod q, for p and q in whole numbers."""
    size, sign = abs(q[-1]), 1 if q[-1] > 0 else -1
    while len(p) >= len(q):
        shift, factor = len(p) - len(q), sign * p[-1]
        p = trim([size * x - (factor * q[i - shift] if i >= shift else 0) for i, x in enumerate(p[:-1])])
    return primitive(p)


def gcd(p, q):
    p, q = primitive(p), primitive(q)
    while q:
        p, q = q, remainder(p, q)
    return p


def slope(p):
    return [i * x for i, x in enumerate(p)][1:]


def positive_roots(p):
    """The number of positive roots of a polynomial without multiple roots, by Sturm's theorem."""
    chain = [primitive(p), primitive(slope(p))]
    while chain[-1]:
        chain.append([-x for x in remainder(chain[-2], chain[-1])])
    changes = []
    for values in ([q[0] for q in chain[:-1]], [q[-1] for q in chain[:-1]]):
        signs = [x > 0 for x in values if x != 0]
        changes.append(sum(a != b for a, b in zip(signs, signs[1:])))
    return changes[0] - changes[1]


def non_negative(p):
    """Whether p(t) >= 0 for all t >= 0: no root of odd multiplicity there, and positive at infinity."""
    p = trim(p)
    if not p:
        return True
    if p[-1] < 0:
        return False
    repeated, odd = gcd(p, slope(p)), True
    remaining = divide(p, repeated)[0]
    while len(remaining) > 1:
        following = gcd(remaining, repeated)
        if odd and positive_roots(divide(remaining, following)[0]) > 0:
            return False
        repeated, remaining, odd = divide(repeated, following)[0], following, not odd
    return True


# ---- The violations

def semidefinite(m):
    while m:
        pivot, beside = m[0][0], m[0][1:]
        if pivot < 0 or (pivot == 0 and any(beside)):
            return False
        rest = [row[1:] for row in m[1:]]
        m = [[x - (a * b / pivot if pivot else 0) for x, b in zip(row, beside)] for row, a in zip(rest, beside)]
    return True


def relation(t, e):
    """Whole c with c_0 I + ... + c_e G^e = 0 and c_e = 1, from the traces t of the powers of G; None if there is none."""
    rows, previous = [t[i:i + e + 1] for i in range(e + 1)], 1
    for k in range(e):
        pivot = rows[k][k]
        for i in range(k + 1, e + 1):
            factor = rows[i][k]
            rows[i] = [(pivot * x - factor * y) // previous for x, y in zip(rows[i], rows[k])]
        previous = pivot
    if rows[e][e]:
        return None
    c = [1]
    for i in reversed(range(e)):
        c.insert(0, -sum(map(int.__mul__, rows[i][i + 1:], c)) // rows[i][i])
    return c


def parametric(document):
    """The two figures of a pattern that beats the frame at every amplitude."""
    instance, claim, pattern = keys(document["instance"], "Kd"), document["claim"], keys(document["matrices"], "UV")
    keys(claim, ["model", "form", "of"], ["collapsed"])
    keys(claim["model"], ["layers", "activation", "bias"])
    for name, only in (("layers", 2), ("activation", "relu"), ("bias", "none")):
        word(claim["model"][name], only)
    word(claim["form"], "orthogonal-frame")
    of, collapsed = word(claim["of"], "H1", "W1 H1", "sigma(W1 H1)"), word(claim.get("collapsed", False), True, False)
    need(collapsed or of == "sigma(W1 H1)", "no bound is known")
    for name in "Kd":
        need(type(instance[name]) is int and instance[name] > 0, f"{name} is not a positive whole number")
    K, d, U, V = instance["K"], instance["d"], matrix(pattern["U"]), matrix(pattern["V"])
    need(len(U) == d and len(U[0]) == len(V) <= d and len(V[0]) == K, "U or V has the wrong shape")
    bounded(K * d * (K + d), max(digits(U), digits(V)))
    norms = inner(U, U) * inner(V, V)
    need(norms > 0, "the pattern is zero")
    A = relu(mul(U, V))
    G = mul(T(A), A)
    bounded(K**3, 16 * digits(G))
    C = Fraction(K * K) / norms
    length = max(digits(G), len(str(C.numerator)), len(str(C.denominator)))
    common = lcm(*(x.denominator for row in G for x in row))
    G = [[int(x * common) for x in row] for row in G]
    power, t, e = G, [K, sum(G[i][i] for i in range(K))], 1
    while True:
        need(e <= 16, "more than 16 different singular values")
        bounded(e**3, e**2 * length)
        t.append(inner(power, power))
        c = relation(t, e)
        if c:
            break
        columns = T(G)
        following = [[sum(map(int.__mul__, row, column)) for column in columns] for row in power]
        t.append(inner(power, following))
        power, e = following, e + 1
    # c_0 I + c_1 G + ... + G^e = 0, so the product of 1 + xg over the eigenvalues g is the sum of (-1)^j c_{e-j} x^j.
    Q = [Fraction((-1) ** j * c[e - j]) for j in range(e + 1)]
    R = product(Q, [(-1) ** j * t[j] for j in range(e)])[:e]
    need(Q[e] != 0, "the activations have a rank below K")
    C /= common
    q = product([1, 1], [x * C**j for j, x in enumerate(R)])
    q = trim([K * x * C**j - y for j, (x, y) in enumerate(zip(Q, q))])
    need(q and q[-1] > 0, "not below the frame at large amplitudes")
    need(positive_roots(divide(q, gcd(q, slope(q)))[0]) == 0, "not below the frame at every amplitude")
    return R[e - 1] / Q[e] * common * norms, Fraction(K**3)


def witness(value):
    m = matrix(value)
    size = max(len(m), len(m[0]))
    bounded(size**3, size * digits(m))
    return m


def figures(document):
    """Value and bound of a certificate, computed again."""
    violation, claim = document["violation"], document["claim"]
    need(isinstance(claim, dict), "the claim is not an object")

    def fields(*names):
        always = ["format", "theorem", "revision", "violation", "claim", "value", "bound", "margin"]
        keys(document, always + list(names), ["provenance"])

    if violation == "inequality":
        fields("matrices")
        keys(claim, ["left", "right"])
        keys(document["matrices"], "XQUV")
        X, Q, U, V = (witness(document["matrices"][name]) for name in "XQUV")
        sides = {"nuclear(X)": X, "nuclear(sigma(X))": relu(X)}
        left, right = sides[word(claim["left"], *sides)], sides[word(claim["right"], *sides)]
        need((len(Q), len(Q[0])) == (len(X), len(X[0])), "Q has not the shape of X")
        need(semidefinite(plus(eye(len(Q[0])), mul(T(Q), Q), -1)), "the spectral norm of Q is above 1")
        need(len(U[0]) == len(V) and mul(U, V) == right, "U V is not the right side")
        return (inner(U, U) + inner(V, V)) / 2, inner(left, Q)

    if violation == "parametric":
        fields("instance", "matrices")
        return parametric(document)

    word(violation, "beaten", "wrong-form", "not-stationary", "negative-curvature", "wrong-threshold")
    problem = Problem(claim.get("model"), document.get("instance"))
    if violation == "wrong-threshold":
        keys(claim, ["model", "parameter", "threshold", "says"])
        word(claim["parameter"], "c" if problem.layers == 1 else "kappa")
        threshold = positive(claim["threshold"]) ** (2 if problem.layers == 1 else 1)
        if word(claim["says"], "zero-above", "nonzero-below") == "zero-above":
            fields("instance", "point")
            point = problem.point(document["point"])
            need(problem.layers == 1 or problem.bias == "none", "two layers with bias")
            need(problem.parameter > threshold, "not above the threshold")
            return problem.f(point), problem.at_zero
        fields("instance")
        need(problem.layers == 1 or problem.bias == "none", "two layers with bias")
        optimal = 1 if problem.layers == 1 else Fraction(problem.K if problem.activation == "relu" else 1, 16)
        need(problem.parameter >= optimal, "zero may not be a global minimizer")
        return problem.parameter, threshold
    if violation == "beaten":
        fields("instance", "point")
        value = problem.f(problem.point(document["point"]))
        if "minimum" in claim:
            keys(claim, ["model", "minimum"])
            return value, number(claim["minimum"])
        bound = number(document["bound"])
        need(is_below(problem, read_form(problem, claim), bound), "not a lower bound over the form")
        return value, bound
    if violation == "wrong-form":
        fields("instance", "point", "reference")
        claimed = read_form(problem, claim)
        point, reference = problem.point(document["point"]), problem.point(document["reference"])
        need(has_form(problem, claimed, reference), "the reference has not the form")
        need(not has_form(problem, claimed, point), "the point has the form")
        bound = problem.f(reference)
        need(is_below(problem, claimed, bound), "not a lower bound over the form")
        return problem.f(point), bound
    fields("instance", "point", "direction")
    keys(claim, ["model", "point"])
    word(claim["point"], "local-minimizer")
    first, second = problem.derivatives(problem.point(document["point"]), problem.point(document["direction"]))
    if violation == "not-stationary":
        return first, 0
    need(second is not None, "the point is on a kink")
    return second, 0


def check(path):
    """What is said of an accepted certificate: its margin, or what it proves. Raises Rejected."""
    document = read(path)
    if isinstance(document, dict) and document.get("format") == "ufm-check-proof/1":
        need(os.path.getsize(path) <= 2**20, "more than 1 MB")
        return f"proof: {check_proof(document)}"
    need(isinstance(document, dict) and document.get("format") == "ufm-check-certificate/1", "not this format")
    for name in ("theorem", "revision"):
        label = document.get(name)
        need(isinstance(label, str) and re.fullmatch(r"[A-Za-z0-9 ._:@/-]{1,200}", label), f"{name} is not a label")
    need("violation" in document and "claim" in document, "violation or claim is missing")
    need(isinstance(document.get("provenance", {}), dict), "provenance is not an object")
    stored = [number(document.get(name)) for name in ("value", "bound", "margin")]
    value, bound = figures(document)
    need(stored == [value, bound, bound - value], "a stored figure is not what it should be")
    if document["violation"] == "wrong-form":
        need(value == bound, "the two values differ")
    else:
        need(value < bound, "the margin is not positive")
    return f"margin {bound - value}"


def main(paths):
    code = 0
    for path in paths:
        try:
            print(f"{path}: accepted, {check(path)}")
        except Rejected as error:
            print(f"{path}: rejected, {error}")
            code = max(code, 1)
        except OSError as error:
            print(f"{path}: {error.strerror}", file=sys.stderr)
            code = 2
    return code if paths else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
