"""Proof certificates: the half of certify.py that is written from proof-certificates.md alone."""
import re
from fractions import Fraction


class Rejected(Exception):
    pass


def need(condition, reason):
    if not condition:
        raise Rejected(reason)


def keys(value, required, optional=()):
    need(isinstance(value, dict), "an object is missing")
    need(set(required) <= set(value) <= set(required) | set(optional), f"the keys are not {sorted(required)}")
    return value


def entries(value, least=0):
    need(isinstance(value, dict) and least <= len(value) <= 16, "not an object with up to 16 entries")
    return value


def items(value, most=16):
    need(isinstance(value, list) and len(value) <= most, f"not a list of at most {most}")
    return value


def one_of(value, *words):
    need(any(type(value) is type(each) and value == each for each in words), f"not one of {words}")
    return value


def label(value):
    need(isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9 ._:@/=+-]{1,200}", value), "not a label")
    return value


def text(value):
    need(isinstance(value, str) and len(value) <= 4000, "not a short text")
    return value


def name(value, length, *taken):
    need(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,%d}" % (length - 1), value), "not a name")
    need(not taken or value not in taken and not value.startswith("lambda_"), f"the name {value} has another meaning")
    return value


RESERVED = ("K", "n", "d", "N", "Y", "I")


# ---- Polynomials: coefficients by monomials, which are sorted tuples of (variable, exponent)

work = [0]


TOO_LARGE = 10**250


def total(terms):
    result = {}
    for monomial, x in terms:
        result[monomial] = result.get(monomial, 0) + x
        if result[monomial] == 0:
            del result[monomial]
        else:
            need(abs(result[monomial].numerator) < TOO_LARGE > result[monomial].denominator, "too many digits")
    need(len(result) <= 5_000, "a polynomial that is too long")
    return result


def spend(steps):
    work[0] += steps
    need(work[0] <= 200_000, "too much work")


def plus(p, q):
    spend(len(p) + len(q))
    return total([*p.items(), *q.items()])


def together(m, k):
    powers = dict(m)
    for variable, exponent in k:
        powers[variable] = powers.get(variable, 0) + exponent
    return tuple(sorted(powers.items()))


ONE = {(): Fraction(1)}


def times(p, q):
    spend(1 + len(p) * len(q))
    if p == ONE or q == ONE:
        return q if p == ONE else p
    return total((together(m, k), x * y) for m, x in p.items() for k, y in q.items())


def scale(p, factor):
    return total((m, x * factor) for m, x in p.items()) if factor else {}


def power(p, exponent):
    result = ONE
    for _ in range(exponent):
        result = times(result, p)
    return result


def variable(v):
    return {((v, 1),): Fraction(1)}


def polynomial(written, known):
    pieces = written.replace(" - ", " + -").split(" + ")
    need(len(pieces) <= 64, "too many terms")
    return total(term(piece, known) for piece in pieces)


def term(piece, known):
    factors = piece.removeprefix("-").split("*")
    number = re.fullmatch(r"(0|[1-9][0-9]{0,49})(?:/([1-9][0-9]{0,49}))?", factors[0])
    size = Fraction(int(number[1]), int(number[2] or 1)) if number else Fraction(1)
    powers = {}
    for factor in factors[1:] if number else factors:
        match = re.fullmatch(r"([A-Za-z][A-Za-z0-9_]*)(?:\^([1-9][0-9]?))?", factor)
        need(match and match[1] in known, "not a power of a variable")
        powers[match[1]] = powers.get(match[1], 0) + int(match[2] or 1)
        need(powers[match[1]] <= 32, "an exponent that is too large")
    return tuple(sorted(powers.items())), -size if piece.startswith("-") else size


# ---- Quotients: a numerator, and exponents by the factors of the denominator

class Quotient:
    def __init__(self, above, below=None):
        self.above, self.below = above, below or {}

    def __mul__(self, other):
        below = dict(self.below)
        for factor, exponent in other.below.items():
            below[factor] = below.get(factor, 0) + exponent
        return Quotient(times(self.above, other.above), below)

    def __add__(self, other):
        if not self.above or not other.above:
            return self if self.above else other
        below = dict(self.below)
        for factor, exponent in other.below.items():
            below[factor] = max(exponent, below.get(factor, 0))

        def over(x):
            result = x.above
            for factor, exponent in below.items():
                result = times(result, power(dict(factor), exponent - x.below.get(factor, 0)))
            return result

        return Quotient(plus(over(self), over(other)), below)

    def __neg__(self):
        return Quotient(scale(self.above, -1), self.below)

    def __pow__(self, exponent):
        result = UNIT
        for _ in range(exponent):
            result = result * self
        return result


UNIT = Quotient(ONE)


def number(x):
    return Quotient(scale(ONE, Fraction(x)))


def ratio(above, below):
    need(below, "division by zero")
    first, leading = next(iter(below.items()))
    common = {v: min(dict(m).get(v, 0) for m in below) for v, _ in first}
    factors = {frozenset(variable(v).items()): e for v, e in common.items() if e > 0}

    def left(m):
        return tuple((v, e - common.get(v, 0)) for v, e in m if e > common.get(v, 0))

    rest = {left(m): x / leading for m, x in below.items()}
    if len(rest) > 1:
        factors[frozenset(rest.items())] = 1
    return Quotient(scale(above, 1 / leading), factors)


def quotient(written, known):
    match = re.fullmatch(r"\(([^()]*)\)/\(([^()]*)\)", text(written))
    if match:
        return ratio(polynomial(match[1], known), polynomial(match[2], known))
    return Quotient(polynomial(written, known))


def replaced(p, replace):
    """p with quotients for powers of variables, where replace(variable, exponent) is not None."""
    result = number(0)
    for monomial, x in p.items():
        product = number(x)
        for v, e in monomial:
            value = replace(v, e)
            product = product * (Quotient({((v, e),): Fraction(1)}) if value is None else value)
        result = result + product
    return result


def even(square, v, exponent):
    result = square ** (exponent // 2)
    return result * Quotient(variable(v)) if exponent % 2 else result


def without_roots(x, roots):
    reduced = replaced(x.above, lambda v, e: even(roots[v], v, e) if v in roots else None)
    return reduced * Quotient(ONE, x.below)


# ---- Signs: a pair (-1, 0 or 1; whether zero is excluded), or None

def sign_of_polynomial(p, chart):
    generator, above, below, weak = chart
    if generator is not None:
        split = [(dict(m).get(generator, 0), tuple(f for f in m if f[0] != generator), x) for m, x in p.items()]
        highest = max((e for e, _, _ in split), default=0)
        if highest > 0:
            p = {}
            for e, rest, x in split:
                p = plus(p, times({rest: x}, times(power(above, e), power(below, highest - e))))
    if not p:
        return 0, True
    signs = {x > 0 for x in p.values()}
    if len(signs) > 1:
        return None
    return (1 if True in signs else -1), any(all(v not in weak for v, _ in m) for m in p)


def sign_on(x, chart):
    result = sign_of_polynomial(x.above, chart)
    for factor, exponent in x.below.items():
        below = sign_of_polynomial(dict(factor), chart)
        if result is None or below is None or below[0] == 0 or not below[1]:
            return None
        result = (result[0] * below[0] ** exponent, result[1])
    return result


def not_negative(x, charts):
    return all(s is not None and s[0] >= 0 for s in (sign_on(x, chart) for chart in charts))


def is_positive(x, charts):
    return all(sign_on(x, chart) == (1, True) for chart in charts)


EVERYWHERE = [(None, ONE, ONE, set())]


def charts_of(where, known, roots):
    """The replacements of a case, and its bounds: (generator, lower, upper), a bound being (quotient, reached, text)."""
    keys(where, [], ["generator", "above", "from", "below", "upTo"])
    if not where:
        return [(None, ONE, ONE, set(roots))], (None, None, None)
    g = where.get("generator")
    need(isinstance(g, str) and g in known and g not in ("K", "n", "d"), "not a generator")
    bounds = []
    for names in (("above", "from"), ("below", "upTo")):
        found = [each for each in names if each in where]
        need(len(found) <= 1, "two bounds from one side")
        bound = [(quotient(where[each], known - {g}), each == names[1], where[each]) for each in found]
        need(not bound or is_positive(bound[0][0], EVERYWHERE), "a bound that is not shown to be positive")
        bounds.append(bound[0] if bound else None)
    lower, upper = bounds
    need(lower or upper, "a generator without a bound")
    slack = {(("?", 1),): Fraction(1)}
    one_plus = plus(ONE, slack)

    def parts(bound):
        below = ONE
        for factor, exponent in bound[0].below.items():
            below = times(below, power(dict(factor), exponent))
        return bound[0].above, below

    def chart(above, below, closed):
        return g, above, below, set(roots) | ({"?"} if closed else set())

    if not upper:
        a, under = parts(lower)
        return [chart(plus(a, times(under, slack)), under, lower[1])], (g, lower, upper)
    if not lower:
        b, under = parts(upper)
        return [chart(b, times(under, one_plus), upper[1])], (g, lower, upper)
    need(is_positive(upper[0] + -lower[0], EVERYWHERE), "the lower bound is not shown to be below the upper one")
    (a, a_under), (b, b_under) = parts(lower), parts(upper)
    a, b, under = times(a, b_under), times(b, a_under), times(times(a_under, b_under), one_plus)
    rising = chart(plus(a, times(b, slack)), under, lower[1])
    falling = chart(plus(b, times(a, slack)), under, True)
    return ([rising] if not upper[1] else [rising, falling] if lower[1] else [falling]), (g, lower, upper)


# ---- Words: tuples of letters; matrices: (rows, cols, [(quotient, word)])

SIZE = {"K": variable("K"), "d": variable("d"), "N": times(variable("K"), variable("n")), "1": ONE}


def flip(letter):
    return letter[:-1] if letter.endswith("'") else letter + "'"


def turned(word):
    return tuple(flip(letter) for letter in reversed(word))


def shape(letter, shapes):
    rows, cols = shapes[letter.removesuffix("'")]
    return (cols, rows) if letter.endswith("'") else (rows, cols)


def transposed(m):
    return m[1], m[0], [(x, turned(word)) for x, word in m[2]]


def product(m, k):
    return m[0], k[1], [(x * y, v + w) for x, v in m[2] for y, w in k[2]]


def substituted(m, values, shapes):
    terms = []
    for x, word in m[2]:
        result = (m[0], m[0], [(x, ())])
        for letter in word:
            if letter in values:
                value = values[letter]
            elif flip(letter) in values:
                value = transposed(values[flip(letter)])
            else:
                value = (*shape(letter, shapes), [(UNIT, (letter,))])
            result = product(result, value)
        terms += result[2]
    return m[0], m[1], terms


def relations(frames):
    result = {("Y", "Y'"): [(Quotient(variable("n")), ())], ("1'", "1"): [(Quotient(variable("K")), ())]}
    for f, kind in frames.items():
        result[f + "'", f] = [(UNIT, ())]
        if kind == "centred":
            result[f + "'", f] += [(-ratio(ONE, variable("K")), ("1", "1'"))]
            result[f, "1"] = result["1'", f + "'"] = []
    return result


def add_to(traces, key, x):
    traces[key] = traces[key] + x if key in traces else x


def trace(m, shapes, rules):
    result = {}
    for x, word in m[2]:
        for key, y in trace_of_word(word, m[0], shapes, rules).items():
            add_to(result, key, x * y)
    return result


def trace_of_word(word, dimension, shapes, rules):
    spend(len(word) ** 2)
    if not word:
        return {(): Quotient(SIZE[dimension])}
    for i in range(len(word)):
        rotated = word[i:] + word[:i]
        if rotated[:2] in rules:
            result = {}
            for x, instead in rules[rotated[:2]]:
                shorter = trace_of_word(instead + rotated[2:], shape(rotated[0], shapes)[0], shapes, rules)
                for key, y in shorter.items():
                    add_to(result, key, x * y)
            return result
    cuts = [i for i, letter in enumerate(word) if shape(letter, shapes)[0] == "1"] or [0]
    rotated = word[cuts[0]:] + word[:cuts[0]]
    ends = [cut - cuts[0] for cut in cuts[1:]] + [len(word)]
    pieces, start = [], 0
    for end in ends:
        piece = rotated[start:end]
        pieces.append(min(w[i:] + w[:i] for w in (piece, turned(piece)) for i in range(len(piece))))
        start = end
    return {tuple(sorted(pieces)): UNIT}


def norm(m, shapes, rules):
    return trace(product(transposed(m), m), shapes, rules)


def is_zero(traces, roots):
    return all(not without_roots(x, roots).above for x in traces.values())


def vanishes(m, shapes, rules, roots):
    other = (m[1], m[1], [(x, ("?",) + word) for x, word in m[2]])
    return is_zero(trace(other, {**shapes, "?": (m[1], m[0])}, rules), roots)


def matrix(value, shapes, coefficient, expected=None):
    """A matrix, and how it is printed."""
    need(isinstance(value, dict) and len(value) <= 64, "not a matrix")
    terms, printed = [], []
    for key, written in value.items():
        word = () if key == "I" else tuple(key.split(" "))
        need(len(word) <= 16, "a word that is too long")
        need(all(letter.removesuffix("'") in shapes for letter in word), "an unknown letter")
        for one, two in zip(word, word[1:]):
            need(shape(one, shapes)[1] == shape(two, shapes)[0], "factors that do not fit")
        if word:
            own = shape(word[0], shapes)[0], shape(word[-1], shapes)[1]
            need(expected in (None, own), "words of different shapes")
            expected = own
        terms.append((coefficient(written), word))
        printed.append(key if written == "1" else f"[{written}] {key}")
    need(expected is not None, "a matrix of unknown shape")
    need(expected[0] == expected[1] or all(word for _, word in terms), "an identity that is not square")
    return (*expected, terms), " + ".join(printed) or "0"


# ---- The judgement

def reach(parameters, generators):
    roots = {g: value for g, (value, is_root, _) in generators.items() if is_root}

    def back(v, e):
        if v not in generators:
            return None
        value, is_root, _ = generators[v]
        return even(value, v, e) if is_root else value ** e

    for value, _, _ in generators.values():
        need(is_positive(value, EVERYWHERE), "an inverse that is not shown to be positive")
    for block, image in parameters.items():
        need(is_positive(image, EVERYWHERE), "a parameter that is not shown to be positive")
        square = image * image
        below = UNIT
        for factor, exponent in square.below.items():
            below = below * replaced(dict(factor), back) ** exponent
        gap = replaced(square.above, back) + -(Quotient(variable(f"lambda_{block}")) ** 2 * below)
        need(not without_roots(gap, roots).above, f"the generators do not reach every lambda_{block}")


def judge_case(case, model, blocks, parameters, generators, hypothesis):
    """What the case claims, and its bounds."""
    keys(case, ["id", "where", "value", "roots", "squares", "frames", "construction", "conclusions"])
    label(case["id"])
    plain = {"K", "n", "d", *generators}
    roots, written_roots = {}, {}
    for v, square in entries(case["roots"]).items():
        roots[name(v, 40, *plain, *RESERVED, *blocks)] = quotient(square, plain)
        written_roots[v] = square
    charts, bounds = charts_of(case["where"], plain, roots)
    need(all(not_negative(x, charts) for x in roots.values()), "a root of what may be negative")
    divisors = set()

    def coefficient(written):
        result = quotient(written, plain | set(roots))
        need(not any(v in roots for f in result.below for m, _ in f for v, _ in m), "division by a root")
        divisors.update(result.below)
        return result

    shapes = {"Y": ("K", "N"), "1": ("K", "1"), **blocks}
    squares = {}
    for s, square in entries(case["squares"]).items():
        keys(square, ["coefficient", "of"])
        squares[name(s, 20)] = coefficient(square["coefficient"]), matrix(square["of"], shapes, coefficient)[0]
    frames = {}
    for f, kind in entries(case["frames"]).items():
        frames[name(f, 20, *plain, *roots, *RESERVED, *blocks)] = one_of(kind, "orthonormal", "centred")
        granted = ["d >= K"] if kind == "orthonormal" else ["d >= K-1", "d >= K"]
        need(hypothesis in granted, "a frame that no hypothesis grants")
    framed = {"Y": ("K", "N"), "1": ("K", "1"), **{f: ("d", "K") for f in frames}}
    point = {block: matrix(value, framed, coefficient, blocks[block])[0]
             for block, value in keys(case["construction"], blocks).items()}
    value = coefficient(case["value"])
    with_squares = {**shapes, **{f"[{s}]": of[:2] for s, (_, of) in squares.items()}}
    conclusions, ids = [], set()
    for conclusion in items(case["conclusions"]):
        keys(conclusion, ["id", "left", "right", "cofactor"])
        need(label(conclusion["id"]) not in ids, "two conclusions of the same id")
        ids.add(conclusion["id"])
        left = matrix(conclusion["left"], shapes, coefficient)
        right = matrix(conclusion["right"], shapes, coefficient, left[0][:2])
        cofactor = matrix(conclusion["cofactor"], with_squares, coefficient, left[0][:2])
        conclusions.append((left, right, cofactor[0]))
    for factor in divisors:
        for chart in charts:
            sign = sign_of_polynomial(dict(factor), chart)
            need(sign is not None and sign[0] != 0 and sign[1], "a divisor that may vanish")

    # f - value - the squares
    rules = relations({})
    outputs = ("W", "H") if model["layers"] == 1 else ("W2", "W1", "H1")
    misfit = [(UNIT, outputs), (number(-1), ("Y",))]
    if model["bias"] != "none":
        misfit.append((UNIT, ("b", "1'", "Y")))
    parts = [(ratio(ONE, scale(SIZE["N"], 2)), ("K", "N", misfit))]
    parts += [(number(Fraction(1, 2)) * x, (*blocks[block], [(UNIT, (block,))])) for block, x in parameters.items()]
    parts += [(-a, of) for a, of in squares.values()]
    gap = {(): -value}
    for a, m in parts:
        for key, x in norm(m, shapes, rules).items():
            add_to(gap, key, a * x)
    need(is_zero(gap, roots), f"the identity of case {case['id']} does not hold")
    for a, _ in squares.values():
        need(not_negative(a, charts), "a coefficient that is not shown to be non-negative")
    strict = {f"[{s}]" for s, (a, _) in squares.items() if is_positive(a, charts)}

    for _, of in squares.values():
        there = substituted(of, point, {**shapes, **framed})
        need(vanishes(there, framed, relations(frames), roots), "a square that does not vanish at the construction")

    meaning = {f"[{s}]": of for s, (_, of) in squares.items()}
    for (left, _), (right, _), cofactor in conclusions:
        need(all(any(letter.removesuffix("'") in strict for letter in word) for _, word in cofactor[2]),
             "a cofactor without a square of positive coefficient")
        difference = list(left[2])
        difference += [(-x, word) for m in (right, substituted(cofactor, meaning, shapes)) for x, word in m[2]]
        need(vanishes((*left[:2], difference), shapes, rules, roots), "a conclusion that is not what the cofactor says")

    g, lower, upper = bounds
    when = "" if g is None else "if " + "".join([
        f"{lower[2]} {'<=' if lower[1] else '<'} " if lower else "", g,
        f" {'<=' if upper[1] else '<'} {upper[2]}" if upper else ""]) + ", "
    claims = [f"{left} = {right}" for (_, left), (_, right), _ in conclusions]
    texts = " ".join([case["value"]] + [side for (_, left), (_, right), _ in conclusions for side in (left, right)])
    used = [f"{v} = sqrt({square})" for v, square in written_roots.items() if re.search(rf"\b{v}\b", texts, re.A)]
    said = when + (f"with {', '.join(used)}, " if used else "") + f"the minimum is {case['value']}"
    return said + (f", and every global minimizer has {', '.join(claims)}" if claims else ""), bounds


def are_all(bounds):
    if any(g is None for g, _, _ in bounds):
        return True
    if bounds[0][1] or bounds[-1][2] or any(g != bounds[0][0] for g, _, _ in bounds):
        return False
    return all(before[2] and after[1] and (before[2][1] or after[1][1])
               and not (before[2][0] + -after[1][0]).above for before, after in zip(bounds, bounds[1:]))


def check_proof(document):
    """What an accepted proof says. Raises Rejected."""
    work[0] = 0
    is_chain = isinstance(document, dict) and document.get("kind") == "chain"
    if not is_chain:
        keys(document, ["format", "theorem", "revision", "kind", "model", "hypothesis", "parameters", "generators",
                        "cases"], ["statement", "provenance"])
    label(document.get("theorem"))
    label(document.get("revision"))
    one_of(document["kind"], "sum-of-squares", "chain")
    need(all(isinstance(line, str) for line in items(document.get("statement", []), 2**20)), "statement is not text")
    need(isinstance(document.get("provenance", {}), dict), "provenance is not an object")
    if is_chain:
        # Here, since that file is written with what this one has.
        from certify_chain import check_chain
        return check_chain(document)
    model = keys(document["model"], ["layers", "activation", "bias"])
    one_of(model["layers"], 1, 2)
    one_of(model["activation"], "linear")
    one_of(model["bias"], "none", "free", "ridge")
    hypothesis = one_of(document["hypothesis"], "none", "d >= K-1", "d >= K")
    blocks = {"W": ("K", "d"), "H": ("d", "N")}
    if model["layers"] == 2:
        blocks = {"W2": ("K", "d"), "W1": ("d", "d"), "H1": ("d", "N")}
    if model["bias"] != "none":
        blocks["b"] = ("K", "1")
    penalised = [block for block in blocks if block != "b" or model["bias"] == "ridge"]
    generators = {}
    for g, written in entries(document["generators"], 1).items():
        root = re.fullmatch(r"sqrt\((.*)\)", text(written))
        value = quotient(root[1] if root else written, {"K", "n", "d", *(f"lambda_{block}" for block in penalised)})
        generators[name(g, 40, *RESERVED, *blocks)] = value, root is not None, written
    keys(document["parameters"], penalised)
    parameters = {block: quotient(document["parameters"][block], {"K", "n", "d", *generators}) for block in penalised}
    reach(parameters, generators)
    cases = items(document["cases"])
    need(cases and all(isinstance(case, dict) for case in cases), "no cases")
    judged = [judge_case(case, model, blocks, parameters, generators, hypothesis) for case in cases]
    need(len({case["id"] for case in cases}) == len(cases), "two cases of the same id")

    depth = "one-layer" if model["layers"] == 1 else "two-layer linear"
    bias = "without bias" if model["bias"] == "none" else f"with a {model['bias']} bias"
    sizes = "all K, n, d >= 1" + ("" if hypothesis == "none" else f" with {hypothesis}")
    end = "These cases are all." if are_all([bounds for _, bounds in judged]) else \
        "Nothing is said where none of these cases holds."
    said = (f"For the {depth} model {bias}, {sizes} and all {', '.join(f'lambda_{block}' for block in penalised)} > 0, "
            f"with {', '.join(f'{g} = {written}' for g, (_, _, written) in generators.items())}: "
            f"{'; '.join(claim for claim, _ in judged)}. {end}")
    for plain, pretty in (("lambda_", "λ_"), ("sqrt(", "√("), ("'", "ᵀ"), ("*", "·"), (">=", "≥"), ("<=", "≤")):
        said = said.replace(plain, pretty)
    return said
