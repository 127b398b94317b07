"""Proof certificates of the kind "chain": the half of certify_proof.py that reads chains of inequalities, written from
proof-certificates.md alone."""
import re
from fractions import Fraction

from certify_proof import (
    EVERYWHERE, ONE, UNIT, Quotient, add_to, charts_of, entries, even, flip, is_positive, is_zero, items, keys, label,
    matrix, name, need, norm, not_negative, number, one_of, power, product, quotient, ratio, relations, replaced, scale,
    shape, sign_of_polynomial, sign_on, substituted, text, trace, transposed, turned, vanishes, variable, without_roots)

BLOCKS = {"W2": ("K", "d"), "W1": ("d", "d"), "H1": ("d", "N")}
CITED = ("the variational form of the nuclear norm", "Hölder's inequality for Schatten norms",
         "Jensen's operator inequality")
RESERVED = (*BLOCKS, "S", "Y", "I", "N", "u")


def reciprocal(x):
    below = ONE
    for factor, exponent in x.below.items():
        below = Quotient(below) * Quotient(power(dict(factor), exponent))
        below = below.above
    return ratio(below, x.above)


def letter(l, shapes):
    return (*shapes[l], [(UNIT, (l,))])


def times_number(x, m):
    return m[0], m[1], [(x * y, word) for y, word in m[2]]


def minus(m, k):
    return m[0], m[1], m[2] + [(-x, word) for x, word in k[2]]


def gram(m):
    return product(transposed(m), m)


def identity(dimension):
    return dimension, dimension, [(UNIT, ())]


# ---- Numbers: sums of traces, of nuclear norms and of names, as traces are

def norm_key(word):
    return "nuc", min(word, turned(word))


def sum_of(terms):
    result = {}
    for x, traces in terms:
        for key, y in traces.items():
            add_to(result, key, x * y)
    return result


def less(one, two):
    return sum_of([(UNIT, one), (number(-1), two)])


def scalar(value, shapes, coefficient, excess=False, numbers=()):
    """A list of (coefficient, kind, what), and how it is printed."""
    need(isinstance(value, dict) and len(value) <= 64, "not a number")
    terms, printed = [], []
    for key, written in value.items():
        x = coefficient(written)
        inside = re.fullmatch(r"(tr|nuc)\((.*)\)", key)
        if key == "1" or (key == "excess" and excess):
            terms.append((x, key, None))
        elif re.fullmatch(r"\[.*\]", key) and key[1:-1] in numbers:
            terms.append((x, "fact", key[1:-1]))
        else:
            need(inside and inside[2] != "I", "not a number that is known")
            (rows, cols, _), _ = matrix({inside[2]: "1"}, shapes, lambda one: UNIT)
            need(inside[1] == "nuc" or rows == cols, "the trace of a matrix that is not square")
            terms.append((x, inside[1], (rows, tuple(inside[2].split(" ")))))
        printed.append(written if key == "1" else key if written == "1" else f"[{written}] {key}")
    return terms, " + ".join(printed) or "0"


def number_of(terms, shapes, numbers=None, matrices=None):
    result = {}
    for x, kind, what in terms:
        if kind == "1":
            add_to(result, (), x)
        elif kind == "excess":
            add_to(result, "excess", x)
        elif kind == "fact":
            for key, y in numbers[what].items():
                add_to(result, key, x * y)
        elif kind == "nuc":
            add_to(result, norm_key(what[1]), x)
        else:
            m = substituted((what[0], what[0], [(x, what[1])]), matrices or {}, shapes)
            for key, y in trace(m, shapes, relations({})).items():
                add_to(result, key, y)
    return result


# ---- The generators of a case

def free(value, *taken):
    need(not value.startswith("lambda_"), "a reserved name")
    return name(value, 40, *RESERVED, *taken)


def read_generators(value):
    generators = entries(value, 1)
    solved = [g for g, how in generators.items() if not isinstance(how, str)]
    need(len(solved) <= 1, "two solutions of equations")
    sizes, lambdas = {"K", "n", "d"}, {f"lambda_{block}" for block in BLOCKS}
    result = {}
    for g, how in generators.items():
        free(g, "K", "n", "d")
        if g in solved:
            keys(how, ["of", "equals"])
            result[g] = quotient(how["of"], {g}), quotient(how["equals"], sizes | lambdas), how
        else:
            root = re.fullmatch(r"sqrt\((.*)\)", text(how))
            result[g] = quotient(root[1] if root else how, sizes | lambdas | set(solved)), root is not None, how
    return result, solved


def constant_of(bound):
    need(bound and not bound[1] and not bound[0].below and set(bound[0].above) <= {()}, "a bound that is no number")
    return bound[0].above.get((), Fraction(0))


def reach(generators, solved, parameters, charts, bounds):
    """The condition of the case in terms of the parameters; None where it is as it is written."""
    condition = None
    formulas = {g: how for g, how in generators.items() if g not in solved}
    for value, _, _ in formulas.values():
        need(is_positive(value, charts), "an inverse that is not shown to be positive")
    if solved:
        (g,) = solved
        of, equals, written = generators[g]
        need(bounds[0] == g, "an equation whose solution the case does not bound")
        ends = [constant_of(bound) for bound in bounds[1:]]
        need(not of.below, "an equation that is no polynomial")
        coefficients = {dict(m).get(g, 0): x for m, x in of.above.items()}
        degree = max(coefficients, default=0)
        slope = Quotient({((g, e - 1),) if e > 1 else (): e * x for e, x in coefficients.items() if e})
        signs = [sign_on(slope, chart) for chart in charts]
        need(all(s is not None and s[0] and s[1] and s == signs[0] for s in signs), "more than one solution")
        need(is_positive(equals, EVERYWHERE), "a right side that is not shown to be positive")
        low, high = [sum(x * end ** e for e, x in coefficients.items()) for end in ends][::signs[0][0]]
        need(high > 0, "an equation without a solution")
        condition = f"{low} < " * (low > 0) + f"{written['equals']} < {high}"
        rest = equals
        for e, x in coefficients.items():
            if e < degree:
                rest = rest + -(number(x) * Quotient(variable(g)) ** e)
        instead = number(1 / coefficients[degree]) * rest

    def back(v, e):
        if v not in formulas:
            return None
        value, is_root, _ = formulas[v]
        return even(value, v, e) if is_root else value ** e

    roots = {v: value for v, (value, is_root, _) in formulas.items() if is_root}
    for block, image in parameters.items():
        need(is_positive(image, charts), "a parameter that is not shown to be positive")
        square, below = image * image, UNIT
        for factor, exponent in square.below.items():
            below = below * replaced(dict(factor), back) ** exponent
        gap = replaced(square.above, back) + -(Quotient(variable(f"lambda_{block}")) ** 2 * below)
        gap = without_roots(gap, roots)
        while solved and any(dict(m).get(g, 0) >= degree for m in gap.above):
            lower = replaced(gap.above, lambda v, e: instead * Quotient(variable(v)) ** (e - degree)
                             if v == g and e >= degree else None)
            gap = lower * Quotient(ONE, gap.below)
        need(not gap.above, f"the generators do not reach every lambda_{block}")
    return condition


# ---- Lemmas

LEMMAS = {"nuclear-norm-of-product": ("U V", "ratio"), "nuclear-norm-under-isometry": ("X V", ""),
          "operator-jensen": ("X V", "p"), "positive-part": ("", ""), "ridge-elimination": ("W A B", "alpha"),
          "sum-over-singular-values": ("T", "p q m")}


class Case:
    """What lemmas and rules are judged with."""

    def __init__(self, shapes, roots, charts, charts_of_u, inverses, sigma, assumed):
        self.shapes, self.roots, self.charts, self.charts_of_u = shapes, roots, charts, charts_of_u
        self.inverses, self.sigma, self.assumed, self.rules = inverses, sigma, assumed, relations({})
        self.matrices, self.numbers, self.cited = {}, {} if assumed is None else {"Assumed": assumed}, set()

    def is_zero_matrix(self, m):
        return vanishes(m, self.shapes, self.rules, self.roots)

    def same(self, m, k):
        return m[:2] == k[:2] and self.is_zero_matrix(minus(m, k))

    def is_zero_number(self, traces):
        return is_zero(traces, self.roots)

    def positive(self, x):
        need(is_positive(x, self.charts), "a number that is not shown to be positive")
        return x

    def nuclear(self, m):
        need(len(m[2]) == 1 and m[2][0][1], "a nuclear norm of more than a multiple of a word")
        return {norm_key(m[2][0][1]): self.positive(m[2][0][0])}

    def trace(self, m):
        return trace(m, self.shapes, self.rules)

    def norm(self, m):
        return norm(m, self.shapes, self.rules)

    def inverse(self, p, m):
        wanted = times_number(p, gram(m))
        for l, (own, of) in self.inverses.items():
            if self.same(times_number(own, gram(of)), wanted):
                return letter(l, self.shapes)
        need(False, "an inverse without a letter")

    def isometry(self, v):
        need(self.same(gram(v), identity(v[1])), "not an isometry")


def read_use(value, case_matrix, coefficient, coefficient_of_u):
    need(isinstance(value, dict), "not a lemma")
    lemma = one_of(value.get("lemma"), *LEMMAS)
    matrices, numbers = (names.split() for names in LEMMAS[lemma])
    certified = ["certificate"] if lemma == "sum-over-singular-values" else []
    without = lemma in ("operator-jensen", "positive-part")
    keys(value, ["lemma", "weight", *matrices, *numbers, *certified], [] if without else ["fact"])
    use = {m: case_matrix(value[m])[0] for m in matrices}
    factors = list(use.values())
    need(len(factors) < 2 or factors[0][1] == factors[1][0], "matrices that do not fit")
    need(len(factors) < 3 or (factors[2][0] == factors[0][0] and factors[2][1] == factors[1][1]), "no fit")
    use.update({x: coefficient(value[x]) for x in numbers})
    use["weight"] = coefficient(value["weight"])
    if certified:
        use["certificate"] = {one_of(factor, "u", "(u - 1)^2"): coefficient_of_u(x)
                              for factor, x in entries(value["certificate"], 1).items()}
    if "fact" in value:
        need(isinstance(value["fact"], str), "not a name")
        use["fact"] = name(value["fact"], 20)
        use["shape"] = {"U": lambda: (use["U"][1],) * 2, "X": lambda: use["X"][:2], "W": lambda: use["W"][:2],
                        "T": lambda: use["T"][:2] if "u" in use["certificate"] else (use["T"][1],) * 2}[matrices[0]]()
    return lemma, use


def sides(lemma, use, case):
    """The larger side, the smaller one, and what is zero where they are equal."""
    if lemma == "nuclear-norm-of-product":
        u, v, rho = use["U"], use["V"], case.positive(use["ratio"])
        case.cited.add(CITED[0])
        half, inverse = number(Fraction(1, 2)), reciprocal(rho)
        return (sum_of([(half * rho, case.norm(u)), (half * inverse, case.norm(v))]), case.nuclear(product(u, v)),
                minus(times_number(rho, gram(u)), times_number(inverse, gram(transposed(v)))))
    if lemma == "nuclear-norm-under-isometry":
        x, v = use["X"], use["V"]
        case.isometry(v)
        case.cited.add(CITED[1])
        return case.nuclear(x), case.nuclear(product(x, v)), minus(x, product(x, gram(transposed(v))))
    if lemma == "operator-jensen":
        x, v, p = use["X"], use["V"], case.positive(use["p"])
        case.isometry(v)
        case.cited.add(CITED[2])
        inner = product(product(transposed(v), case.inverse(p, x)), v)
        return case.trace(inner), case.trace(case.inverse(p, product(x, v))), None
    if lemma == "positive-part":
        need(case.assumed is not None, "nothing is assumed")
        return {"excess": UNIT}, case.assumed, None
    if lemma == "ridge-elimination":
        w, a, b, alpha = use["W"], use["A"], use["B"], case.positive(use["alpha"])
        best = product(product(b, case.inverse(reciprocal(alpha), a)), transposed(b))
        larger = sum_of([(UNIT, case.norm(minus(product(w, a), b))), (alpha, case.norm(w))])
        squares = product(w, gram(transposed(a)))
        both = squares[0], squares[1], squares[2] + times_number(alpha, w)[2]
        return larger, case.trace(best), minus(both, product(b, transposed(a)))
    t, p, q, m = use["T"], case.positive(use["p"]), use["q"], use["m"]
    u = Quotient(variable("u"))
    off = u + number(-1)
    gap = reciprocal(UNIT + p * u * u) + q * u + -m
    for factor, x in use["certificate"].items():
        gap = gap + -(x * (u if factor == "u" else off * off))
        leads = factor == "u" or "u" not in use["certificate"]
        need((is_positive if leads else not_negative)(x, case.charts_of_u), "a certificate that may be negative")
    need(case.is_zero_number({(): gap}), "a certificate of something else")
    larger = sum_of([(UNIT, case.trace(case.inverse(p, t))), (q, case.nuclear(t))])
    columns = identity(t[1])
    equality = t if "u" in use["certificate"] else minus(gram(t), columns)
    return larger, case.trace(times_number(m, columns)), equality


# ---- Equations from equality

RULES = {"combination": ["from"], "squares": ["from", "squares"], "root": ["from", "squares"],
         "rectified-product": ["of"], "rectified-copies": ["from", "of", "factor"], "projector-norm": ["from", "Q"],
         "duality": ["from", "Q", "projector"]}


def off_projector(q):
    return minus(product(gram(q), gram(q)), gram(q))


def expanded(m, case):
    for _, word in m[2]:
        need(any(l.startswith("[") for l in word), "a word without an equation")
    return substituted(m, {f"[{fact}]": value for fact, value in case.matrices.items()}, case.shapes)


def read_derivation(value, readers):
    case_matrix, with_facts, coefficient, number_plain, number_with_facts = readers
    need(isinstance(value, dict), "not a derivation")
    rule = one_of(value.get("rule"), *RULES)
    keys(value, ["id", "rule", "left", "right", *RULES[rule]])
    line = {"rule": rule, "id": name(text(value["id"]), 20)}
    if "Q" in value:
        line["Q"] = case_matrix(value["Q"])[0]
    if rule in ("rectified-product", "projector-norm"):
        line["left"], line["right"] = number_plain(value["left"])[0], number_plain(value["right"])[0]
        if rule == "projector-norm":
            line["from"] = with_facts(value["from"], (line["Q"][1],) * 2)[0]
        else:
            line["of"] = text(value["of"])
        return line
    line["left"] = case_matrix(value["left"])[0]
    line["right"] = case_matrix(value["right"], line["left"][:2])[0]
    expected = line["left"][:2]
    if "squares" in value:
        line["squares"] = []
        for square in items(value["squares"]):
            keys(square, ["coefficient", "of"])
            line["squares"].append((coefficient(square["coefficient"]), case_matrix(square["of"])[0]))
        need(line["squares"], "no squares")
        if rule == "squares":
            expected = (line["squares"][0][1][0],) * 2
    if rule == "duality":
        line["from"], line["projector"] = number_with_facts(value["from"])[0], text(value["projector"])
    else:
        line["from"] = with_facts(value["from"], expected)[0]
    if rule == "rectified-copies":
        line["of"] = [text(each) for each in items(value["of"])]
        line["factor"] = coefficient(value["factor"])
    return line


def derive(line, case):
    rule, left, right = line["rule"], line["left"], line["right"]
    if rule in ("rectified-product", "projector-norm"):
        gap = less(number_of(left, case.shapes), number_of(right, case.shapes))
        if rule == "rectified-product":
            need(line["of"] in case.sigma, "not about a rectified matrix")
            x, s = case.sigma[line["of"]], letter(line["of"], case.shapes)
            said = less(case.trace(product(transposed(s), x)), case.norm(s))
        else:
            need(case.same(off_projector(line["Q"]), expanded(line["from"], case)), "not a projector")
            said = less(case.nuclear(line["Q"]), case.norm(line["Q"]))
        need(case.is_zero_number(less(gap, said)), "an equation that its rule does not say")
        case.numbers[line["id"]] = gap
        return
    gap = minus(left, right)
    squares = [(c, product(times_number(c, x), transposed(x))) for c, x in line.get("squares", [])]
    if rule == "duality":
        q = line["Q"]
        need(line["projector"] in case.matrices and q[:2] == left[:2], "an equation is missing")
        need(case.same(case.matrices[line["projector"]], off_projector(q)), "not a projector")
        need(case.same(gap, minus(left, product(left, gram(q)))), "an equation that its rule does not say")
        for _, kind, what in line["from"]:
            need(kind == "fact" or kind == "tr" and any(l.startswith("[") for l in what[1]), "no equation")
        given = number_of(line["from"], case.shapes, case.numbers,
                          {f"[{fact}]": value for fact, value in case.matrices.items()})
        aligned = less(case.trace(product(transposed(q), left)), case.nuclear(left))
        need(case.is_zero_number(less(aligned, given)), "not the given combination")
        case.cited.add(CITED[1])
        case.matrices[line["id"]] = gap
        return
    given = expanded(line["from"], case)
    if rule == "combination":
        need(case.same(gap, given), "not the given combination")
    elif rule == "squares":
        first = line["squares"][0][1]
        need(all(x[0] == first[0] for _, x in line["squares"]), "squares of different shapes")
        need(is_positive(squares[0][0], case.charts), "a coefficient that is not shown to be positive")
        need(all(not_negative(c, case.charts) for c, _ in squares), "a coefficient that may be negative")
        total = squares[0][1][0], squares[0][1][1], [term for _, m in squares for term in m[2]]
        need(case.same(total, given), "not the given combination")
        need(case.same(gap, first) or case.same(gap, transposed(first)), "not the first square")
    elif rule == "root":
        need(len(squares) == 2 and all(not_negative(c, case.charts) for c, _ in squares), "not two squares")
        need(case.same(left, squares[0][1]) and case.same(right, squares[1][1]), "sides that are not the squares")
        need(case.same(minus(product(left, left), product(right, right)), given), "not the given combination")
    else:
        need(len(line["of"]) == 2 and all(l in case.sigma for l in line["of"]), "not about rectified matrices")
        one, two = line["of"]
        x, z = case.sigma[one], case.sigma[two]
        need(z[1] == "K" and x[1] == "N" and x[0] == z[0], "matrices that do not fit")
        y = times_number(case.positive(line["factor"]), letter("Y", case.shapes))
        need(case.same(minus(x, product(z, y)), given), "not the given combination")
        s, m = letter(one, case.shapes), letter(two, case.shapes)
        need(case.same(gap, minus(s, product(m, y))), "an equation that its rule does not say")
    case.matrices[line["id"]] = gap


# ---- The judgement

def read_model(value):
    model = keys(value, ["layers", "activation", "bias"])
    one_of(model["layers"], 2)
    one_of(model["bias"], "none")
    return one_of(model["activation"], "linear", "relu") == "relu"


def judge_case(case, relu, hypothesis, assumed, cited):
    keys(case, ["id", "generators", "parameters", "where", "value", "roots", "rectified", "inverses", "chain",
                "derivations", "frames", "construction", "conclusions"])
    label(case["id"])
    generators, solved = read_generators(case["generators"])
    plain = {"K", "n", "d", *generators}
    charts, bounds = charts_of(case["where"], plain, ())
    charts_of_u, _ = charts_of(case["where"], plain, ("u",))
    keys(case["parameters"], BLOCKS)
    parameters = {block: quotient(case["parameters"][block], plain) for block in BLOCKS}
    condition = reach(generators, solved, parameters, charts, bounds)
    roots = {free(v, *plain): quotient(square, plain) for v, square in entries(case["roots"]).items()}
    need(all(is_positive(x, charts) for x in roots.values()), "a root that is not shown to be positive")
    known, divisors = plain | set(roots), set()

    def coefficient_in(variables):
        def coefficient(written):
            result = quotient(written, variables)
            divisors.update(result.below)
            return result
        return coefficient

    coefficient = coefficient_in(known)
    shapes = {"Y": ("K", "N"), "1": ("K", "1"), **BLOCKS, **({"S": ("d", "N")} if relu else {})}
    on_blocks, written_sigma = dict(shapes), {}
    sigma = {"S": ("d", "N", [(UNIT, ("W1", "H1"))])} if relu else {}
    if relu:
        written_sigma["S"] = "W1 H1"
    need(relu or not entries(case["rectified"]), "there is no ReLU")
    for l, of in entries(case["rectified"]).items():
        sigma[l], written_sigma[l] = matrix(of, on_blocks, coefficient)
        shapes[name(l, 20, *RESERVED, *known, *on_blocks)] = sigma[l][:2]
    sayable, inverses = dict(shapes), {}
    for l, inverse in entries(case["inverses"]).items():
        keys(inverse, ["p", "of"])
        inverses[l] = coefficient(inverse["p"]), matrix(inverse["of"], sayable, coefficient)[0]
        shapes[name(l, 20, *RESERVED, *known, *sayable)] = (inverses[l][1][1],) * 2
    need(all(is_positive(p, charts) for p, _ in inverses.values()), "an inverse that may not exist")
    judged = Case(shapes, roots, charts, charts_of_u, inverses, sigma, assumed)

    def case_matrix(value, expected=None):
        return matrix(value, shapes, coefficient, expected)

    steps, facts = [], {} if assumed is None else {"Assumed": None}

    def new_fact(fact, its_shape):
        need(fact not in facts, "two equations of the same name")
        facts[fact] = its_shape

    for step in items(case["chain"]):
        keys(step, ["id", "bound", "by"])
        label(step["id"])
        uses = [read_use(use, case_matrix, coefficient, coefficient_in(known | {"u"})) for use in items(step["by"])]
        need(uses, "a step without a reason")
        steps.append((scalar(step["bound"], shapes, coefficient, assumed is not None)[0], uses))
    need(len({step["id"] for step in case["chain"]}) == len(steps), "two steps of the same id")
    for _, uses in steps:
        for _, use in uses:
            if "fact" in use:
                new_fact(use["fact"], use["shape"])

    def with_facts(value, expected=None):
        named = {f"[{fact}]": own for fact, own in facts.items() if own}
        return matrix(value, {**shapes, **named}, coefficient, expected)

    def number_plain(value):
        return scalar(value, shapes, coefficient)

    def number_with_facts(value):
        named = {f"[{fact}]": own for fact, own in facts.items() if own}
        return scalar(value, {**shapes, **named}, coefficient,
                      numbers=[fact for fact, own in facts.items() if own is None])

    lines = []
    for value in items(case["derivations"], 32):
        readers = case_matrix, with_facts, coefficient, number_plain, number_with_facts
        lines.append(read_derivation(value, readers))
        is_number = lines[-1]["rule"] in ("rectified-product", "projector-norm")
        new_fact(lines[-1]["id"], None if is_number else lines[-1]["left"][:2])

    frames = {}
    for f, kind in entries(case["frames"]).items():
        frames[name(f, 20, *RESERVED, *known, *shapes)] = one_of(kind, "orthonormal", "non-negative", "centred")
        need(hypothesis in (["d >= K-1", "d >= K"] if kind == "centred" else ["d >= K"]), "no hypothesis grants it")
    framed = {"Y": ("K", "N"), "1": ("K", "1"), **{f: ("d", "K") for f in frames}}
    points = {**BLOCKS, **({"S": ("d", "N")} if relu else {})}
    point = {block: matrix(value, framed, coefficient, points[block])[0]
             for block, value in keys(case["construction"], points).items()}
    conclusions, ids = [], set()
    for conclusion in items(case["conclusions"]):
        keys(conclusion, ["id", "left", "right", "from"])
        need(label(conclusion["id"]) not in ids, "two conclusions of the same id")
        ids.add(conclusion["id"])
        left = matrix(conclusion["left"], sayable, coefficient)
        right = matrix(conclusion["right"], sayable, coefficient, left[0][:2])
        conclusions.append((left, right, with_facts(conclusion["from"], left[0][:2])[0]))
    value = coefficient(case["value"])
    for factor in divisors:
        for chart in charts_of_u:
            sign = sign_of_polynomial(dict(factor), chart)
            need(sign is not None and sign[0] != 0 and sign[1], "a divisor that may vanish")

    # f >= the bounds >= the value
    outputs = ("W2", "S") if relu else ("W2", "W1", "H1")
    parts = [(ratio(ONE, scale({(("K", 1), ("n", 1)): Fraction(1)}, 2)),
              ("K", "N", [(UNIT, outputs), (number(-1), ("Y",))]))]
    parts += [(number(Fraction(1, 2)) * x, letter(block, shapes)) for block, x in parameters.items()]
    above = sum_of([(a, judged.norm(m)) for a, m in parts])
    for bound, uses in steps:
        below = number_of(bound, shapes)
        gap = less(above, below)
        for lemma, use in uses:
            larger, smaller, equality = sides(lemma, use, judged)
            strict = "fact" in use
            need((is_positive if strict else not_negative)(use["weight"], charts), "a weight of the wrong sign")
            gap = less(gap, sum_of([(use["weight"], less(larger, smaller))]))
            if strict:
                judged.matrices[use["fact"]] = equality
        need(judged.is_zero_number(gap), "a step that is not the sum of its lemmas")
        above = below
    end = less(above, {(): value})
    end.pop("excess", None)
    need(judged.is_zero_number(end), "a chain that does not end at the value")

    # The construction
    rules, everything = relations(frames), {**shapes, **framed}

    def at(m):
        return substituted(m, point, everything)

    if relu:
        allowed = {"Y", "1", *(f for f, kind in frames.items() if kind == "non-negative")}
        need(all(l.removesuffix("'") in allowed for _, word in point["S"][2] for l in word), "S may be negative")
        need(all(not_negative(x, charts) for x, _ in point["S"][2]), "S may be negative")
        need(vanishes(minus(at(sigma["S"]), point["S"]), framed, rules, roots), "S is not W1 H1")
    there = sum_of([(a, norm(at(m), framed, rules)) for a, m in parts])
    need(is_zero(less(there, {(): value}), roots), "a construction that has not the value")

    for line in lines:
        derive(line, judged)
    for (left, _), (right, _), combination in conclusions:
        need(judged.same(minus(left, right), expanded(combination, judged)), "not the given combination")
    cited |= judged.cited
    return said_of(case, generators, solved, bounds, condition, written_sigma,
                   [f"{left} = {right}" for (_, left), (_, right), _ in conclusions])


def said_of(case, generators, solved, bounds, condition, written_sigma, claims):
    g, lower, upper = bounds
    where = "" if g is None else "".join([
        f"{lower[2]} {'<=' if lower[1] else '<'} " if lower else "", g,
        f" {'<=' if upper[1] else '<'} {upper[2]}" if upper else ""])
    named = [f"{v} the only solution of {how[2]['of']} = {how[2]['equals']} in {where}" if v in solved
             else f"{v} = {how[2]}" for v, how in generators.items()]
    return where if condition is None else condition, named, written_sigma, claims, case


def sentence_of(told, assumption):
    condition, named, written_sigma, claims, case = told
    texts = " ".join([case["value"], *claims, assumption or ""])
    named = named + [f"{v} = sqrt({square})" for v, square in case["roots"].items()
                     if re.search(rf"\b{v}\b", texts, re.A)]
    named += [f"{l} = sigma({of})" for l, of in written_sigma.items() if re.search(rf"\b{l}\b", texts, re.A)]
    said = (f"if {condition}, " if condition else "") + f"with {', '.join(named)}: "
    if assumption is None:
        said += f"the minimum is {case['value']}"
        return said + (f", and every global minimizer has {', '.join(claims)}" if claims else "")
    said += f"the minimum is at most {case['value']}, and every global minimizer with {assumption} has this value"
    return said + (f" and {', '.join(claims)}" if claims else "")


def check_chain(document):
    """What an accepted chain says. Raises Rejected."""
    keys(document, ["format", "theorem", "revision", "kind", "model", "hypothesis", "assumed", "cases"],
         ["statement", "provenance"])
    relu = read_model(document["model"])
    assumed, assumption = None, None
    if keys(document["assumed"], [], ["left", "right"]):
        shapes = {"Y": ("K", "N"), "1": ("K", "1"), **BLOCKS, **({"S": ("d", "N")} if relu else {})}
        need(set(document["assumed"]) == {"left", "right"}, "half an equation")
        divisors = set()

        def coefficient(written):
            result = quotient(written, {"K", "n", "d"})
            divisors.update(result.below)
            return result

        (left, one), (right, two) = (scalar(document["assumed"][side], shapes, coefficient)
                                     for side in ("left", "right"))
        for factor in divisors:
            sign = sign_of_polynomial(dict(factor), EVERYWHERE[0])
            need(sign is not None and sign[0] != 0 and sign[1], "a divisor that may vanish")
        assumed, assumption = less(number_of(left, shapes), number_of(right, shapes)), f"{one} = {two}"
    hypothesis = one_of(document["hypothesis"], "none", "d >= K-1", "d >= K")
    cases, cited = items(document["cases"]), set()
    need(cases and all(isinstance(case, dict) for case in cases), "no cases")
    told = [judge_case(case, relu, hypothesis, assumed, cited) for case in cases]
    need(len({case["id"] for case in cases}) == len(cases), "two cases of the same id")
    sizes = "all K, n, d >= 1" + ("" if hypothesis == "none" else f" with {hypothesis}")
    said = (f"or the two-layer {'ReLU' if relu else 'linear'} model without bias, {sizes} and all "
            f"lambda_W2, lambda_W1, lambda_H1 > 0: {'; '.join(sentence_of(each, assumption) for each in told)}. "
            f"Nothing is said where none of these cases holds.")
    for plain, pretty in (("lambda_", "λ_"), ("sqrt(", "√("), ("'", "ᵀ"), ("*", "·"), (">=", "≥"), ("<=", "≤")):
        said = said.replace(plain, pretty)
    said = re.sub(r"nuc\(([^()]*)\)", r"‖\1‖_*", said).replace("sigma(", "σ(")
    modulo = [each for each in CITED if each in cited]
    return f"Modulo {', '.join(modulo)}: f{said}" if modulo else f"F{said}"
